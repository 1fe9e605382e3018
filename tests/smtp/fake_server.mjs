// tests/support/mail_server.mjs with bad manners, for the outcomes a good server never shows. Arguments as there and
//   --manners stall-greeting | stall-after-dot | drop-after-dot | stall-at-quit | garbage-after-dot
import { readArguments, startMailServer, tell } from '../support/mail_server.mjs';

const options = readArguments(process.argv.slice(2));
const socketOf = (session) => [...server.connections].find((c) => c.id === session.id)._socket;

function afterDot(act) {
    return {
        onData(stream, session, done) {
            stream.resume();
            stream.on('end', () => {
                tell({ event: 'dot' });
                act(session, done);
            });
        },
    };
}

const manners = {
    'stall-greeting': { onConnect() {} },
    'stall-after-dot': afterDot(() => {}),
    'drop-after-dot': afterDot((session) => socketOf(session).destroy()),
    'garbage-after-dot': afterDot((session) => socketOf(session).end('what?\r\n')),
    'stall-at-quit': afterDot((session, done) => {
        // The answer to the message leaves; nothing after it does.
        const socket = socketOf(session);
        const write = socket.write.bind(socket);
        let answered = false;
        socket.write = (...piece) => answered || ((answered = true), write(...piece));
        done();
    }),
};

const server = startMailServer(options, options.manners ? manners[options.manners] : {});

// tests/support/mail_server.mjs with bad manners, for the outcomes a good server never shows. Arguments as there and
//   --manners stall-greeting | stall-in-body | stall-after-dot | drop-after-dot | garbage-after-dot | stall-at-quit
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
    'stall-in-body': { onData() {} }, // nobody reads the stream: the connection fills up before the dot
    'stall-after-dot': afterDot(() => {}),
    'drop-after-dot': afterDot((session) => socketOf(session).destroy()),
    'garbage-after-dot': afterDot((session) => socketOf(session).end('what?\r\n')),
    'stall-at-quit': afterDot((session, done) => {
        // The answer to the message leaves; after it neither a word nor the end of the connection does.
        const socket = socketOf(session);
        const write = socket.write.bind(socket);
        socket.write = (...piece) => {
            socket.write = () => true;
            socket.end = socket.destroy = () => socket;
            return write(...piece);
        };
        done();
    }),
};

const server = startMailServer(options, options.manners ? manners[options.manners] : {});

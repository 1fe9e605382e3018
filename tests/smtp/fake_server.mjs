// tests/support/mail_server.mjs with bad manners, for the outcomes a good server never shows. Arguments as there and
//   --manners stall-greeting | stall-in-body | stall-after-dot | drop-after-dot | garbage-after-dot | stall-at-quit |
//             leave-after-mail | drop-at-second-mail | bye-at-second-mail | no-second-mail | drop-after-second-dot |
//             greet-one
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

/// How many mails were begun over this connection.
const begun = new Map();
function atSecondMail(act) {
    return {
        onMailFrom(address, session, done) {
            begun.set(session.id, (begun.get(session.id) ?? 0) + 1);
            if (begun.get(session.id) > 1) act(session, done);
            else done();
        },
    };
}

/// The first mail is taken once a second connection is there, which is never greeted.
let firstIsTaken;
const greetOne = {
    onConnect(session, done) {
        if (server.connections.size === 1) done();
        else firstIsTaken?.();
    },
    onData(stream, session, done) {
        stream.resume();
        stream.on('end', () => {
            if (firstIsTaken) return done();
            firstIsTaken = done;
            tell({ event: 'holding' });
        });
    },
};

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
    'greet-one': greetOne,
    'leave-after-mail': {
        onData(stream, session, done) {
            tell({ event: 'message', to: [session.envelope.rcptTo[0].address] });
            stream.resume();
            stream.on('end', () => {
                done();
                socketOf(session).end();
            });
        },
    },
    'drop-at-second-mail': atSecondMail((session) => socketOf(session).destroy()),
    'bye-at-second-mail': atSecondMail((session, done) =>
        done(Object.assign(new Error('4.3.2 enough'), { responseCode: 421 })),
    ),
    'no-second-mail': atSecondMail((session, done) =>
        done(Object.assign(new Error('4.5.3 too many mails for one connection'), { responseCode: 452 })),
    ),
    'drop-after-second-dot': {
        ...atSecondMail((session, done) => done()),
        ...afterDot((session, done) => (begun.get(session.id) > 1 ? socketOf(session).destroy() : done())),
    },
};

const server = startMailServer(options, options.manners ? manners[options.manners] : {});

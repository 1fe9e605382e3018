// A mail server that keeps nothing and tells everything: one JSON line on stdout per event.
//   node mail_server.mjs PORT [--tls none|starttls|tls --key FILE --cert FILE] [--user NAME --password TEXT] [--commands]
// PORT 0 takes any free one. Events:
//   {"event":"listening","port":4025}
//   {"event":"message","hello","from","to":[…],"secure":bool,"user","raw":base64 of the bytes after un-stuffing dots}
//   {"event":"command","name":"MAIL"}      only with --commands
// It ends when its standard input closes or it is killed. Not here: a server that misbehaves (tests/smtp/fake_server.mjs).
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../browser/package.json', import.meta.url));
const { SMTPServer } = require('smtp-server');

export function tell(event) {
    process.stdout.write(JSON.stringify(event) + '\n');
}

/** "--name value" and "--flag" after the port, as an object. */
export function readArguments(words) {
    const options = { port: Number(words[0] ?? 0) };
    for (let i = 1; i < words.length; ++i) {
        const name = words[i].replace(/^--/, '');
        options[name] = words[i + 1] === undefined || words[i + 1].startsWith('--') ? true : words[++i];
    }
    return options;
}

/** Starts the server; `changes` overrides handlers of smtp-server. Returns the SMTPServer. */
export function startMailServer(options, changes = {}) {
    const tls = options.tls ?? 'none';
    const silent = () => {};
    const server = new SMTPServer({
        secure: tls === 'tls',
        ...(options.cert ? { key: readFileSync(options.key), cert: readFileSync(options.cert) } : {}),
        disabledCommands: [...(tls === 'none' ? ['STARTTLS'] : []), ...(options.user ? [] : ['AUTH'])],
        allowInsecureAuth: true,
        authMethods: ['PLAIN', 'LOGIN'],
        disableReverseLookup: true,
        size: 64 * 1024 * 1024,
        logger: {
            debug(entry) {
                if (options.commands && entry?.tnx === 'command') tell({ event: 'command', name: entry.command });
            },
            info: silent, warn: silent, error: silent, trace: silent, fatal: silent,
        },
        onAuth(auth, session, done) {
            const good = auth.username === options.user && auth.password === options.password;
            done(good ? null : new Error('wrong name or password'), good ? { user: auth.username } : undefined);
        },
        onData(stream, session, done) {
            const pieces = [];
            stream.on('data', (piece) => pieces.push(piece));
            stream.on('end', () => {
                tell({
                    event: 'message',
                    hello: session.hostNameAppearsAs,
                    from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
                    to: session.envelope.rcptTo.map((r) => r.address),
                    secure: Boolean(session.secure),
                    user: session.user ?? '',
                    raw: Buffer.concat(pieces).toString('base64'),
                });
                done();
            });
        },
        ...changes,
    });
    server.on('error', () => {}); // a client that breaks off is no reason to stop
    const address = server.listen(options.port, '127.0.0.1', () =>
        tell({ event: 'listening', port: address.address().port }));
    process.stdin.on('end', () => process.exit(0)).resume();
    return server;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) startMailServer(readArguments(process.argv.slice(2)));

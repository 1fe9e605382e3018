// A mail server (RFC 5321, plain TCP on loopback) that misbehaves at one stage of one session and tells, so that a test
// can end the service at exactly that moment.
// Not here: servers that behave (../browser/harness.mjs, ../support/mail_server.mjs), what is checked (*.test.mjs).
import net from 'node:net';
import { createInterface } from 'node:readline';

export const stages = ['connect', 'ehlo', 'mail', 'rcpt', 'data', 'dot', 'quit'];
/** soft: 451 · hard: 550 · gone: 421 and the line is cut · drop: cut without a word · stall: no answer at all */
export const faults = ['soft', 'hard', 'gone', 'drop', 'stall'];

const good = { connect: '220 ready', ehlo: '250 here', mail: '250 ok', rcpt: '250 ok', data: '354 go on', dot: '250 kept', quit: '221 bye' };
const bad = { soft: '451 not now', hard: '550 no', gone: '421 away' };

/**
 * Starts one. `trouble`: { session: 1.., stage, fault? }, may be changed while it runs. Returns
 * { port, messages, wentOn, trouble, onStage, stop() }: `messages` are all that were handed over whole,
 * { id (Message-ID), to, kept: 250 was sent, session }; `wentOn` are the recipients whose mail it said 354 to;
 * `onStage(moment)` is called with { session, stage, when } before ('before') and after ('after') each reply of the
 * session in trouble; a promise it gives is waited for.
 */
export async function startFaultyServer(trouble = {}) {
    const server = { messages: [], wentOn: new Set(), trouble, onStage: () => {}, sessions: 0 };
    const sockets = new Set();
    const listener = net.createServer((socket) => converse(server, socket, sockets));
    await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
    server.port = listener.address().port;
    server.stop = () => new Promise((resolve) => {
        sockets.forEach((socket) => socket.destroy());
        listener.close(resolve);
    });
    return server;
}

function converse(server, socket, sockets) {
    const session = ++server.sessions;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // the service may be killed at any time
    let message, to = '', stalled = false;

    /** Answers at a stage, well or badly. True: the conversation goes on as if all were well. */
    const reply = async (stage) => {
        const troubled = server.trouble.session === session && server.trouble.stage === stage;
        const fault = troubled ? server.trouble.fault : undefined;
        if (troubled) await server.onStage({ session, stage, when: 'before' });
        if (fault === 'stall') stalled = true;
        else if (fault === 'drop') socket.destroy();
        else if (socket.writable) socket.write(`${fault ? bad[fault] : good[stage]}\r\n`);
        if (fault === 'gone') socket.end();
        if (troubled) server.onStage({ session, stage, when: 'after' });
        return !fault;
    };

    const open = reply('connect'); // false: nobody listens to what is said
    const lines = createInterface({ input: socket, crlfDelay: Infinity });
    lines.on('error', () => {});
    lines.on('line', async (line) => {
        if (stalled || !(await open)) return;
        if (message) {
            if (line !== '.') { message.push(line); return; }
            const id = /^message-id:\s*(<[^>]+>)/im.exec(message.join('\n'))?.[1];
            message = undefined;
            const entry = { id, to, kept: false, session };
            server.messages.push(entry);
            // Kept before it says so, as a real one: the answer may be lost on the way.
            const troubled = server.trouble.session === session && server.trouble.stage === 'dot';
            const refused = troubled && ['soft', 'hard', 'gone'].includes(server.trouble.fault);
            entry.kept = !refused;
            await reply('dot');
            return;
        }
        const verb = line.slice(0, 4).toUpperCase();
        if (verb === 'EHLO' || verb === 'HELO') await reply('ehlo');
        else if (verb === 'MAIL') await reply('mail');
        else if (verb === 'RCPT') { to = /<([^>]*)>/.exec(line)?.[1] ?? ''; await reply('rcpt'); }
        else if (verb === 'DATA') { if (await reply('data')) { message = []; server.wentOn.add(to); } }
        else if (verb === 'QUIT') { await reply('quit'); socket.end(); }
        else if (socket.writable) socket.write('250 ok\r\n');
    });
}

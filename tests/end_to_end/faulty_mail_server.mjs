// A mail server (RFC 5321, plain TCP on loopback) that misbehaves at one stage of one connection or mail and tells, so that
// a test can end the service at exactly that moment.
// Not here: servers that behave (../browser/harness.mjs, ../support/mail_server.mjs), what is checked (*.test.mjs).
import net from 'node:net';
import { createInterface } from 'node:readline';

export const stages = ['connect', 'ehlo', 'mail', 'rcpt', 'data', 'dot'];
/** soft: 451 · hard: 550 · gone: 421 and the line is cut · drop: cut without a word · stall: no answer at all */
export const faults = ['soft', 'hard', 'gone', 'drop', 'stall'];

/** Stages of a connection, which carries many mails; the others are of one mail. */
export const ofConnection = ['connect', 'ehlo'];
const good = { connect: '220 ready', ehlo: '250 here', mail: '250 ok', rcpt: '250 ok', data: '354 go on', dot: '250 kept' };
const bad = { soft: '451 not now', hard: '550 no', gone: '421 away' };

/**
 * Starts one. `trouble`: { turn: 1.., stage, fault? }, of the connection or the mail that is the `turn`th; may be changed
 * while it runs. Returns { port, messages, wentOn, trouble, onStage, stop() }: `messages` are all that were handed over
 * whole, { id (Message-ID), to, kept: 250 was sent }; `wentOn` are the recipients whose mail it said 354 to;
 * `onStage(moment)` is called with { stage, when } before ('before') and after ('after') the reply in trouble; a promise
 * it gives is waited for.
 */
export async function startFaultyServer(trouble = {}) {
    const server = { messages: [], wentOn: new Set(), trouble, onStage: () => {}, connections: 0, mails: 0 };
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
    const connection = ++server.connections;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // the service may be killed at any time
    let mail = 0, message, to = '', stalled = false;
    const inTrouble = (stage) =>
        server.trouble.stage === stage && server.trouble.turn === (ofConnection.includes(stage) ? connection : mail);

    /** Answers at a stage, well or badly. True: the conversation goes on as if all were well. */
    const reply = async (stage) => {
        const troubled = inTrouble(stage);
        const fault = troubled ? server.trouble.fault : undefined;
        if (troubled) await server.onStage({ stage, when: 'before' });
        if (fault === 'stall') stalled = true;
        else if (fault === 'drop') socket.destroy();
        else if (socket.writable) socket.write(`${fault ? bad[fault] : good[stage]}\r\n`);
        if (fault === 'gone') socket.end();
        if (troubled) server.onStage({ stage, when: 'after' });
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
            const entry = { id, to, kept: false };
            server.messages.push(entry);
            // Kept before it says so, as a real one: the answer may be lost on the way.
            const refused = inTrouble('dot') && ['soft', 'hard', 'gone'].includes(server.trouble.fault);
            entry.kept = !refused;
            await reply('dot');
            return;
        }
        const verb = line.slice(0, 4).toUpperCase();
        if (verb === 'EHLO' || verb === 'HELO') await reply('ehlo');
        else if (verb === 'MAIL') { mail = ++server.mails; await reply('mail'); }
        else if (verb === 'RCPT') { to = /<([^>]*)>/.exec(line)?.[1] ?? ''; await reply('rcpt'); }
        else if (verb === 'DATA') { if (await reply('data')) { message = []; server.wentOn.add(to); } }
        else if (verb === 'QUIT') socket.end('221 bye\r\n');
        else if (socket.writable) socket.write('250 ok\r\n');
    });
}

// Thousands of letters as they leave the house: each is for one party and holds nothing of another; and whatever is typed,
// no command and no header is added.
//   LETTERS_PARTIES  parties of each of ten consultations (50); each gets an invitation and a reminder
// Not here: faults and kills (mail_crash.test.mjs), a real mail server (postfix.test.mjs).
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { startServer } from '../browser/harness.mjs';
import { readByTwo } from './mail_reading.mjs';
import { until } from './postfix.mjs';
import { change, look, seed } from './service.mjs';

const parties = Number(process.env.LETTERS_PARTIES || 50);

const unique = (text, pattern) => [...new Set(text.match(pattern) ?? [])];

test(`${20 * parties} letters: none holds another party's name, address or link`, async (t) => {
    const { data, parties: seeded } = seed({ consultations: 10, parties });
    let server;
    try {
        await change(data, `UPDATE reminders SET due_at = ${Date.now() - 1000} WHERE id IN (SELECT min(id) FROM reminders GROUP BY party_id)`);
        server = await startServer({ data });
        await until(async () => (await look(data, "SELECT count(*) AS n FROM letters WHERE state = 'accepted'"))[0].n === 2 * seeded.length,
            'all letters to be written');
        await server.stop({ keep: true });
        const files = readdirSync(join(data, 'mail')).filter((name) => name.endsWith('.eml'));
        assert.equal(files.length, 2 * seeded.length);
        const byName = new Map(seeded.map((party) => [party.name, party]));
        const seen = new Set();
        for (const { raw, mail, python } of await readByTwo(files.map((name) => readFileSync(join(data, 'mail', name))))) {
            assert.deepEqual(python.defects, []);
            assert.equal(mail.text.trim(), python.text.trim(), 'both read the same text');
            const all = `${raw.toString('latin1')}\n${mail.subject}\n${mail.text}\n${mail.html}\n${python.text}\n${python.html}`;
            const [name, ...others] = unique(all, /Part \d+-\d+/g);
            assert.deepEqual(others, [], `a letter to ${name} names others`);
            const own = byName.get(name);
            assert.deepEqual(unique(all, /kontakt\d+@part\d+\.example/g), [mail.to.value[0].address]);
            assert.deepEqual(unique(`${mail.text}\n${mail.html}`, /\/svar\/[\w-]+/g), [own.link]);
            seen.add(`${name} ${mail.messageId}`);
        }
        assert.equal(seen.size, 2 * seeded.length, 'each letter is one of its own');
        t.diagnostic(`${files.length} letters, each read by two parsers`);
    } finally {
        await server?.stop({ keep: true, signal: 'SIGKILL' });
        rmSync(data, { recursive: true, force: true });
    }
});

/** A mail server that writes down every line it is told. */
async function startListener() {
    const said = { commands: [], mails: [] };
    const server = net.createServer((socket) => {
        socket.on('error', () => {});
        const lines = createInterface({ input: socket, crlfDelay: Infinity });
        lines.on('error', () => {});
        let mail;
        socket.write('220 ready\r\n');
        lines.on('line', (line) => {
            if (mail) {
                if (line !== '.') { mail.push(line); return; }
                said.mails.push(Buffer.from(`${mail.join('\r\n')}\r\n`));
                mail = undefined;
                socket.write('250 kept\r\n');
                return;
            }
            said.commands.push(line);
            if (line === 'DATA') { mail = []; socket.write('354 go on\r\n'); return; }
            socket.write(line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
            if (line === 'QUIT') socket.end();
        });
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { ...said, port: server.address().port, stop: () => new Promise((resolve) => server.close(resolve)) };
}

const knownHeaders = ['date', 'from', 'to', 'reply-to', 'subject', 'message-id', 'in-reply-to', 'references',
    'auto-submitted', 'mime-version', 'content-language', 'content-type', 'content-transfer-encoding'];

test('whatever is typed in every field, no command and no header is added', async () => {
    const { data, parties: seeded } = seed({ consultations: 6, parties: 6, hostile: true });
    const mail = await startListener();
    let server;
    try {
        // And as if somebody had got past the forms: such rows are refused before a word is said to the mail server.
        await change(data, `UPDATE letters SET to_name = to_name || char(13, 10) || 'Bcc: ond@ond.example' WHERE id % 6 = 1;
            UPDATE letters SET to_mail = to_mail || '>' || char(13, 10) || 'RCPT TO:<ond@ond.example' WHERE id % 6 = 2;
            UPDATE letters SET subject = subject || char(10) || 'X-Ond: ja' WHERE id % 6 = 3;
            UPDATE letters SET reply_mail = 'a@b.dk' || char(13) || 'X-Ond: ja' WHERE id % 6 = 4;`);
        server = await startServer({ data, mail });
        await until(async () => (await look(data, "SELECT count(*) AS n FROM letters WHERE state IN ('queued', 'claimed')"))[0].n === 0, 'the letters');
        await server.stop({ keep: true });
        const states = await look(data, 'SELECT id % 6 AS rest, state, count(*) AS n FROM letters GROUP BY 1, 2');
        const refused = states.filter(({ state }) => state === 'refused').map(({ rest }) => rest).sort();
        assert.deepEqual(refused, [1, 2, 3, 4], JSON.stringify(states));
        assert.equal(mail.mails.length, seeded.length / 6 * 2);
        const verbs = new Map();
        for (const command of mail.commands) {
            const verb = command.split(/[ :]/)[0];
            verbs.set(verb, (verbs.get(verb) ?? 0) + 1);
        }
        assert.deepEqual([...verbs.keys()].sort(), ['DATA', 'EHLO', 'MAIL', 'QUIT', 'RCPT']);
        for (const verb of ['DATA', 'MAIL', 'RCPT']) assert.equal(verbs.get(verb), mail.mails.length, verb);
        assert.ok(mail.commands.filter((line) => line.startsWith('RCPT')).every((line) => /^RCPT TO:<kontakt\d+@part\d+\.example>$/.test(line)));
        for (const { mail: read, python } of await readByTwo(mail.mails)) {
            const extra = python.headers.filter((name) => !knownHeaders.includes(name));
            assert.deepEqual(extra, []);
            assert.equal(new Set(python.headers).size, python.headers.length, 'no header stands twice');
            assert.deepEqual(read.to.value.length, 1);
            assert.equal(read.bcc, undefined);
            assert.ok(!/<script/i.test(read.html), 'markup is shown, not obeyed');
            assert.equal(new Set(read.text.match(/\/svar\/[\w-]+/g)).size, 1);
            assert.deepEqual(python.defects, []);
        }
    } finally {
        await server?.stop({ keep: true, signal: 'SIGKILL' });
        await mail.stop();
        rmSync(data, { recursive: true, force: true });
    }
});

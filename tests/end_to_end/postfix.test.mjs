// The service and a real Postfix: invitations arrive in mailboxes as they were written, read back by two parsers that
// know nothing of each other.
// Not here: faults (mail_crash.test.mjs), TLS and AUTH (tests/smtp).
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { startServer } from '../browser/harness.mjs';
import { readByTwo } from './mail_reading.mjs';
import { startPostfix, until } from './postfix.mjs';
import { look, seed, verify } from './service.mjs';

const why = process.getuid() === 0 ? false : 'Postfix starts as root only';

test('invitations go through a real Postfix into mailboxes, whole', { skip: why }, async () => {
    const { data, parties } = seed({ consultations: 1, parties: 6 });
    const postfix = await startPostfix({ domains: ['part1.example'] });
    let server;
    try {
        server = await startServer({ data, mail: { port: postfix.port } });
        await until(async () => (await look(data, 'SELECT state FROM letters')).every(({ state }) => state === 'accepted'),
            'the letters to be accepted', postfix.log);
        const mails = await until(() => { const all = postfix.mails(); return all.length >= parties.length && all; }, 'the mailboxes', postfix.log);
        assert.equal(mails.length, parties.length);
        const letters = await look(data, 'SELECT to_mail, subject, message_id, reply FROM letters');
        assert.ok(letters.every(({ reply }) => /queued as [0-9A-Za-z]+/.test(reply)), JSON.stringify(letters));
        for (const { raw, mail, python } of await readByTwo(mails.map((each) => each.raw))) {
            const letter = letters.find(({ message_id: id }) => `<${id}>` === mail.messageId);
            assert.ok(letter, `${mail.messageId} is a letter of ours`);
            assert.equal(mail.to.value[0].address, letter.to_mail);
            assert.equal(mail.subject, letter.subject);
            assert.equal(python.subject, letter.subject);
            // Its own link, and no other party's.
            const own = parties.find(({ link }) => mail.text.includes(link));
            assert.ok(own, 'a personal link stands in it');
            for (const other of parties)
                if (other !== own) assert.ok(!raw.toString().includes(other.link) && !mail.text.includes(other.name), `nothing of ${other.name}`);
            assert.equal(mail.headers.get('auto-submitted'), 'auto-generated');
        }
        await server.stop({ keep: true });
        const proof = verify(data);
        assert.ok(proof.whole, proof.said);
    } finally {
        await server?.stop({ keep: true, signal: 'SIGKILL' });
        await postfix.stop();
        rmSync(data, { recursive: true, force: true });
    }
});

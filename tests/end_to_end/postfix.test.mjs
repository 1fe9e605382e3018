// The service and a real Postfix: invitations arrive in mailboxes as they were written, read back by two parsers that
// know nothing of each other; and one that cannot be delivered comes back into the ledger, by the lines README gives.
// Not here: faults (mail_crash.test.mjs), TLS and AUTH (tests/smtp).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { program, root, run, startServer } from '../browser/harness.mjs';
import { readByTwo } from './mail_reading.mjs';
import { startPostfix, until } from './postfix.mjs';
import { look, seed, signInOffice, verify } from './service.mjs';

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

/** What README tells an operator to write, with the names of this test for those of an installation. */
function readme(names) {
    const text = readFileSync(join(root, 'README.md'), 'utf8');
    const [master] = /^hoering-bounce unix.*\n {2}flags=.*$/m.exec(text);
    const [transport] = /^\S+@\S+\s+hoering-bounce:$/m.exec(text);
    const named = (lines) => Object.entries(names).reduce((all, [theirs, ours]) => {
        assert.ok(`${master}\n${transport}`.includes(theirs), `README says ${theirs}`);
        return all.replace(theirs, ours);
    }, lines);
    return { master: named(master), transport: named(transport) };
}

test('a letter nobody could deliver comes back through Postfix and is shown', { skip: why }, async () => {
    // As installed: a program anybody may run, a folder only the service's user may read, who is not root.
    const bin = mkdtempSync(join(tmpdir(), 'hoering-bin-'));
    chmodSync(bin, 0o755);
    const binary = join(bin, 'hoering');
    copyFileSync(program(), binary);
    chmodSync(binary, 0o755);
    // Whose password is in the service's environment, as the systemd unit has it, and not in the pipe's.
    const settings = join(bin, 'hoering.toml');
    writeFileSync(settings, '[mail]\nmode = "smtp"\nhost = "mail.example.dk"\nfrom_address = "hoering@example.dk"\nuser = "hoering"\n');
    const { data, parties } = seed({ consultations: 1, parties: 3, unopened: true });
    const user = { uid: idOf('-u'), gid: idOf('-g') };
    assert.equal(spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, data]).status, 0);
    const postfix = await startPostfix({
        domains: ['part1.example'], addresses: ['kontakt1@part1.example', 'kontakt3@part1.example'],
        ...readme({ 'user=hoering': 'user=nobody', '/usr/local/bin/hoering': binary, '/var/lib/hoering': data,
            '/etc/hoering/hoering.toml': settings, 'hoering@hoering.example.dk': 'hoering@example.dk' }),
    });
    let server;
    try {
        server = await startServer({ data, mail: { port: postfix.port }, user, binary });
        const back = () => look(data, `SELECT letters.id, party_id AS party, to_mail AS mail, state, action, status, diagnostic, recipient
            FROM letters LEFT JOIN bounces ON letter_id = letters.id WHERE bounced_at IS NOT NULL`);
        const [letter, ...others] = await until(async () => { const all = await back(); return all.length && all; }, 'the letter to come back', postfix.log);
        assert.deepEqual(others, []);
        assert.deepEqual([letter.mail, letter.party, letter.state], ['kontakt2@part1.example', parties[1].party, 'accepted']);
        assert.deepEqual([letter.action, letter.status, letter.recipient], ['failed', '5.1.1', 'kontakt2@part1.example']);
        assert.match(letter.diagnostic, /unknown user/);
        await until(() => postfix.mails().length === 2, 'the other two', postfix.log);
        await until(() => /to=<hoering@example\.dk>, relay=hoering-bounce.*status=sent/.test(postfix.log()), 'the pipe to end', postfix.log);

        // What the secretariat sees: on the front page, in the ledger, at the party, at the letter.
        const printed = run('user', 'add', '--email', 'karen@kontor.example', '--name', 'Karen Kontor', '--data', data, '--config', server.config, user);
        const karen = await signInOffice(server.url, printed);
        const name = parties[1].name;
        assert.match(await karen.page('/kontor'), new RegExp(`<strong>${name}</strong>: brevet blev afvist eller kom retur \\(kontakt2@part1.example\\)`));
        assert.match(await karen.page('/kontor/breve'), /kommet retur/);
        assert.match(await karen.page(`/kontor/hoeringer/1/parter/${letter.party}/breve`), /kommet retur/);
        assert.match(await karen.page(`/kontor/breve/${letter.id}`), /unknown user/);
        for (const other of [parties[0], parties[2]])
            assert.doesNotMatch(await karen.page(`/kontor/hoeringer/1/parter/${other.party}/breve`), /retur/);
        assert.deepEqual(await look(data, "SELECT party_id AS party FROM journal WHERE act = 'letter.bounced'"), [{ party: letter.party }]);

        await server.stop({ keep: true });
        const proof = verify(data);
        assert.ok(proof.whole, proof.said);
    } finally {
        await server?.stop({ keep: true, signal: 'SIGKILL' });
        await postfix.stop();
        rmSync(data, { recursive: true, force: true });
        rmSync(bin, { recursive: true, force: true });
    }
});

function idOf(flag) {
    return Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout);
}

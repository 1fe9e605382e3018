// When something around the service is ill: a full disk, no mail server, a stop in the middle, a second service on the
// folder, and what parties may send that cannot be taken in. Nothing is acknowledged that is not stored, and a person
// is told what to do and keeps what was typed.
// Not here: kills (crash.test.mjs, strace.test.mjs), the same rules inside the process (tests/usecases, tests/web).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { program, startServer } from '../browser/harness.mjs';
import { ask, fieldsOf, PartyClient, pdf, rows, seed, smallDisk, storedAnswers, verify } from './service.mjs';

const text = 'Vi støtter forslaget, men ønsker at vagtplanen om aftenen bliver, som den er.';

/** Resolves when `look` finds something; fails after a minute. */
async function until(what, look) {
    const end = Date.now() + 60_000;
    for (;;) {
        const found = await look();
        if (found) return found;
        assert.ok(Date.now() < end, `waited in vain until ${what}`);
        await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
}

async function answered(client, words = text, files = []) {
    const fields = await client.write();
    const kept = await client.keep(fields, words, files);
    assert.equal(kept.status, 303);
    const sent = await client.send(await client.check());
    assert.equal(sent.status, 303);
}

test('a full disk: 503, nothing acknowledged, pages go on; with room again it works without a new start', async (t) => {
    const disk = smallDisk('24m');
    if (disk.why) return t.skip(disk.why);
    const { data, parties } = seed({ parties: 3, deliver: true, data: join(disk.folder, 'data') });
    const server = await startServer({ data });
    try {
        const [first, second, third] = parties.map((party) => new PartyClient(party));
        [first, second, third].forEach((client) => client.use(server.url));
        const fields = await second.write();
        await third.keep(await third.write(), text);
        const form = await third.check();
        await answered(first);
        disk.fill();

        const long = 'Et langt svar. '.repeat(13_000).trim();
        const kept = await second.keep(fields, long, [{ name: 'stor.pdf', bytes: pdf('x'.repeat(400_000)) }]);
        assert.equal(kept.status, 503);
        assert.ok(kept.headers['retry-after']);
        assert.equal(fieldsOf(kept.body, '/mit-svar/filer').text, long, 'the words are in their field, the file or not');
        const sent = await third.send({ ...form, text: long });
        assert.equal(sent.status, 503, 'an answer that cannot be stored is not acknowledged');
        const { text: shown, version, key } = fieldsOf(sent.body, '/mit-svar/tjek');
        assert.deepEqual({ shown, version, key }, { shown: long, version: form.version, key: form.key }, 'its button is the next try');
        for (const path of ['/', parties[0].address, '/om']) assert.equal((await ask(server.url, path)).status, 200, path);
        for (const path of ['/mit-svar', '/mit-svar/skriv', '/mit-svar/tjek']) assert.equal((await third.get(path)).status, 200, path);
        const health = await ask(server.url, '/health');
        assert.equal(JSON.parse(health.body).ready, false);
        assert.equal(storedAnswers(data).responses.length, 1);

        disk.free();
        const again = await third.send(form);
        assert.deepEqual([again.status, again.location], [303, '/mit-svar/kvittering']);
        await answered(second, long);
        const { responses, flaws } = storedAnswers(data);
        assert.deepEqual(flaws, []);
        assert.equal(responses.length, 3);
        assert.equal(JSON.parse((await ask(server.url, '/health')).body).ready, true);
        assert.deepEqual(await server.stop({ keep: true }), { code: 0, signal: null });
        assert.ok(verify(data).whole);
    } finally {
        await server.stop({ keep: true, signal: 'SIGKILL' });
        disk.stop();
    }
});

test('no mail server: answers are taken in, the letters wait and keep their tries', async () => {
    const { data, parties } = seed({ parties: 2 });
    // A port nobody listens on: taken, then let go.
    const taken = http.createServer();
    await new Promise((resolve) => { taken.listen(0, '127.0.0.1', resolve); });
    const { port } = taken.address();
    await new Promise((resolve) => { taken.close(resolve); });
    const server = await startServer({ data, mail: { port } });
    try {
        const client = new PartyClient(parties[0]);
        client.use(server.url);
        await answered(client);
        await until('a letter was tried', () => rows(data, 'SELECT count(*) AS tries FROM letter_attempts')[0].tries > 0);
        await until('every try is settled', () => rows(data,
            "SELECT count(*) AS claimed FROM letters WHERE state = 'claimed'")[0].claimed === 0);
        // Nobody is there: that is no letter's own fault, so none has used up a step of its ladder, and all stay due.
        const letters = rows(data, 'SELECT kind, state, attempts, next_attempt_at > created_at AS later FROM letters');
        assert.deepEqual([...new Set(letters.map(({ kind }) => kind))].sort(), ['invitation', 'receipt']);
        for (const letter of letters) assert.deepEqual([letter.state, letter.attempts, letter.later], ['queued', 0, 0]);
        const health = JSON.parse((await ask(server.url, '/health')).body);
        assert.deepEqual([health.ready, health.mail.ok, health.mail.server_away, health.mail.queued],
            [true, false, true, letters.length]);
        assert.equal((await ask(server.url, parties[0].address)).status, 200);
        assert.deepEqual(storedAnswers(data).flaws, []);
    } finally {
        await server.stop();
    }
});

test('told to end in the middle of a request, it finishes that one and ends with 0', async () => {
    const { data, parties } = seed({ parties: 1 });
    const server = await startServer({ data });
    const client = new PartyClient(parties[0]);
    client.use(server.url);
    const fields = await client.write();
    const body = Buffer.from(new URLSearchParams({ ...fields, text, videre: 'tjek' }).toString());
    const half = http.request(new URL('/mit-svar/skriv', server.url), { method: 'POST', headers: {
        Cookie: client.cookie, 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': body.length,
        Expect: '100-continue',
    } });
    const reply = new Promise((resolve, reject) => { half.once('response', resolve).once('error', reject); });
    await new Promise((resolve, reject) => { half.once('continue', resolve).once('error', reject); half.flushHeaders(); });
    half.write(body.subarray(0, 20));
    process.kill(server.pid, 'SIGTERM');
    await until('it says that it stops', () => server.log().some((line) => /"event":"stopping"/.test(line)));
    half.end(body.subarray(20));
    assert.equal((await reply).statusCode, 303);
    assert.deepEqual(await server.stop({ keep: true }), { code: 0, signal: null });
    assert.deepEqual(rows(data, 'SELECT text FROM drafts'), [{ text }]);
    rmSync(data, { recursive: true });
});

test('a second service on the same folder is refused with a sentence', async () => {
    const server = await startServer();
    try {
        const second = spawnSync(program(), ['serve', '--config', server.config, '--data', server.data, '--port', '0'],
            { encoding: 'utf8', timeout: 30_000 });
        assert.notEqual(second.status, 0);
        assert.equal(second.signal, null);
        assert.match(second.stderr, /^hoering: The data folder .* is in use by process \d+\. .*\.$/m);
        assert.equal((await ask(server.url, '/')).status, 200);
    } finally {
        await server.stop();
    }
});

test('what parties send that cannot be taken in', async (t) => {
    const { data, parties } = seed({ consultations: 2, parties: 6 });
    const server = await startServer({ data, config: '[uploads]\nfile_megabytes = 1\ntotal_megabytes = 2\n' });
    after(() => server.stop());
    const clients = parties.map((party) => new PartyClient(party));
    clients.forEach((client) => client.use(server.url));
    const said = (html) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

    await t.test('files of a wrong type, empty, too large or locked are named all at once, and the words are kept', async () => {
        const folder = mkdtempSync(join(tmpdir(), 'hoering-files-'));
        const plain = join(folder, 'plain.pdf'), locked = join(folder, 'locked.pdf');
        writeFileSync(plain, pdf('locked'));
        const made = spawnSync('qpdf', ['--warning-exit-0', '--encrypt', 'hemmelig', 'ejer', '256', '--', plain, locked], { encoding: 'utf8' });
        assert.equal(made.status, 0, made.stderr);
        // What Word saves with a password is a compound file, not a ZIP, under the same name.
        const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(16), Buffer.from([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0]),
            Buffer.alloc(4064), Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(992)]);
        const [client] = clients;
        const answer = await client.keep(await client.write(), text, [
            { name: 'tom.pdf', bytes: Buffer.alloc(0) },
            { name: 'program.exe', bytes: Buffer.from('MZ\x90\0 a program') },
            { name: 'forklædt.pdf', bytes: Buffer.from('<html><script>alert(1)</script></html>') },
            { name: 'laast.pdf', bytes: readFileSync(locked) },
            { name: 'laast.docx', bytes: compound },
            { name: 'stor.pdf', bytes: Buffer.concat([pdf('stor'), Buffer.alloc(1_200_000, 0x20)]) },
            { name: 'god.pdf', bytes: pdf('god') },
        ]);
        rmSync(folder, { recursive: true });
        assert.equal(answer.status, 422);
        const words = said(answer.body);
        for (const name of ['tom.pdf', 'program.exe', 'forklædt.pdf', 'laast.pdf', 'laast.docx', 'stor.pdf'])
            assert.ok(words.includes(name), `${name} is named`);
        assert.match(words, /adgangskode|kodeord/i);
        assert.ok(answer.body.includes(text), 'the words are in the form');
        assert.deepEqual(rows(data, `SELECT name FROM draft_files JOIN files ON files.id = file_id WHERE party_id = ${parties[0].party}`),
            [{ name: 'god.pdf' }], 'the good one was kept');
        assert.deepEqual(rows(data, `SELECT text FROM drafts WHERE party_id = ${parties[0].party}`), [{ text }]);
    });

    await t.test('a body far too large is a page that says so', async () => {
        const [, client] = clients;
        const answer = await client.post('/mit-svar/tjek', { form: { csrf: client.seeded.csrf, text: 'x'.repeat(6_500_000) } });
        assert.equal(answer.status, 413);
        assert.match(answer.body, /<h1/);
        assert.match(said(answer.body), /200\.000 tegn/, 'and how much there is room for');
    });

    await t.test('a text that is somewhat too long comes back in its field, in any alphabet', async () => {
        const [, client] = clients;
        for (const text of ['x'.repeat(399_000), 'æ'.repeat(399_000), '😀'.repeat(399_000)]) {
            const answer = await client.post('/mit-svar/skriv', { form: { csrf: client.seeded.csrf, version: '0', text } });
            assert.equal(answer.status, 422);
            assert.equal(fieldsOf(answer.body, '/mit-svar/filer').text, text);
        }
    });

    await t.test('words that are not UTF-8, and words that are missing', async () => {
        const [, , client] = clients;
        const { csrf } = client.seeded;
        const broken = Buffer.concat([Buffer.from(`csrf=${csrf}&version=0&key=${'a'.repeat(32)}&text=Vi+mener+`), Buffer.from([0xe6, 0xf8, 0xff])]);
        const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
        const answer = await client.post('/mit-svar/tjek', { body: broken, headers });
        assert.equal(answer.status, 422);
        assert.ok(answer.body.includes('Vi mener'), 'the words are shown back');
        const empty = await client.post('/mit-svar/tjek', { form: { csrf, version: '0', key: 'b'.repeat(32), text: '' } });
        assert.equal(empty.status, 422);
        const keyless = await client.post('/mit-svar/tjek', { form: { csrf, version: '0', text } });
        assert.ok([409, 422].includes(keyless.status), String(keyless.status));
        assert.ok(keyless.body.includes(text), 'the words are shown back');
        assert.deepEqual(rows(data, `SELECT id FROM responses WHERE party_id = ${client.seeded.party}`), []);
    });

    await t.test('the same form sent twice at once and once more is one answer with one receipt', async () => {
        const [, , , client] = clients;
        await client.keep(await client.write(), text);
        const form = await client.check();
        const sent = [...await Promise.all([client.send(form), client.send(form), client.send(form)]), await client.send(form)];
        for (const { status, location } of sent) assert.deepEqual([status, location], [303, '/mit-svar/kvittering']);
        assert.equal(rows(data, `SELECT id FROM responses WHERE party_id = ${client.seeded.party}`).length, 1);
        assert.deepEqual(storedAnswers(data).flaws, []);
        // Another party may not use its key.
        const other = clients[4];
        const theirs = await other.send({ ...form, csrf: other.seeded.csrf });
        assert.equal(theirs.status, 409);
        assert.ok(theirs.body.includes(text));
    });

    await t.test('a link that is unknown or replaced opens nothing and says what to do', async () => {
        for (const path of [`/svar/${'A'.repeat(43)}`, '/svar/x', '/svar/%00']) {
            const page = await ask(server.url, path);
            assert.ok([400, 404].includes(page.status), `${path}: ${page.status}`);
        }
        const unknown = await ask(server.url, `/svar/${'A'.repeat(43)}`);
        const { csrf } = fieldsOfAny(unknown.body);
        const opened = await ask(server.url, `/svar/${'A'.repeat(43)}`, { method: 'POST', form: { csrf } });
        assert.equal(opened.status, 404);
        assert.equal(opened.headers['set-cookie'], undefined);

        const { link } = parties[5];
        assert.equal((await ask(server.url, link)).status, 200);
        const resent = await ask(server.url, `${link}/nyt-link`, { method: 'POST', form: { csrf } });
        assert.equal(resent.status, 303);
        const replaced = await ask(server.url, link);
        assert.equal(replaced.status, 404);
        assert.ok(replaced.body.includes(`${link}/nyt-link`), 'a new one can be asked for');
        const closed = await ask(server.url, link, { method: 'POST', form: { csrf } });
        assert.equal(closed.status, 409);
        assert.equal(closed.headers['set-cookie'], undefined);
    });

    await t.test('one party sees nothing of another, nor of another consultation', async () => {
        const [first] = clients;
        const [file] = rows(data, `SELECT file_id AS id FROM draft_files WHERE party_id = ${parties[0].party}`);
        assert.equal((await first.get(`/mit-svar/filer/${file.id}`)).status, 200);
        for (const other of [clients[1], clients[6]]) {
            assert.notEqual(other.seeded.party, parties[0].party);
            assert.equal((await other.get(`/mit-svar/filer/${file.id}`)).status, 404);
            assert.equal((await other.post(`/mit-svar/filer/${file.id}/fjern`, { form: { csrf: other.seeded.csrf } })).status, 404);
            const forged = await other.send({ csrf: parties[0].csrf, version: '0', key: 'c'.repeat(32), text });
            assert.equal(forged.status, 403);
        }
    });
});

/** The first form's token. */
function fieldsOfAny(html) {
    return { csrf: /name="csrf" value="([^"]*)"/.exec(html)[1] };
}

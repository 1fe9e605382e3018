// Every kind of letter there is, as it leaves the house: read by two parsers that share no code, it is for one person and
// holds nothing of anybody else's, threads with the letters before it, and brings the deadline as it then stands.
//   EVERY_LETTER_PARTIES  parties of each of the three consultations (16, at least)
// Not here: how the letters come about (../support/every_letter.h), thousands of them (letters.test.mjs).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { program } from '../browser/harness.mjs';
import { readByTwo } from './mail_reading.mjs';
import { rows, verify } from './service.mjs';

const knownHeaders = ['date', 'from', 'to', 'reply-to', 'subject', 'message-id', 'in-reply-to', 'references',
    'auto-submitted', 'mime-version', 'content-language', 'content-type', 'content-transfer-encoding'];
/** What the calendar is told by each kind that brings an entry. */
const calendars = {
    invitation: 'PUBLISH', informed: 'PUBLISH', deadline_changed: 'PUBLISH', own_deadline_changed: 'PUBLISH',
    extension_granted: 'PUBLISH', cancelled: 'CANCEL', closed: 'CANCEL',
};

const unique = (text, pattern) => [...new Set(text.match(pattern) ?? [])];
const bare = (id) => id.replace(/^<|>$/g, '');

/** iCalendar (RFC 5545 3.1) as names and values; parameters stay with the name's line. */
function readCalendar(text) {
    const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
    const value = (name) => {
        const found = lines.filter((line) => line.split(/[;:]/)[0] === name);
        return found.length ? found[0].slice(found[0].indexOf(':') + 1) : '';
    };
    return { method: value('METHOD'), uid: value('UID'), sequence: Number(value('SEQUENCE')), start: value('DTSTART'), status: value('STATUS'),
        uids: lines.filter((line) => line.startsWith('UID')).length };
}

/** All letters of a story, read twice, each with its row. */
async function everyLetter() {
    const data = mkdtempSync(join(tmpdir(), 'hoering-every-'));
    try {
        const done = spawnSync(join(dirname(program()), 'every_letter'), [data, process.env.EVERY_LETTER_PARTIES || '16'],
            { encoding: 'utf8', maxBuffer: 1 << 28 });
        assert.equal(done.status, 0, done.stderr);
        const about = JSON.parse(done.stdout);
        const byId = new Map(rows(data, `SELECT id, kind, language, state, party_id AS party, user_id AS user, to_mail AS mail,
            subject, message_id AS message FROM letters`).map((letter) => [letter.id, letter]));
        const files = readdirSync(join(data, 'mail')).filter((name) => name.endsWith('.eml')).sort();
        assert.equal(files.length, byId.size, 'each letter is one file');
        const read = await readByTwo(files.map((name) => readFileSync(join(data, 'mail', name))));
        const proof = verify(data);
        assert.ok(proof.whole, proof.said);
        return { about, letters: read.map((each, n) => ({ ...each, letter: byId.get(Number(files[n].split('-')[0])) })) };
    } finally {
        rmSync(data, { recursive: true, force: true });
    }
}

test('every kind of letter, hostile words in every field', async (t) => {
    const { about, letters } = await everyLetter();
    const parties = new Map(about.parties.map((party, n) => [party.id, { ...party, place: n }]));
    const staff = new Map(about.staff.map((user) => [user.id, user]));

    await t.test('there is each kind, for several and in both languages', () => {
        for (const kind of about.kinds) {
            const found = letters.filter(({ letter }) => letter.kind === kind);
            const people = new Set(found.map(({ letter }) => letter.mail));
            const languages = new Set(found.map(({ letter }) => letter.language));
            const forStaff = kind.startsWith('staff_') || kind === 'test';
            assert.ok(found.length >= 2, `${kind}: ${found.length}`);
            // What one colleague has as soon as it comes, the other has in the morning; a test is to whoever asks for it.
            if (!forStaff) assert.ok(people.size >= 2 && languages.size === 2, `${kind}: ${[...people]} ${[...languages]}`);
        }
    });

    await t.test('both parsers read the same mail, without a flaw and without a header too many', () => {
        const seen = new Set();
        for (const { raw, mail, python, letter } of letters) {
            const which = `${letter.id} ${letter.kind}`;
            assert.deepEqual(python.defects, [], which);
            assert.equal(mail.text.trim(), python.text.trim(), which);
            assert.equal(mail.subject, python.subject, which);
            assert.equal(mail.subject, letter.subject, which);
            assert.deepEqual(python.headers.filter((name) => !knownHeaders.includes(name)), [], which);
            assert.equal(new Set(python.headers).size, python.headers.length, `${which}: no header stands twice`);
            assert.equal(mail.headers.get('auto-submitted'), 'auto-generated', which);
            assert.match(raw.toString('latin1'), /^Auto-Submitted: auto-generated\r$/m, which);
            assert.deepEqual([mail.messageId, bare(python.messageId)], [`<${letter.message}>`, letter.message], which);
            assert.deepEqual(mail.to.value.map(({ address }) => address), [letter.mail], which);
            assert.deepEqual(python.to.map(({ address }) => address), [letter.mail], which);
            assert.equal(mail.bcc ?? mail.cc, undefined, which);
            assert.ok(raw.every((byte) => byte < 0x80), `${which}: seven bits`);
            assert.ok(raw.toString('latin1').split('\r\n').every((line) => line.length <= 998 && !/[\r\n]/.test(line)), which);
            assert.ok(!/<script/i.test(mail.html), `${which}: markup is shown, not obeyed`);
            seen.add(letter.message);
        }
        assert.equal(seen.size, letters.length, 'each has a Message-ID of its own');
    });

    await t.test('none holds the name, address, link or words of anybody else', () => {
        for (const { raw, mail, python, letter } of letters) {
            const which = `${letter.id} ${letter.kind}`;
            const files = mail.attachments.map(({ content }) => content.toString('utf8').replace(/\r?\n[ \t]/g, ''));
            const all = [raw.toString('latin1'), mail.subject, mail.text, mail.html, python.text, python.html,
                ...files].join('\n');
            const addresses = unique(all, /kontakt\d+@part\d+\.example/g);
            const links = unique(all, /\/svar\/[\w-]+/g);
            const words = unique(all, /Hemmelig (\d+-\d+|grund)/g);
            if (letter.user) {
                assert.equal(letter.mail, staff.get(letter.user).mail, which);
                assert.deepEqual(links, [], `${which}: a colleague gets no personal link`);
                assert.deepEqual(words, [], `${which}: what an answer says is for the page`);
                continue;
            }
            const party = parties.get(letter.party);
            const own = `${party.consultation}-${/kontakt(\d+)@/.exec(party.mail)[1]}`;
            assert.equal(letter.mail, party.mail, which);
            assert.equal(letter.language, party.language, which);
            const names = unique(all, /(Part|Person) \d+-\d+/g);
            assert.ok(names.includes(`Part ${own}`), `${which}: says whom it is for`);
            assert.deepEqual(names.filter((name) => !name.endsWith(` ${own}`)), [], which);
            assert.deepEqual(addresses.filter((address) => address !== party.mail), [], which);
            assert.ok(links.length <= 1 && links.every((link) => party.links.includes(link)), `${which}: ${links}`);
            assert.deepEqual(words.filter((text) => text !== `Hemmelig ${own}` && text !== 'Hemmelig grund'), [], which);
            if (words.includes('Hemmelig grund')) assert.ok(letter.kind.startsWith('extension_'), which);
            assert.equal(unique(all, /@kontor\.example/g).length, 0, `${which}: no colleague's own address`);
        }
    });

    await t.test('a party\'s letters form one thread', () => {
        const before = new Map();
        for (const { mail, python, letter } of letters) {
            const which = `${letter.id} ${letter.kind}`;
            const chain = letter.user ? [] : before.get(letter.party) ?? [];
            const wanted = [...new Set([chain.at(0), chain.at(-1)])].filter(Boolean);
            assert.deepEqual([mail.references ?? []].flat().map(bare), wanted, which);
            assert.deepEqual(python.references.map(bare), wanted, which);
            assert.equal(bare(mail.inReplyTo ?? ''), wanted.at(-1) ?? '', which);
            if (!letter.user) before.set(letter.party, [...chain, letter.message]);
        }
        assert.ok([...before.values()].every((chain) => chain.length >= 2));
    });

    await t.test('the calendar follows the deadline, one entry a party', () => {
        const last = new Map();
        const uids = new Map();
        let raised = 0;
        for (const { mail, python, letter } of letters) {
            const which = `${letter.id} ${letter.kind}`;
            const method = letter.user ? undefined : calendars[letter.kind];
            if (letter.kind === 'test') continue; // as the letter it is a test of
            const files = mail.attachments.map(({ filename, contentType, headers, content }) =>
                ({ filename, contentType, method: headers.get('content-type').params.method, bytes: content.toString('base64') }));
            // What takes an entry away again asks something of the calendar: it stands among the alternatives, and as a file.
            assert.deepEqual(files.map(({ filename, contentType, method: said }) => [filename, contentType, said]),
                { PUBLISH: [['hoering.ics', 'text/calendar', 'PUBLISH']],
                    CANCEL: [[undefined, 'text/calendar', 'CANCEL'], ['hoering.ics', 'application/ics', undefined]] }[method] ?? [], which);
            assert.deepEqual(python.attachments.map(({ bytes }) => bytes), files.slice(-1).map(({ bytes }) => bytes), which);
            assert.equal(python.method, method === 'CANCEL' ? 'CANCEL' : '', which);
            if (!method) continue;
            assert.equal(new Set(files.map(({ bytes }) => bytes)).size, 1, `${which}: the same entry`);
            if (method === 'CANCEL') assert.equal(Buffer.from(python.calendar).toString('base64'), files[0].bytes, which);
            const entry = readCalendar(Buffer.from(files[0].bytes, 'base64').toString('utf8'));
            assert.deepEqual([entry.method, files[0].method], [method, method], which);
            assert.equal(entry.status, method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED', which);
            assert.equal(entry.uids, 1, which);
            const earlier = last.get(letter.party);
            if (earlier) {
                assert.equal(entry.uid, earlier.uid, `${which}: the same entry`);
                assert.ok(entry.sequence > earlier.sequence, `${which}: ${entry.sequence} after ${earlier.sequence}`);
                if (method === 'PUBLISH') assert.ok(entry.start > earlier.start, `${which}: ${entry.start} after ${earlier.start}`);
                raised += 1;
            } else assert.ok(!uids.has(entry.uid), `${which}: an entry of its own`);
            uids.set(entry.uid, letter.party);
            last.set(letter.party, entry);
        }
        assert.equal(uids.size, parties.size);
        t.diagnostic(`${letters.length} letters of ${about.kinds.length} kinds; ${uids.size} entries, raised ${raised} times`);
    });
});

// What tests of the whole service from outside stand on: a seeded data folder, parties that answer through the real
// pages with plain HTTP, and a look into what is stored.
// Not here: starting and stopping the program (../browser/harness.mjs), what is checked (*.test.mjs).
import { execFile, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { program } from '../browser/harness.mjs';

const patience = 60_000; // ms

/** Fills a new data folder with open consultations; `unopened`: no party has opened its link yet. Returns { data, parties: [{ party, name, link, session, csrf, … }] }. */
export function seed({ consultations = 1, parties = 16, deliver = false, hostile = false, unopened = false, data } = {}) {
    const folder = data ?? mkdtempSync(join(tmpdir(), 'hoering-end-'));
    const args = [folder, String(consultations), String(parties), ...(deliver ? ['deliver'] : []), ...(hostile ? ['hostile'] : []),
        ...(unopened ? ['unopened'] : [])];
    const done = spawnSync(join(dirname(program()), 'seed'), args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (done.status !== 0) throw new Error(`seed failed (${done.status ?? done.error}): ${done.stderr}`);
    return { data: folder, parties: JSON.parse(done.stdout) };
}

/** hoering verify: { whole, said }. */
export function verify(data) {
    const done = spawnSync(program(), ['verify', '--data', data], { encoding: 'utf8', timeout: patience });
    return { whole: done.status === 0, said: done.stdout + done.stderr };
}

/** The same while this process goes on. */
export function verifyBeside(data) {
    return new Promise((resolve) => execFile(program(), ['verify', '--data', data], { timeout: patience },
        (error, stdout, stderr) => resolve({ whole: !error, said: stdout + stderr })));
}

/** Rows of a query, as objects; the folder may be in use. */
export function rows(data, sql) {
    const file = join(data, 'hoering.sqlite3');
    const done = spawnSync('sqlite3', ['-readonly', '-json', '-cmd', '.timeout 5000', file, sql],
        { encoding: 'utf8', maxBuffer: 1 << 30 });
    if (done.status !== 0) throw new Error(`sqlite3 failed (${done.status ?? done.error}): ${done.stderr}`);
    return done.stdout.trim() ? JSON.parse(done.stdout) : [];
}

/** The same without stopping the world: a mail server in this process goes on answering meanwhile. */
export function look(data, sql) {
    const args = ['-readonly', '-json', '-cmd', '.timeout 5000', join(data, 'hoering.sqlite3'), sql];
    return new Promise((resolve, reject) => execFile('sqlite3', args, { maxBuffer: 1 << 30 }, (error, stdout, stderr) => {
        if (error) reject(new Error(`sqlite3 failed: ${stderr}`));
        else resolve(stdout.trim() ? JSON.parse(stdout) : []);
    }));
}

/** Writes to the database of a service that is not running; one that was killed may still be letting go of its locks. */
export async function change(data, sql) {
    await promisify(execFile)('sqlite3', ['-cmd', '.timeout 5000', join(data, 'hoering.sqlite3'), sql]);
}

/**
 * A folder that is a small disk of its own: { folder, fill(), free(), stop() }, or { why } where this user may not mount
 * one.
 */
export function smallDisk(size) {
    const folder = mkdtempSync(join(tmpdir(), 'hoering-disk-'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'hoering-test', folder], { encoding: 'utf8' });
    if (mounted.status !== 0) {
        rmSync(folder, { recursive: true });
        return { why: `no disk can be mounted here: ${(mounted.stderr ?? String(mounted.error)).trim()}` };
    }
    const ballast = join(folder, 'ballast');
    return {
        folder,
        fill() {
            const { bavail, bsize } = statfsSync(folder);
            spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=4096', `count=${Math.floor((bavail * bsize) / 4096) + 10}`]);
        },
        free() { rmSync(ballast); },
        stop() {
            spawnSync('umount', ['-l', folder]);
            rmSync(folder, { recursive: true });
        },
    };
}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * One request. `form`: an object, sent urlencoded; `files`: [{ name, bytes, type }] besides it makes it multipart;
 * `body`: bytes as they are. Resolves with { status, headers, location, body }; rejects when the connection breaks.
 */
export function ask(base, path, { method = 'GET', form, files, body, headers = {}, cookie, agent } = {}) {
    let bytes = body;
    const sent = { ...headers };
    if (cookie) sent.Cookie = cookie;
    if (files) {
        const boundary = `----${randomBytes(12).toString('hex')}`;
        bytes = multipart(boundary, form ?? {}, files);
        sent['Content-Type'] = `multipart/form-data; boundary=${boundary}`;
    } else if (form) {
        bytes = Buffer.from(new URLSearchParams(form).toString());
        sent['Content-Type'] = 'application/x-www-form-urlencoded';
    }
    if (bytes) sent['Content-Length'] = bytes.length;
    return new Promise((resolve, reject) => {
        const request = http.request(new URL(path, base), { method, headers: sent, agent, timeout: patience }, (reply) => {
            const chunks = [];
            reply.on('data', (chunk) => chunks.push(chunk));
            reply.on('error', reject);
            reply.on('aborted', () => reject(new Error('the answer broke off')));
            reply.on('end', () => resolve({
                status: reply.statusCode, headers: reply.headers, location: reply.headers.location,
                body: Buffer.concat(chunks).toString('utf8'),
            }));
        });
        request.on('timeout', () => request.destroy(new Error(`no answer to ${path} within ${patience} ms`)));
        request.on('error', reject);
        request.end(bytes);
    });
}

function multipart(boundary, form, files) {
    const parts = [];
    for (const [name, value] of Object.entries(form))
        parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`, value, '\r\n');
    for (const { name, bytes, type = 'application/octet-stream' } of files)
        parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n`
            + `Content-Type: ${type}\r\n\r\n`, bytes, '\r\n');
    parts.push(`--${boundary}--\r\n`);
    return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

const unescape = (html) => html.replace(/&(#\d+|#x[0-9a-f]+|amp|lt|gt|quot);/gi, (whole, name) => {
    if (name[0] !== '#') return { amp: '&', lt: '<', gt: '>', quot: '"' }[name];
    return String.fromCodePoint(name[1] === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1)));
});

/** The fields of the form with this action, hidden inputs and textareas, as a browser would send them. */
export function fieldsOf(html, action) {
    const from = html.indexOf(`action="${action}"`);
    if (from < 0) throw new Error(`there is no form to ${action}`);
    const form = html.slice(from, html.indexOf('</form>', from));
    const fields = {};
    for (const [tag] of form.matchAll(/<input [^>]*>/g)) {
        const name = / name="([^"]*)"/.exec(tag)?.[1]; // one for a password manager has none, and is not sent
        if (!name || !/ type="hidden"/.test(tag)) continue;
        fields[name] = unescape(/ value="([^"]*)"/.exec(tag)?.[1] ?? '');
    }
    for (const [, name, value] of form.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>\n?([^<]*)<\/textarea>/g))
        fields[name] = unescape(value);
    return fields;
}

/** Chooses a password by a one-time link of `hoering user add` and stays signed in: page(path) is what is served then. */
export async function signInOffice(base, printed) {
    const [path] = /\/kontor\/adgang\/[\w-]+/.exec(printed);
    const form = await ask(base, path);
    const password = randomBytes(16).toString('hex');
    const cookies = ({ headers }) => (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]);
    const chosen = await ask(base, path, { method: 'POST', cookie: cookies(form).join('; '),
        form: { ...fieldsOf(form.body, path), password, again: password } });
    if (chosen.status !== 303) throw new Error(`the password was answered ${chosen.status}`);
    const cookie = cookies(chosen).join('; ');
    return { async page(address) {
        const page = await ask(base, address, { cookie });
        if (page.status !== 200) throw new Error(`${address} was answered ${page.status}`);
        return page.body;
    } };
}

/** A PDF of one empty page; `mark` makes its bytes another file's. */
export function pdf(mark) {
    return Buffer.from(`%PDF-1.4\n% ${mark}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n`
        + '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'
        + '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
}

/** A party with its browser: fills in the real forms. Everything may reject when the service dies. */
export class PartyClient {
    constructor(seeded, agent) {
        Object.assign(this, { seeded, agent, cookie: `svar=${seeded.session}` });
    }

    use(base) { this.base = base; }
    get(path) { return ask(this.base, path, { cookie: this.cookie, agent: this.agent }); }
    post(path, options) { return ask(this.base, path, { method: 'POST', cookie: this.cookie, agent: this.agent, ...options }); }

    /** Opens the writing page (a correction if something was sent) and gives its form's fields. */
    async write() {
        let page = await this.get('/mit-svar/skriv');
        if (page.status === 303) {
            const begun = await this.post('/mit-svar/ret', { form: { csrf: this.seeded.csrf } });
            if (begun.status !== 303) throw new Error(`a correction was answered ${begun.status}`);
            page = await this.get('/mit-svar/skriv');
        }
        if (page.status !== 200) throw new Error(`the writing page was answered ${page.status}`);
        // A correction begins with the files of the answer before; there is a limit to how many there may be.
        const kept = [...page.body.matchAll(/name="fjern" value="(\d+)"/g)].map(([, id]) => id);
        for (const id of kept.length > 6 ? kept : [])
            await this.post(`/mit-svar/filer/${id}/fjern`, { form: { csrf: this.seeded.csrf } });
        if (kept.length > 6) page = await this.get('/mit-svar/skriv');
        return fieldsOf(page.body, '/mit-svar/filer');
    }

    /** Sends the writing form on to the check page. */
    keep(fields, text, files = []) {
        return this.post('/mit-svar/filer', { form: { ...fields, text, videre: 'tjek' }, files });
    }

    /** The check page's form. */
    async check() {
        const page = await this.get('/mit-svar/tjek');
        if (page.status !== 200) throw new Error(`the check page was answered ${page.status}`);
        return fieldsOf(page.body, '/mit-svar/tjek');
    }

    send(form) { return this.post('/mit-svar/tjek', { form }); }

    /** The receipt's number. */
    async receipt() {
        const page = await this.get('/mit-svar/kvittering');
        return /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(page.body)?.[0];
    }
}

/**
 * Everything stored of answers, and every way in which one is not whole:
 * { responses: [{ id, party, version, text, receipt, key, files: [{ name, sha256 }] }], flaws: [sentence] }.
 */
export function storedAnswers(data) {
    const flaws = [];
    const responses = rows(data, `SELECT id, party_id AS party, version, text, receipt, checksum, idempotency_key AS key
        FROM responses ORDER BY id`);
    const files = new Map();
    for (const file of rows(data, `SELECT response_id AS response, name, sha256, size FROM response_files
        JOIN files ON files.id = file_id ORDER BY response_id, position`))
        files.set(file.response, [...(files.get(file.response) ?? []), file]);
    const journal = new Map(rows(data, `SELECT json_extract(details, '$.receipt') AS receipt,
        json_extract(details, '$.checksum') AS checksum, json_extract(details, '$.files') AS files
        FROM journal WHERE act LIKE 'response.%'`).map((entry) => [entry.receipt, entry]));
    const letters = new Map();
    // In one statement: a service that runs meanwhile makes letters of what is owed, and each is seen once.
    for (const { state, said } of rows(data, `SELECT state, body_text AS said FROM letters JOIN letter_bodies ON letter_id = id
        WHERE kind = 'receipt' UNION ALL SELECT 'queued', receipt FROM queued_receipts JOIN responses ON id = response_id`))
        for (const number of new Set(said.match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/g)))
            letters.set(number, [...(letters.get(number) ?? []), state]);
    const versions = new Map();
    for (const response of responses) {
        const which = `response ${response.id} (${response.receipt})`;
        response.files = files.get(response.id) ?? [];
        for (const { name, sha256: wanted } of response.files) {
            const place = join(data, 'files', wanted.slice(0, 2), wanted);
            if (!existsSync(place)) flaws.push(`${which}: its file ${name} is not there`);
            else if (sha256(readFileSync(place)) !== wanted) flaws.push(`${which}: its file ${name} has other bytes`);
        }
        const entry = journal.get(response.receipt);
        if (!entry) flaws.push(`${which}: the journal does not know it`);
        else if (entry.checksum !== response.checksum || Number(entry.files) !== response.files.length)
            flaws.push(`${which}: the journal says something else`);
        const states = letters.get(response.receipt) ?? [];
        if (states.length !== 1) flaws.push(`${which}: ${states.length} receipts are written or owed`);
        else if (!['queued', 'claimed', 'accepted'].includes(states[0])) flaws.push(`${which}: its receipt is ${states[0]}`);
        const version = (versions.get(response.party) ?? 0) + 1;
        if (response.version !== version) flaws.push(`${which}: is version ${response.version}, not ${version}`);
        versions.set(response.party, version);
    }
    const known = new Set(responses.map(({ receipt }) => receipt));
    for (const receipt of journal.keys()) if (!known.has(receipt)) flaws.push(`journalled, not stored: ${receipt}`);
    for (const receipt of letters.keys()) if (!known.has(receipt)) flaws.push(`receipted, not stored: ${receipt}`);
    return { responses, flaws };
}

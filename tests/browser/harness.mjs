// What browser tests stand on: the real program on a data folder of its own, a real SMTP server, and Chromium.
// Not here: what is checked of every page (page_checks.mjs), the tests (*.test.mjs).
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { simpleParser } from 'mailparser';
import { chromium } from 'playwright-core';
import { SMTPServer } from 'smtp-server';

export { simpleParser };
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const build = process.env.HOERING_BUILD || join(root, 'build/dev');
const patience = 60_000; // ms until a thing that is waited for counts as not coming

/** The program under test; without it there is nothing to test, so that is an error and not a skip. */
export function program() {
    const path = join(build, 'hoering');
    if (!existsSync(path)) throw new Error(`there is no ${path}: build it first (scripts/test does)`);
    return path;
}

/** Runs a command of the program to its end, e.g. run('user', 'add', …). Returns what it printed; throws if it failed. */
export function run(...args) {
    const options = typeof args.at(-1) === 'object' ? args.pop() : {};
    const done = spawnSync(program(), args, { encoding: 'utf8', timeout: patience, ...options });
    if (done.status !== 0) throw new Error(`hoering ${args.join(' ')} failed (${done.status}): ${done.stderr}${done.stdout}`);
    return done.stdout;
}

/**
 * Starts `hoering serve` and waits for its first line, {"listening": …, "public_url": …}.
 *   demo    true: the data folder is filled with the worked example first
 *   data    a data folder to use again (after stop({ keep: true })); else a new one, removed by stop()
 *   mail    a mail server of startMailServer(): letters are sent to it; else they are files in DATA/mail
 *   config  TOML text added to the configuration, whole sections other than [mail]
 *   user    { uid, gid }: whom it runs as, who owns the data folder; `binary`: a program of that user's reach
 * Returns { pid, url, data, config, log(), stop({ keep, signal }) }; url is the one letters are written with.
 */
export async function startServer({ demo = false, data, mail, config = '', env = {}, user = {}, binary = program() } = {}) {
    const folder = data ?? mkdtempSync(join(tmpdir(), 'hoering-test-'));
    if (demo && !data) run('demo', '--data', folder);
    const file = join(folder, 'test.toml');
    const mailSection = mail
        ? `[mail]\nmode = "smtp"\nhost = "127.0.0.1"\nport = ${mail.port}\ntls = "none"\nfrom_address = "hoering@example.dk"\n`
        : '[mail]\nmode = "folder"\nfrom_address = "hoering@example.dk"\n';
    writeFileSync(file, `${mailSection}${config}`);
    if (user.uid) chownSync(file, user.uid, user.gid);
    const child = spawn(binary, ['serve', '--config', file, '--data', folder, '--port', '0'], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, TZ: 'UTC', ...env },
        ...user,
    });
    const log = [];
    createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
    const lines = createInterface({ input: child.stdout });
    let tooLate;
    const first = await Promise.race([
        new Promise((resolve) => lines.once('line', resolve)),
        ended.then(({ code }) => { throw new Error(`hoering serve ended with ${code}:\n${log.join('\n')}`); }),
        new Promise((resolve, reject) => {
            tooLate = setTimeout(() => {
                child.kill('SIGKILL');
                reject(new Error(`no address was printed:\n${log.join('\n')}`));
            }, patience);
        }),
    ]).finally(() => clearTimeout(tooLate)); // or it would end a program that runs for longer than that
    const ready = JSON.parse(first);
    return {
        pid: child.pid,
        url: (ready.public_url || ready.listening).replace(/\/$/, ''),
        data: folder,
        config: file,
        log: () => [...log],
        async stop({ keep = false, signal = 'SIGTERM' } = {}) {
            child.kill(signal);
            const how = await ended;
            if (!keep) rmSync(folder, { recursive: true, force: true });
            return how;
        },
    };
}

function calendarOf({ attachments }) {
    const part = attachments.find(({ contentType }) => contentType === 'text/calendar');
    return part ? part.content.toString('utf8').replace(/\r\n[ \t]/g, '') : '';
}

/**
 * A real SMTP server on a free port. `answer` may be changed while it runs: (recipient) => nothing to accept, or
 * { code, message } to refuse. Returns { port, letters, answer, letter(pick), stop() }; a letter is
 * { from, to, subject, text, html, headers, links, id, calendar, raw } (calendar: its iCalendar part, lines unfolded, ""
 * for none), and letter(pick) waits for the first that pick() accepts.
 */
export async function startMailServer() {
    const letters = [];
    const waiting = new Set();
    const mail = { letters, answer: () => undefined };
    const server = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS', 'AUTH'],
        logger: false,
        onRcptTo(address, session, done) {
            const no = mail.answer(address.address);
            done(no ? Object.assign(new Error(no.message), { responseCode: no.code }) : null);
        },
        onData(stream, session, done) {
            const chunks = [];
            stream.on('data', (chunk) => chunks.push(chunk));
            stream.on('end', async () => {
                const raw = Buffer.concat(chunks);
                const parsed = await simpleParser(raw);
                letters.push({
                    from: parsed.from?.value[0]?.address,
                    to: session.envelope.rcptTo.map(({ address }) => address),
                    subject: parsed.subject ?? '',
                    text: parsed.text ?? '',
                    html: parsed.html || '',
                    headers: parsed.headers,
                    links: (parsed.text ?? '').match(/https?:\/\/\S+/g) ?? [],
                    id: parsed.messageId ?? '',
                    calendar: calendarOf(parsed),
                    raw: raw.toString('utf8'),
                });
                done();
                waiting.forEach((look) => look());
            });
        },
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    mail.port = server.server.address().port;
    mail.letter = (pick = () => true) => new Promise((resolve, reject) => {
        const tooLate = setTimeout(() => {
            waiting.delete(look);
            reject(new Error(`the letter did not come; there are: ${letters.map((l) => `${l.to}: ${l.subject}`).join(' | ')}`));
        }, patience);
        const look = () => {
            const found = letters.find(pick);
            if (!found) return;
            clearTimeout(tooLate);
            waiting.delete(look);
            resolve(found);
        };
        waiting.add(look);
        look();
    });
    mail.stop = () => new Promise((resolve) => server.close(resolve));
    return mail;
}

/** Debian's Chromium (or the one CHROMIUM names). Close it with browser.close(). */
export function launchBrowser() {
    return chromium.launch({
        executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
        args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
            '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
}

/**
 * A page in a context of its own, a visitor. `js: false` is a browser without JavaScript. The page remembers what
 * it was served (page.served: { status, headers, html }) and what went wrong in it (page.troubles), for checkPage().
 */
export async function visitor(browser, { js = true, width = 1280, height = 900, language = 'da-DK', baseURL } = {}) {
    const context = await browser.newContext({
        baseURL, javaScriptEnabled: js, locale: language, viewport: { width, height }, timezoneId: 'Europe/Copenhagen',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    page.scripts = js;
    page.troubles = [];
    page.served = undefined;
    page.on('console', (message) => {
        // A page with an error status is itself logged as an error; that is not a trouble of the page.
        if (message.type() !== 'error' || /Failed to load resource.*status of [45]/.test(message.text())) return;
        page.troubles.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => page.troubles.push(`script: ${error.message}`));
    page.on('requestfailed', (request) => {
        const failure = request.failure()?.errorText ?? '';
        if (failure !== 'net::ERR_ABORTED') page.troubles.push(`request: ${request.url()} ${failure}`);
    });
    page.on('request', (request) => {
        const here = baseURL ? new URL(baseURL).host : undefined;
        const { host, protocol } = new URL(request.url());
        if (here && /^http/.test(protocol) && host !== here) page.troubles.push(`loaded from elsewhere: ${request.url()}`);
    });
    page.on('response', (response) => {
        const request = response.request();
        if (!request.isNavigationRequest() || response.frame() !== page.mainFrame()) return;
        if (response.status() >= 300 && response.status() < 400) return;
        page.served = response.text().then(
            (html) => ({ status: response.status(), headers: response.headers(), html, url: response.url() }),
            () => undefined,
        );
    });
    return page;
}

/** Pictures of the page as it is now, as a phone and a desk show it: build/screenshots/NAME-390.png, NAME-1280.png. */
export async function screenshot(page, name) {
    const folder = join(root, 'build/screenshots');
    mkdirSync(folder, { recursive: true });
    const before = page.viewportSize();
    for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
        await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
    }
    await page.setViewportSize(before);
}

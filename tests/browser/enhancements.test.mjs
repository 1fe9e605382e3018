// static/js/hoering.js by itself, on pages of a small server: saving as you type, files going up, counting, copying.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser, root, visitor } from './harness.mjs';

const script = readFileSync(join(root, 'static/js/hoering.js'));
const page = (title, body) => `<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>${title}</title>
<script src="/hoering.js" defer></script></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
const draft = page('Skriv', `
<form action="/done" method="post" data-autosave="/save" data-unsaved data-status="state" data-saving="Gemmer"
 data-saved="Gemt" data-failed="Ikke gemt" data-conflict="Rettet et andet sted" data-gone="Åbn linket igen"><p data-script hidden>Gemmes</p>
<input type="hidden" name="csrf" value="t"><input type="hidden" name="version" value="1">
<textarea name="text"></textarea><input type="file" name="file"><button>Send</button></form><p id="state" role="status"></p>`);
const upload = (note) => page('Vedhæft', `${note}
<form action="/upload" method="post" enctype="multipart/form-data" data-progress="bar" data-sending="{percent} procent"
 data-failed="Kom ikke frem"><input type="file" name="file"><button name="act" value="add">Send</button></form><div id="bar"></div>`);
const copy = page('Link', '<code id="link"> https://a.dk/x </code><button data-copy="link" data-copied="Kopieret" hidden>Kopiér</button>');

const counted = page('Tæl', `<textarea data-limit="1200" data-count="count">Æ😀\r\nø</textarea>
<p id="count" data-said="{n} af 1.200 tegn" data-over="{n} tegn for meget"></p>`);

let server, browser, baseURL;
let saves, saveStatus, saveAnswer, uploads, uploadStatus;
before(async () => {
    server = createServer(async (request, reply) => {
        const chunks = [];
        for await (const chunk of request) chunks.push(chunk);
        const body = Buffer.concat(chunks).toString('latin1');
        const html = (text, status = 200) => reply.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(text);
        if (request.url === '/hoering.js') return reply.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
        if (request.url === '/save') {
            saves.push(new URLSearchParams(body));
            const answer = JSON.stringify({ version: saves.length + 1, status: 'Gemt kl. 10.32', ...saveAnswer });
            return reply.writeHead(saveStatus, { 'Content-Type': 'application/json' }).end(answer);
        }
        if (request.url === '/upload' && request.method === 'POST') {
            uploads.push(body);
            if (uploadStatus === 303) return reply.writeHead(303, { Location: '/thanks' }).end();
            return html(upload('<p id="note">For stor</p>'), uploadStatus);
        }
        const pages = { '/draft': draft, '/upload': upload(''), '/copy': copy, '/count': counted, '/thanks': page('Tak', '') };
        return pages[request.url] ? html(pages[request.url]) : reply.writeHead(404).end();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseURL = `http://127.0.0.1:${server.address().port}`;
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
});

async function open(path) {
    [saves, saveStatus, saveAnswer, uploads, uploadStatus] = [[], 200, {}, [], 303];
    const tab = await visitor(browser, { baseURL });
    await tab.goto(path);
    return tab;
}
const says = (tab, selector, text) =>
    tab.waitForFunction(([where, what]) => document.querySelector(where)?.textContent === what, [selector, text]);

test('what is typed is saved, without files, and the next save carries the new version', async () => {
    const tab = await open('/draft');
    await tab.fill('textarea', 'Vi støtter model 1');
    await says(tab, '#state', 'Gemt kl. 10.32');
    assert.deepEqual([...saves[0]], [['csrf', 't'], ['version', '1'], ['text', 'Vi støtter model 1']]);
    await tab.fill('textarea', 'Vi støtter model 2');
    await tab.waitForFunction(() => document.querySelector('[name=version]').value === '3');
    assert.equal(saves[1].get('version'), '2');
    assert.equal(saves[1].get('text'), 'Vi støtter model 2');
    assert.deepEqual(tab.troubles, []);
    await tab.context().close();
});

test('a save that is refused says so, and a conflict ends saving', async () => {
    const tab = await open('/draft');
    saveStatus = 503;
    await tab.fill('textarea', 'a');
    await says(tab, '#state', 'Ikke gemt');
    saveStatus = 409;
    await tab.fill('textarea', 'b');
    await says(tab, '#state', 'Rettet et andet sted');
    assert.equal(await tab.getAttribute('#state', 'class'), 'failed');
    await tab.context().close();
});

test('what only the script keeps is promised once it runs', async () => {
    const tab = await open('/draft');
    await tab.waitForSelector('text=Gemmes');
    await tab.context().close();
});

for (const status of [403, 404]) {
    test(`a session that is over (${status}) is said, nothing is sent again, and the words stay`, async () => {
        const tab = await open('/draft');
        saveStatus = status;
        await tab.fill('textarea', 'Ord');
        await says(tab, '#state', 'Åbn linket igen');
        await tab.fill('textarea', 'Ord og flere');
        await tab.evaluate(async () => {
            Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
            document.dispatchEvent(new Event('visibilitychange')); // saves at once where anything is to be saved
            await fetch('/thanks');
        });
        assert.equal(saves.length, 1);
        assert.equal(await tab.textContent('#state'), 'Åbn linket igen');
        assert.equal(await tab.inputValue('textarea'), 'Ord og flere');
        await tab.context().close();
    });
}

test('words that came too late, or cannot be saved, are told so in the words of the server', async () => {
    const tab = await open('/draft');
    saveAnswer = { closed: true, status: 'Gemt. Fristen er passeret' };
    await tab.fill('textarea', 'a');
    await says(tab, '#state', 'Gemt. Fristen er passeret');
    assert.equal(await tab.getAttribute('#state', 'class'), 'failed');
    [saveStatus, saveAnswer] = [422, { error: 'Teksten er for lang' }];
    await tab.fill('textarea', 'b');
    await says(tab, '#state', 'Teksten er for lang');
    [saveStatus, saveAnswer] = [200, {}];
    await tab.fill('textarea', 'c');
    await says(tab, '#state', 'Gemt kl. 10.32');
    assert.notEqual(await tab.getAttribute('#state', 'class'), 'failed');
    await tab.context().close();
});

test('leaving with unsaved text asks first', async () => {
    const tab = await open('/draft');
    saveStatus = 503;
    await tab.locator('textarea').pressSequentially('a');
    const asked = new Promise((resolve) => tab.once('dialog', async (dialog) => {
        await dialog.accept();
        resolve(dialog.type());
    }));
    await tab.goto('/thanks');
    assert.equal(await asked, 'beforeunload');
    await tab.context().close();
});

const file = { name: 'svar.txt', mimeType: 'text/plain', buffer: Buffer.from('Et svar') };

test('files go up and the next page is shown under its own address', async () => {
    const tab = await open('/upload');
    await tab.setInputFiles('input[type=file]', file);
    await tab.click('button');
    await tab.waitForURL('**/thanks');
    assert.equal(await tab.textContent('h1'), 'Tak');
    assert.equal(uploads.length, 1);
    assert.match(uploads[0], /filename="svar\.txt"[\s\S]*Et svar/);
    assert.match(uploads[0], /name="act"\r\n\r\nadd/);
    await tab.context().close();
});

test('a form that comes back with an error is shown and works again', async () => {
    const tab = await open('/upload');
    uploadStatus = 422;
    await tab.setInputFiles('input[type=file]', file);
    await tab.click('button');
    await tab.waitForSelector('#note');
    uploadStatus = 303;
    await tab.setInputFiles('input[type=file]', file);
    await tab.click('button');
    await tab.waitForURL('**/thanks');
    assert.equal(uploads.length, 2);
    await tab.context().close();
});

test('a link is copied, and that is said', async () => {
    const tab = await open('/copy');
    await tab.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await tab.click('button');
    await says(tab, '[data-said]', 'Kopieret');
    assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), 'https://a.dk/x');
    await tab.context().close();
});

test('the characters of a text are counted as the server counts them, and what is too much is said aloud', async () => {
    const tab = await open('/count');
    await says(tab, '#count', '4 af 1.200 tegn'); // a line break is one, and so is what UTF-16 needs two for
    assert.equal(await tab.getAttribute('#count', 'aria-live'), 'off');
    await tab.fill('textarea', 'x'.repeat(1199));
    await says(tab, '#count', '1.199 af 1.200 tegn');
    assert.equal(await tab.getAttribute('#count', 'aria-live'), 'polite');
    await tab.fill('textarea', '😀'.repeat(2400));
    await says(tab, '#count', '1.200 tegn for meget');
    await tab.fill('textarea', '');
    await says(tab, '#count', '0 af 1.200 tegn');
    await tab.context().close();
});

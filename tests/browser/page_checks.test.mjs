// The checks of pages find what they are for: a small server shows one page that is in order and many that are not.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { launchBrowser, visitor } from './harness.mjs';
import { checkPage, complaintsAbout } from './page_checks.mjs';

const good = `<!DOCTYPE html>
<html lang="da"><head><meta charset="utf-8"><title>Høringer</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><a href="#main">Gå til sidens indhold</a>
<main id="main"><h1>Høringer</h1>
<form action="/send" method="post"><input type="hidden" name="csrf" value="t">
<label for="name">Navn</label> <input id="name" name="name" type="text" autocomplete="name"> <button type="submit">Send</button></form>
</main></body></html>`;
const goodHeaders = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; form-action 'self'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
};
const changed = (from, to) => ({ html: good.replace(from, to) });
const pages = {
    good: { html: good },
    'two h1': { ...changed('</form>', '</form><h1>En til</h1>'), says: /there are 2 h1/ },
    'no title': { ...changed('<title>Høringer</title>', '<title></title>'), says: /there is no title/ },
    'no language': { ...changed(' lang="da"', ''), says: /lang is ""/ },
    'an id twice': { ...changed('</form>', '</form><p id="name">x</p>'), says: /id "name" is there twice/ },
    'no label': { ...changed('<label for="name">Navn</label>', 'Navn'), says: /a field has no label/ },
    'no csrf': { ...changed('<input type="hidden" name="csrf" value="t">', ''), says: /has no csrf/ },
    'no action': { ...changed(' action="/send"', ''), says: /has no action/ },
    'a style in the page': { ...changed('<form ', '<p style="color:red">x</p><form '), says: /a style in the page/ },
    'a script in the page': { ...changed('</main>', '<script>alert(1)</script></main>'), says: /a script in the page/ },
    'something from elsewhere': { ...changed('</head>', '<link rel="stylesheet" href="https://example.com/a.css"></head>'), says: /elsewhere/ },
    'a skip link to nowhere': { ...changed('href="#main"', 'href="#mian"'), says: /skip link leads nowhere/ },
    'a hole not filled': { ...changed('Navn', 'Navn {party}'), says: /"\{party\}" is not for people/ },
    'a key for a text': { ...changed('Navn', 'error.name.missing'), says: /"error\.name" is not for people/ },
    'bad HTML': { ...changed('</form>', '</form><p><div>x</div></p>'), says: /HTML \d+:\d+/ },
    'a picture without words': { ...changed('</form>', '</form><img src="/x.png">'), says: /axe image-alt/ },
    'too little contrast': {
        ...changed('</head>', '<link rel="stylesheet" href="/pale.css"></head>'), says: /axe color-contrast/,
        headers: { 'Content-Security-Policy': "default-src 'none'; style-src 'self'; frame-ancestors 'none'" },
    },
    'wider than a phone': { ...changed('</form>', `</form><pre>${'x'.repeat(200)}</pre>`), says: /scrolls sideways/ },
    'no nosniff': { html: good, headers: { 'X-Content-Type-Options': '' }, says: /x-content-type-options/ },
    'an unsafe CSP': { html: good, headers: { 'Content-Security-Policy': "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'" }, says: /unsafe/ },
};

let server, browser, baseURL;
before(async () => {
    server = createServer((request, reply) => {
        if (request.url === '/pale.css') return reply.writeHead(200, { 'Content-Type': 'text/css' }).end('h1{color:#ccc}');
        const page = pages[decodeURIComponent(request.url.slice(1))];
        if (!page) return reply.writeHead(404, { 'Content-Type': 'image/png' }).end();
        return reply.writeHead(200, { ...goodHeaders, ...page.headers }).end(page.html);
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

for (const js of [true, false]) {
    test(`a page in order passes, JavaScript ${js ? 'on' : 'off'}`, async () => {
        const page = await visitor(browser, { js, baseURL });
        await page.goto('/good');
        await checkPage(page);
        await page.context().close();
    });
}

for (const [name, { says }] of Object.entries(pages).filter(([, { says }]) => says)) {
    test(`found: ${name}`, async () => {
        const page = await visitor(browser, { baseURL, js: !name.includes('script') });
        await page.goto(`/${encodeURIComponent(name)}`);
        assert.match((await complaintsAbout(page)).join('\n'), says);
        await page.context().close();
    });
}

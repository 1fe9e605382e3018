// The program starts on an empty folder, shows its pages to browsers with and without scripts, and stops when told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser, screenshot, startServer, visitor } from './harness.mjs';
import { checkPage } from './page_checks.mjs';

let server, browser;
before(async () => {
    server = await startServer();
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    await server?.stop();
});

for (const js of [true, false]) {
    const how = `JavaScript ${js ? 'on' : 'off'}`;
    test(`the front page is in order, ${how}`, async () => {
        const page = await visitor(browser, { js, baseURL: server.url });
        const reply = await page.goto('/');
        assert.equal(reply.status(), 200);
        await checkPage(page);
        if (js) await screenshot(page, 'front-empty');
        await page.context().close();
    });

    test(`a page that is not there says so, ${how}`, async () => {
        const page = await visitor(browser, { js, baseURL: server.url });
        const reply = await page.goto('/findes-ikke');
        assert.equal(reply.status(), 404);
        await checkPage(page);
        await page.context().close();
    });
}

test('no cookie is set for a reader', async () => {
    const page = await visitor(browser, { baseURL: server.url });
    await page.goto('/');
    assert.deepEqual(await page.context().cookies(), []);
    await page.context().close();
});

test('styles are compressed and kept for a year under their hash', async () => {
    const page = await visitor(browser, { baseURL: server.url });
    const styles = [];
    page.on('response', (response) => { if (/\/static\/css\/dkfds/.test(response.url())) styles.push(response); });
    await page.goto('/');
    assert.equal(styles.length, 1);
    const headers = await styles[0].allHeaders();
    assert.match(headers['cache-control'], /immutable/);
    assert.match(headers['content-encoding'], /^(br|gzip)$/);
    await page.context().close();
});

test('the program ends cleanly when told to', async () => {
    const another = await startServer();
    assert.deepEqual(await another.stop(), { code: 0, signal: null });
});

// Nothing typed is lost: what a person sees while the disk is full, after a text that is far too large, and on going back,
// with JavaScript and without.
// Not here: the same without a browser (tests/end_to_end/faults.test.mjs, tests/web), the script alone (enhancements).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { seed, smallDisk, storedAnswers } from '../end_to_end/service.mjs';
import { launchBrowser, startServer, visitor } from './harness.mjs';
import { checkPage } from './page_checks.mjs';
import { press, says } from './walk.mjs';

let browser;
before(async () => { browser = await launchBrowser(); });
after(async () => { await browser?.close(); });

const long = 'Vi foretrækker model 2. '.repeat(8_000).trim(); // more than what is left of a page on the disk
const answerField = (page) => page.locator('#field-text');

/** A party at its desk: its session is put into the browser. */
async function party(server, { session }, js) {
    const page = await visitor(browser, { js, baseURL: server.url });
    await page.context().addCookies([{ name: 'svar', value: session, url: server.url }]);
    await page.goto('/mit-svar/skriv');
    return page;
}

for (const js of [true, false]) {
    const how = `JavaScript ${js ? 'on' : 'off'}`;

    test(`a full disk: the answer stays in its field, and its button is the next try, ${how}`, async (t) => {
        const disk = smallDisk('24m');
        if (disk.why) return t.skip(disk.why);
        const { data, parties } = seed({ parties: 1, deliver: true, data: join(disk.folder, 'data') });
        const server = await startServer({ data });
        try {
            const page = await party(server, parties[0], js);
            disk.fill();
            await answerField(page).fill(long);
            await press(page, 'Gem og tjek dit svar');
            await says(page, 'Vi kunne ikke gemme lige nu', 'den er ikke tabt');
            assert.equal(await answerField(page).inputValue(), long);
            await checkPage(page);
            disk.free();
            await press(page, 'Gem og tjek dit svar');
            await says(page, 'Tjek dit svar');

            disk.fill();
            await press(page, 'Send svaret');
            await says(page, 'Dit svar er ikke sendt', 'Svaret er ikke tabt');
            await checkPage(page);
            disk.free();
            await press(page, 'Send svaret');
            assert.match(page.url(), /kvittering$/);
            const { responses, flaws } = storedAnswers(data);
            assert.deepEqual(flaws, []);
            assert.deepEqual(responses.map(({ text }) => text), [long]);
            await page.context().close();
        } finally {
            await server.stop({ keep: true });
            disk.stop();
        }
    });

    test(`what is far too large for the door comes back with Back, ${how}`, async () => {
        const { data, parties } = seed({ parties: 1 });
        const server = await startServer({ data });
        try {
            const page = await party(server, parties[0], js);
            const huge = 'x'.repeat(6_500_000);
            await answerField(page).evaluate((field, text) => { field.value = text; }, huge);
            await press(page, 'Gem kladde');
            await says(page, 'Gå tilbage i browseren', 'Et svar kan have 200.000 tegn');
            await page.goBack();
            assert.equal(await answerField(page).inputValue(), huge);
            await page.context().close();
        } finally {
            await server.stop();
        }
    });
}

test('a file too large for the door leaves the form, and what is typed in it', async () => {
    const { data, parties } = seed({ parties: 1 });
    const server = await startServer({ data, config: '[uploads]\nfile_megabytes = 1\ntotal_megabytes = 1\n' });
    try {
        const page = await party(server, parties[0], true);
        await answerField(page).fill('Ord, som ingen har gemt');
        await page.setInputFiles('[name=file]', { name: 'stor.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(9 << 20, 'x') });
        await page.getByRole('button', { name: 'Gem kladde' }).click();
        await page.locator('.save-state.failed', { hasText: 'Det fylder for meget. Intet er sendt' }).waitFor();
        assert.equal(await answerField(page).inputValue(), 'Ord, som ingen har gemt');
        await page.setInputFiles('[name=file]', []);
        await press(page, 'Gem og tjek dit svar');
        await says(page, 'Tjek dit svar', 'Ord, som ingen har gemt');
        await page.context().close();
    } finally {
        await server.stop();
    }
});

test('the words are saved by themselves as soon as there is room again', async (t) => {
    const disk = smallDisk('24m');
    if (disk.why) return t.skip(disk.why);
    const { data, parties } = seed({ parties: 1, deliver: true, data: join(disk.folder, 'data') });
    const server = await startServer({ data });
    try {
        const page = await party(server, parties[0], true);
        disk.fill();
        await answerField(page).fill(long);
        await press(page, 'Gem kladde');
        await says(page, 'Vi kunne ikke gemme lige nu');
        disk.free();
        await page.waitForFunction(() => /^Gemt/.test(document.getElementById('save-state').textContent));
        await page.goto('/mit-svar/skriv');
        assert.equal(await answerField(page).inputValue(), long);
        await page.context().close();
    } finally {
        await server.stop({ keep: true });
        disk.stop();
    }
});

// Takes pictures of every kind of letter, as a mail reader on a phone and on a desk shows it, light and dark, into FOLDER
// (default: build/letters). The letters are the worked example's own, with what the preview of each kind's wording writes.
//   HOERING_BUILD=… node tests/browser/letters_pictures.mjs [FOLDER]
// Not a test: to be looked at when a letter's look or words have changed.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './harness.mjs';
import { startExample } from './worked_example.mjs';

const folder = process.argv[2] ?? join(root, 'build/letters');
mkdirSync(folder, { recursive: true });
const example = await startExample();
const { browser } = example;
try {
    const office = await example.office();
    const { open } = example;
    await office.goto(`${open}/ordlyd`);
    const kinds = await office.$$eval('tbody a', (all) => all.map((a) => a.getAttribute('href')));
    assert.ok(kinds.length >= 16, 'every kind in two languages');
    for (const href of kinds) {
        await office.goto(href);
        const name = href.match(/ordlyd\/(\w+)\?sprog=(\w+)/).slice(1).join('-');
        const [mail] = await Promise.all([
            office.context().waitForEvent('page'),
            office.getByRole('button', { name: 'Se som mail (ny fane)', exact: true }).click(),
        ]);
        await mail.waitForLoadState();
        const html = await mail.content();
        await mail.close();
        writeFileSync(join(folder, `${name}.html`), html);
        writeFileSync(join(folder, `${name}.txt`), await office.textContent('#brevet ~ .verbatim'));
        // A page without the site's policy, as a mail reader has none; the letter must fit any width without scrolling.
        for (const [width, colorScheme] of [[390, 'light'], [700, 'light'], [390, 'dark'], [700, 'dark']]) {
            const reader = await browser.newContext({ viewport: { width, height: 600 }, colorScheme, javaScriptEnabled: false });
            const page = await reader.newPage();
            await page.setContent(html);
            const wide = await page.locator('table').first().boundingBox();
            assert.ok(wide.width <= width, `${name} is ${wide.width} px wide at ${width}`);
            await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
            await reader.close();
        }
        console.log(name);
    }
} finally {
    await example.stop();
}

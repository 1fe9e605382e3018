// Takes the pictures of README and docs from the worked example, into static/pictures (which no page loads and the
// program does not carry). Run by hand when the pages have changed: HOERING_BUILD=… node tests/browser/pictures.mjs
// Needs pngquant. Not a test; screenshots for looking at are screenshot() in harness.mjs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser, root, startServer, visitor } from './harness.mjs';

process.env.LANGUAGE = 'da'; // the browser's own words, on its file button
const folder = join(root, 'static/pictures');
const tallest = { 390: 1100, 1280: 1000 }, largest = 120 * 1024; // CSS pixels, bytes
mkdirSync(folder, { recursive: true });

const server = await startServer({
    demo: true,
    config: `[municipality]
name = "Ishøj Kommune"
colour = "#1a5c8a"
contact_name = "Sekretariatet"
contact_phone = "12 34 56 78"
contact_mail = "sekretariat@ishoj.example"
`,
});
const browser = await launchBrowser();
const note = readFileSync(join(server.data, 'demo.txt'), 'utf8');
const [, password] = note.match(/password\s+(\S+)/);
const [, link] = note.match(/(\/svar\/\S+)/);
const [, publicPage] = note.match(/(\/hoering\/\S+)/);

async function take(page, name, width) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.mouse.move(0, 0);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, tallest[width]) } });
    execFileSync('pngquant', ['--force', '--skip-if-larger', '--strip', '--speed', '1', '--output', path, '64', path]);
    const { size } = statSync(path);
    assert.ok(size < largest, `${name}.png is ${size} bytes`);
    console.log(`${name}.png ${width} px, ${Math.round(size / 1024)} KB`);
}
const press = (page, name) => Promise.all([page.waitForNavigation(), page.getByRole('button', { name, exact: true }).click()]);

try {
    const reader = await visitor(browser, { baseURL: server.url });
    await reader.goto('/');
    await take(reader, 'frontpage', 1280);
    await reader.goto(publicPage);
    await take(reader, 'consultation', 1280);

    const party = await visitor(browser, { baseURL: server.url });
    await party.goto(link);
    await press(party, 'Åbn høringen');
    await take(party, 'party-overview-phone', 390);
    await party.goto('/mit-svar/skriv');
    await take(party, 'write-phone', 390);

    const office = await visitor(browser, { baseURL: server.url });
    await office.goto('/kontor');
    await office.fill('[name=email]', 'demo@ishoj.example');
    await office.fill('[name=password]', password);
    await press(office, 'Log ind');
    await take(office, 'office-today', 1280);
    const [draft, open] = await office.$$eval('tbody a', (all) => all.map((a) => a.getAttribute('href')));
    await office.goto(`${draft}/tjek`);
    await take(office, 'send-gate', 1280);
    await office.goto(open);
    await take(office, 'office-overview', 1280);
    await office.goto(`${open}/hoeringsnotat`);
    await take(office, 'digest', 1280);

    await party.goto('/mit-svar/tjek');
    await take(party, 'check-phone', 390);
    await press(party, 'Send svaret');
    await take(party, 'receipt-phone', 390);
} finally {
    await browser.close();
    await server.stop();
}

// Takes the pictures of README and docs from the worked example, into static/pictures (which no page loads and the
// program does not carry). Run by hand when the pages have changed: HOERING_BUILD=… node tests/browser/pictures.mjs
// Needs pngquant. Not a test; screenshots for looking at are screenshot() in harness.mjs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './harness.mjs';
import { press } from './walk.mjs';
import { startExample } from './worked_example.mjs';

process.env.LANGUAGE = 'da'; // the browser's own words, on its file button
const folder = join(root, 'static/pictures');
const tallest = { 390: 1100, 1280: 1000 }, largest = 120 * 1024; // CSS pixels, bytes
mkdirSync(folder, { recursive: true });
const example = await startExample();

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
try {
    const reader = await example.guest();
    await reader.goto('/');
    await take(reader, 'frontpage', 1280);
    await reader.goto(example.publicPage);
    await take(reader, 'consultation', 1280);

    const party = await example.guest();
    await party.goto(example.link);
    await press(party, 'Åbn høringen');
    await take(party, 'party-overview-phone', 390);
    await party.goto('/mit-svar/skriv');
    await take(party, 'write-phone', 390);

    const office = await example.office();
    const { draft, open } = example;
    await take(office, 'office-today', 1280);
    await office.goto(`${draft}/tjek`);
    await take(office, 'send-gate', 1280);
    await office.goto(open);
    await take(office, 'office-overview', 1280);
    await office.goto(`${open}/breve`);
    await take(office, 'ledger', 1280);
    await office.goto('/kontor/breve/kommende');
    await take(office, 'coming-letters', 1280);
    await office.goto(`${open}/hoeringsnotat`);
    await take(office, 'digest', 1280);

    await party.goto('/mit-svar/tjek');
    await take(party, 'check-phone', 390);
    await press(party, 'Send svaret');
    await take(party, 'receipt-phone', 390);
} finally {
    await example.stop();
}

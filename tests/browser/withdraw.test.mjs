// An answer is sent, taken back and sent anew, in the worked example, once with JavaScript and once without: what the
// party is told before and after, and what the office sees of it. Every page passed is checked on a desk and on a phone.
// Not here: each rule by itself (tests/usecases), what an act of the office looks like (acts.test.mjs).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser, startServer, visitor } from './harness.mjs';
import { checkPage, desk, phone } from './page_checks.mjs';
import { fill, follow, press, says, saysNot } from './walk.mjs';

let browser;
before(async () => { browser = await launchBrowser(); });
after(async () => { await browser?.close(); });

const words = 'Vi foretrækker model 2.\n\nDen er tæt på de unge.';
const reason = 'Bestyrelsen har ikke godkendt svaret.';

for (const js of [true, false]) {
    test(`an answer is withdrawn, JavaScript ${js ? 'on' : 'off'}`, async (t) => {
        const server = await startServer({ demo: true });
        const note = readFileSync(join(server.data, 'demo.txt'), 'utf8');
        const [password, link] = [/password\s+(\S+)/, /(\/svar\/\S+)/].map((each) => note.match(each)[1]);
        const visit = () => visitor(browser, { js, baseURL: server.url });
        const [party, office] = [await visit(), await visit()];
        const check = (page) => checkPage(page, page.url(), js ? [desk, phone] : []);
        t.after(async () => {
            await Promise.all([party, office].map((page) => page.context().close()));
            await server.stop();
        });

        await t.test('the party answers', async () => {
            await party.goto(link);
            await press(party, 'Åbn høringen');
            await party.goto('/mit-svar/skriv');
            await fill(party, { text: words });
            await press(party, 'Gem og tjek dit svar');
            await press(party, 'Send svaret');
            await says(party, 'Tak for svaret');
        });

        await t.test('it reads what withdrawing means, and may leave again', async () => {
            await follow(party, 'Træk svaret tilbage');
            await says(party, 'Svaret bliver ikke slettet', 'Det tæller ikke længere som svar', 'I får igen påmindelser', 'I kan svare igen indtil');
            await check(party);
            await follow(party, 'Fortryd');
            await says(party, 'Svaret er sendt');
            await check(party);
        });

        await t.test('it withdraws the answer with a reason and gets a receipt', async () => {
            await follow(party, 'Træk svaret tilbage');
            await fill(party, { reason });
            await press(party, 'Træk svaret tilbage');
            await says(party, 'Svaret er trukket tilbage', 'Svaret er ikke slettet', 'Kvitteringen er også på vej med mail');
            await check(party);
            await party.goto('/mit-svar/traek-tilbage');
            assert.equal(new URL(party.url()).pathname, '/mit-svar/trukket-tilbage', 'there is nothing more to withdraw');
        });

        await t.test('the office sees that, why, and what the answer said', async () => {
            await office.goto('/kontor');
            await fill(office, { email: 'demo@ishoj.example', password });
            await press(office, 'Log ind');
            const open = await office.$$eval('tbody a', (all) => all[1].getAttribute('href'));
            await office.goto(open);
            await says(office, 'har trukket svaret tilbage');
            await check(office);
            await office.goto(`${open}/svar`);
            await says(office, 'trukket tilbage');
            await check(office);
            await office.locator('tr', { hasText: 'trukket tilbage' }).getByRole('link').first().click();
            await office.waitForURL(/\/svar\/\d+$/);
            await says(office, reason, 'Den er tæt på de unge.');
            await check(office);
            await office.goto(`${open}/hoeringsnotat`);
            await says(office, 'Trukket tilbage');
            const digest = await (await office.request.get(`${open}/hoeringsnotat.html`)).text();
            assert.match(digest, /1 part har trukket sit svar tilbage/);
            assert.ok(!digest.includes('tæt på de unge') && !digest.includes(reason), 'the digest holds none of its words');
        });

        await t.test('the party begins anew in the old words, and that answer stands', async () => {
            await party.goto('/mit-svar');
            await says(party, 'er trukket tilbage', 'Vil I svare igen?', '1 (trukket tilbage)');
            await check(party);
            await press(party, 'Brug den tilbagetrukne tekst');
            await says(party, 'teksten fra det svar, I trak tilbage');
            assert.equal(await party.inputValue('[name=text]'), words);
            await check(party);
            await press(party, 'Gem og tjek dit svar');
            await says(party, 'I har trukket version 1 tilbage');
            await check(party);
            await press(party, 'Send svaret');
            await says(party, 'Tak for svaret');
            await party.goto('/mit-svar');
            await says(party, '2 (gælder)', '1 (trukket tilbage)');
            await saysNot(party, 'Vil I svare igen?');
            await check(party);
        });
    });
}

// Signing in with two steps as a colleague does it, with JavaScript and without: turned on with a code that is computed
// here as an app would, asked for at the next sign-in, a recovery code, turned off. Every page passed through is checked.
// Not here: drift, replay and guessing (tests/usecases, which own the clock), resetting a colleague's (tests/web).
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launchBrowser, startServer, visitor } from './harness.mjs';
import { checkPage, desk, phone } from './page_checks.mjs';
import { fill, firstAdministrator, follow, password, press, says } from './walk.mjs';

let browser;
before(async () => { browser = await launchBrowser(); });
after(async () => { await browser?.close(); });

function bytesOf(base32) {
    const bits = [...base32.replaceAll(' ', '')]
        .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
    return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

/** An app with this secret. Each code is of a step after the last one's: no code counts twice (RFC 6238, 5.2). */
function authenticator(secret) {
    let last = 0;
    return () => {
        last = Math.max(last + 1, Math.floor(Date.now() / 30_000));
        const moving = Buffer.alloc(8);
        moving.writeBigUInt64BE(BigInt(last));
        const mac = createHmac('sha1', bytesOf(secret)).update(moving).digest();
        const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
        return String(number % 1_000_000).padStart(6, '0');
    };
}

const somebody = { name: 'Karen Kontor', email: 'karen@hoering.example' };

for (const js of [true, false]) {
    test(`two steps at sign-in, JavaScript ${js ? 'on' : 'off'}`, async (t) => {
        const server = await startServer();
        const page = await visitor(browser, { js, baseURL: server.url });
        t.after(async () => {
            await page.context().close();
            assert.deepEqual(await server.stop(), { code: 0, signal: null });
        });
        const check = (name) => checkPage(page, name, js ? [desk, phone] : []);
        const bothLanguages = async () => {
            await check();
            if (!js) return;
            await press(page, 'English');
            await check(`${page.url()} in English`);
            await press(page, 'Dansk');
        };
        const typePassword = async () => {
            await press(page, 'Log af');
            await fill(page, { email: somebody.email, password });
            await press(page, 'Log ind');
            assert.equal(new URL(page.url()).pathname, '/kontor/log-ind/kode');
        };
        await firstAdministrator(page, server.log(), somebody);

        await page.goto('/kontor/mig');
        await bothLanguages();
        await follow(page, 'Slå to trin ved login til');
        await bothLanguages();
        await fill(page, { password });
        await press(page, 'Begynd');
        await bothLanguages();
        assert.ok(await page.locator('svg.qr-picture[role=img][aria-label]').isVisible());
        const secret = (await page.locator('.secret').innerText()).trim();
        assert.match(secret, /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
        const app = authenticator(secret);

        await fill(page, { code: '12' });
        await press(page, 'Brug appen fra nu af');
        await says(page, 'Koden passer ikke');
        await check('a wrong first code');
        await fill(page, { code: app() });
        await press(page, 'Brug appen fra nu af');
        await says(page, 'Koderne vises kun nu');
        await check('the recovery codes');
        const codes = await page.locator('.recovery-codes code').allInnerTexts();
        assert.equal(new Set(codes).size, 10);
        await follow(page, 'Jeg har gemt koderne');
        assert.equal(new URL(page.url()).pathname, '/kontor');

        await typePassword();
        await bothLanguages();
        await page.goto('/kontor/breve');
        assert.equal(new URL(page.url()).pathname, '/kontor/log-ind', 'the password alone opens nothing');
        await page.goto('/kontor/log-ind/kode?til=%2Fkontor%2Fbreve');
        await fill(page, { code: '000000' });
        await press(page, 'Log ind');
        await says(page, 'forkert eller allerede brugt');
        await check('a wrong code');
        await fill(page, { code: app() });
        await press(page, 'Log ind');
        assert.equal(new URL(page.url()).pathname, '/kontor/breve');

        await typePassword();
        await follow(page, 'Brug en nødkode i stedet');
        await bothLanguages();
        await fill(page, { code: codes[0].toLowerCase().replaceAll('-', ' ') });
        await press(page, 'Log ind');
        await says(page, 'Du er logget ind med en nødkode', 'Nødkoder tilbage', '9');
        await bothLanguages();

        for (const name of ['Lav nye nødkoder', 'Skift til en ny telefon eller app', 'Slå to trin ved login fra']) {
            await page.goto('/kontor/mig/to-trin');
            await follow(page, name);
            await bothLanguages();
        }
        await fill(page, { password, code: codes[1] });
        await press(page, 'Slå to trin ved login fra');
        await says(page, 'To trin ved login er slået fra');
        await page.goto('/kontor/brugere');
        await check();
        await page.goto('/kontor/journal');
        await says(page, 'Slog to trin ved login til', 'Brugte en nødkode', 'Nødkoder tilbage', 'Slog to trin ved login fra');
    });
}

test('where two steps are required, nothing else is open before', async (t) => {
    const server = await startServer({ config: '[staff]\ntwo_steps = "required"\n' });
    const page = await visitor(browser, { baseURL: server.url });
    t.after(async () => {
        await page.context().close();
        await server.stop();
    });
    await firstAdministrator(page, server.log(), somebody);
    assert.equal(new URL(page.url()).pathname, '/kontor/mig/to-trin');
    await says(page, 'I denne kommune logger alle ind med to trin');
    await checkPage(page, undefined, [desk, phone]);
    await fill(page, { password });
    await press(page, 'Begynd');
    await fill(page, { code: authenticator(await page.locator('.secret').innerText())() });
    await press(page, 'Brug appen fra nu af');
    await follow(page, 'Jeg har gemt koderne');
    assert.equal(new URL(page.url()).pathname, '/kontor');
});

// The main job as people do it, from the first start to the digest, once with JavaScript and once without: the same
// steps, the same words. Every page passed through is checked; the main ones in both languages and on a phone too.
// Not here: text typed across the deadline (tests/usecases, which own the clock), scripts alone (enhancements).
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser, startServer, visitor } from './harness.mjs';
import { checkPage } from './page_checks.mjs';
import { docxFile, lettersIn, oneLine, pdfFile, textOfPdf, until } from './paper.mjs';
import { bodyOf, dayFromNow, follow, password, press, says } from './walk.mjs';

let browser;
before(async () => { browser = await launchBrowser(); });
after(async () => { await browser?.close(); });

const title = 'Ny organisering af det tryghedsskabende arbejde';
const board = { name: 'Bestyrelsen for Ungdomsskolen', person: 'Hanne Vest', mail: 'hanne@ungdom.example', role: 'consulted' };
const council = { name: 'LokalMED i Ishøj Ungdom', person: 'Jonas Friis', mail: 'jonas@med.example', role: 'consulted' };
const police = { name: 'Lokalpolitiet', person: 'Peter Krogh', mail: 'peter@politi.example', role: 'informed' };
const parties = [board, council, police];
const answer = 'Vi foretrækker model 2.\n\n1. Den er tæt på de unge.\n2. Økonomien er ikke beskrevet: < 5 % & "intet" mere.';
const corrected = `${answer}\n\nRettelse: Vi har talt med elevrådet, som er enigt.`;
const policeAnswer = 'Politiet ser fordele ved begge modeller. Resten er ikke vores at vurdere.';

async function onAPhone(page) {
    await page.setViewportSize({ width: 390, height: 844 });
    await checkPage(page, `${page.url()} on a phone`);
    await page.setViewportSize({ width: 1280, height: 900 });
}
/** On a phone and in English as well; ends in Danish where it began. */
async function checkMainPage(page) {
    await checkPage(page);
    if (!page.scripts) return; // the same HTML: once is enough
    await onAPhone(page);
    await press(page, 'English');
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await checkPage(page, `${page.url()} in English`);
    await press(page, 'Dansk');
    assert.equal(await page.locator('html').getAttribute('lang'), 'da');
}
/** Presses Tab until what is focused is a button or link of that name. */
async function tabTo(page, name) {
    for (let presses = 0; presses < 60; ++presses) {
        await page.keyboard.press('Tab');
        const there = await page.evaluate(() => (document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim());
        if (there === name) return;
    }
    assert.fail(`Tab does not reach "${name}" on ${page.url()}`);
}
const enter = (page) => Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);

for (const js of [true, false]) {
    test(`the main job, JavaScript ${js ? 'on' : 'off'}`, async (t) => {
        const server = await startServer();
        const visit = () => visitor(browser, { js, baseURL: server.url });
        const office = await visit();
        let here = ''; // the consultation's address in the office
        const links = new Map(); // a party's mail address -> the path of its own link
        t.after(async () => {
            await office.context().close();
            const said = server.log().slice(-20).join('\n');
            assert.deepEqual(await server.stop(), { code: 0, signal: null }, `the program did not end well:\n${said}`);
        });

        await t.test('the first administrator chooses a password and signs in', async () => {
            const line = server.log().find((each) => each.includes('/kontor/adgang/'));
            await office.goto(line.match(/\/kontor\/adgang\/[\w-]+/)[0]);
            await checkPage(office);
            await office.fill('[name=name]', 'Anne Holm');
            await office.fill('[name=email]', 'anne@ishoj.example');
            await office.fill('[name=password]', password);
            await office.fill('[name=again]', password);
            await press(office, 'Gem adgangskode');
            await checkPage(office);
            await press(office, 'Log af');
            await checkPage(office);
            await office.fill('[name=email]', 'anne@ishoj.example');
            await office.fill('[name=password]', password);
            await press(office, 'Log ind');
            await says(office, 'Sådan sender du den første høring');
        });

        await t.test('a consultation is written', async () => {
            await follow(office, 'Ny høring');
            await checkPage(office);
            for (const [name, value] of Object.entries({
                title, summary: 'Udvalget foreslår to modeller. Vi vil gerne høre jer.',
                body: '# Baggrund\n\nUdvalget mødes (x) og beslutter.\n\n- Model 1\n- Model 2',
                deadline_date: dayFromNow(45), deadline_time: '12.00', decision_date: '25. september 2023',
                short_period_reason: 'Budgettet ligger fast.', committee: 'Økonomi- og Planudvalget',
                unit: 'Center for Børn', journal_number: '18.20-A-1', officer_name: 'Anne Holm',
                officer_phone: '12 34 56 78', officer_mail: 'anne@ishoj.example',
                afterwards: 'Svarene behandles på udvalgets næste møde.',
            })) await office.fill(`[name=${name}]`, value);
            await press(office, 'Gem og fortsæt');
            here = new URL(office.url()).pathname.match(/\/kontor\/hoeringer\/\d+/)[0];
        });

        await t.test('two enclosures are added, put in order and given titles', async () => {
            await checkPage(office);
            await office.setInputFiles('[name=file]', [docxFile('kommissorium.docx', 'Kommissorium'), pdfFile('notat.pdf', 'Notat om to modeller')]);
            await press(office, 'Tilføj filer');
            await checkPage(office);
            await press(office, /^Flyt op/, { exact: false });
            const titles = () => office.$$eval('[name^=title_]', (fields) => fields.map((field) => field.value));
            assert.match((await titles())[0], /notat/i);
            await office.locator('[name^=title_]').first().fill('Arbejdsgruppens notat');
            await press(office, 'Gem titel');
            assert.equal((await titles())[0], 'Arbejdsgruppens notat');
            await checkPage(office);
        });

        await t.test('three parties are added', async () => {
            await press(office, 'Gem og gå videre til Parter');
            await checkPage(office);
            for (const { name, role, person, mail } of parties) {
                await office.fill('[name=name]', name);
                await office.check(`[value=${role}]`);
                await office.fill('[name=contacts]', `${person} <${mail}>`);
                await press(office, 'Tilføj part');
            }
            await says(office, ...parties.map(({ name }) => name));
            await checkPage(office);
        });

        await t.test('the reminders are planned', async () => {
            await press(office, 'Gem og gå videre til Påmindelser');
            await checkPage(office);
            await office.fill('[name=days_0]', '12');
            await office.selectOption('[name=unit_0]', 'workdays');
            await office.fill('[name=time_0]', '8.30');
            await press(office, 'Gem og se datoerne');
            await says(office, 'kl. 8.30');
            await press(office, 'Gem og fortsæt');
        });

        await t.test('a hole in the text stops the sending until it is mended', async () => {
            await says(office, 'Det skal rettes først', '(x)');
            assert.equal(await office.getByRole('button', { name: /^Send høringen/ }).count(), 0);
            await checkPage(office);
            await follow(office, 'Ret det');
            await office.fill('[name=body]', '# Baggrund\n\nUdvalget mødes i januar og beslutter.\n\n- Model 1\n- Model 2');
            await press(office, 'Gem kladde');
            await checkPage(office);
            await office.goto(`${here}/tjek`);
            await checkMainPage(office);
            await press(office, /^Læs brevet/, { exact: false });
            await checkPage(office);
            await office.goto(`${here}/vis`);
            await checkPage(office);
            await office.goto(`${here}/tjek`);
            await press(office, 'Send høringen (3 breve)');
            await checkPage(office);
        });

        await t.test('each party gets its own letter, and nothing of the others', async () => {
            const letters = await until('three letters', async () => {
                // The office hears when the mailing is finished: that letter is none of the parties'.
                const all = (await lettersIn(server.data)).filter(({ to }) => parties.some(({ mail }) => to.includes(mail)));
                return all.length >= 3 && all;
            });
            assert.equal(letters.length, 3);
            for (const { name, mail, role } of parties) {
                const mine = letters.filter(({ to }) => to.includes(mail));
                assert.equal(mine.length, 1, `letters to ${mail}`);
                const [letter] = mine;
                assert.deepEqual(letter.to, [mail]);
                assert.ok(oneLine(letter.text).includes(`Til ${name}`));
                const wording = role === 'informed' ? /I orienteres om sagen/ : /I er høringspart og bedes svare/;
                for (const form of [letter.text, letter.html]) assert.match(oneLine(form), wording);
                if (role === 'informed') assert.doesNotMatch(oneLine(letter.text), /bedes svare/);
                for (const other of parties.filter((each) => each.mail !== mail)) {
                    for (const secret of [other.name, other.mail, other.person]) {
                        assert.ok(!`${letter.subject}${letter.text}${letter.html}`.includes(secret), `${mail} is told ${secret}`);
                    }
                }
                links.set(mail, `/svar/${letter.token}`);
            }
            assert.equal(new Set(links.values()).size, 3);
        });

        await t.test('the public reads it', async () => {
            const reader = await visit();
            await reader.goto('/');
            await checkMainPage(reader);
            await follow(reader, title);
            await says(reader, 'Arbejdsgruppens notat', board.name, police.name, 'kl. 12.00');
            await checkMainPage(reader);
            assert.ok(!(await reader.content()).includes('@ungdom.example'), 'a mail address of a party is public');
            const file = await reader.locator('main a[href*="/bilag/"]').first().getAttribute('href');
            assert.equal((await reader.context().request.get(server.url + file)).status(), 200);
            await reader.context().close();
        });

        const party = await visit();
        await t.test('looking at a link changes nothing', async () => {
            for (let look = 0; look < 2; ++look) await party.goto(links.get(board.mail));
            await checkMainPage(party);
            await office.goto(`${here}/parter`);
            assert.ok(!(await bodyOf(office)).includes('Åbnede linket'));
            await checkMainPage(office);
        });

        await t.test('a party reads, writes, leaves and comes back to its words', async () => {
            await press(party, 'Åbn høringen');
            await checkMainPage(party);
            await follow(party, 'Læs materialet');
            await checkMainPage(party);
            await follow(party, 'Skriv svaret');
            await checkMainPage(party);
            await party.fill('[name=text]', answer);
            if (js) {
                await party.waitForFunction(() => /^Gemt kl\. /.test(document.getElementById('save-state').textContent));
                await party.reload();
                assert.equal(await party.inputValue('[name=text]'), answer);
            }
            await press(party, 'Gem kladde');
            await checkPage(party);
            await press(party, 'Luk');
            await checkPage(party);
            await party.goto(links.get(board.mail));
            await press(party, 'Åbn høringen');
            await follow(party, 'Fortsæt med kladden');
            assert.equal(await party.inputValue('[name=text]'), answer);
        });

        await t.test('it attaches files', async () => {
            await party.setInputFiles('input[type=file]', [pdfFile('bilag-1.pdf', 'Regnestykket'), docxFile('referat.docx', 'Referat')]);
            if (js) await party.evaluate(() => new MutationObserver((changes, observer) => {
                const state = document.getElementById('upload-state');
                if (state.querySelector('progress') && state.textContent) sessionStorage.setItem('progress', state.textContent);
            }).observe(document.getElementById('upload-state'), { childList: true, subtree: true, characterData: true }));
            await press(party, 'Tilføj filer');
            await says(party, 'bilag-1.pdf', 'referat.docx');
            if (js) assert.match(await party.evaluate(() => sessionStorage.getItem('progress')), /Sender filer: \d+ %/);
            await checkPage(party);
        });

        await t.test('it checks, sends and gets a receipt', async () => {
            await press(party, 'Gem og tjek dit svar');
            await says(party, answer, 'bilag-1.pdf', 'referat.docx', 'Det er ikke sendt endnu');
            await checkMainPage(party);
            await press(party, 'Send svaret');
            assert.match(party.url(), /\/mit-svar\/kvittering$/);
            await says(party, 'Tak for svaret', answer);
            await checkMainPage(party);
            const [checksum] = (await bodyOf(party)).match(/\b[0-9a-f]{64}\b/);
            const pdf = await (await party.context().request.get(`${server.url}/mit-svar/kvittering.pdf`)).body();
            assert.match(pdf.subarray(0, 5).toString(), /%PDF-/);
            const letter = await until('the receipt', async () =>
                (await lettersIn(server.data)).find(({ to, subject }) => to[0] === board.mail && /^Kvittering/.test(subject)));
            assert.ok(letter.text.replace(/\s/g, '').includes(checksum), 'the receipt letter has the checksum of the page');
        });

        await t.test('it corrects, and the correction is version 2', async () => {
            await follow(party, 'Overblik');
            await checkMainPage(party);
            await press(party, 'Ret svaret');
            assert.equal(await party.inputValue('[name=text]'), answer);
            await party.fill('[name=text]', corrected);
            await press(party, 'Gem og tjek dit svar');
            await checkPage(party);
            await press(party, 'Send rettelsen');
            await says(party, 'Version 2', corrected);
            await party.goto('/mit-svar');
            await checkPage(party);
        });

        await t.test('two of one party write at once: the second sees both texts', async () => {
            const [first, second] = [await visit(), await visit()];
            for (const one of [first, second]) {
                await one.goto(links.get(council.mail));
                await press(one, 'Åbn høringen');
                await one.goto('/mit-svar/skriv');
            }
            await first.fill('[name=text]', 'Den enes tekst');
            await press(first, 'Gem kladde');
            await second.fill('[name=text]', 'Den andens tekst');
            await press(second, 'Gem kladde');
            await says(second, 'En anden hos jer har gemt imens', 'Den enes tekst');
            assert.equal(await second.inputValue('[name=text]'), 'Den andens tekst');
            await checkPage(second);
            await press(second, 'Gem kladde');
            await first.goto('/mit-svar/skriv');
            assert.equal(await first.inputValue('[name=text]'), 'Den andens tekst');
            for (const one of [first, second]) await one.context().close();
        });

        await t.test('another has no remarks', async () => {
            const other = await visit();
            await other.goto(links.get(council.mail));
            await press(other, 'Åbn høringen');
            await follow(other, 'Vi har ingen bemærkninger');
            await checkMainPage(other);
            await other.locator('main form button').first().focus();
            await enter(other);
            assert.match(other.url(), /\/mit-svar\/kvittering$/);
            await checkPage(other);
            await other.context().close();
        });

        await t.test('the informed party answers with the keyboard alone', async () => {
            const keys = await visit();
            await keys.goto(links.get(police.mail));
            await keys.keyboard.press('Tab');
            assert.ok(await keys.evaluate(() => document.activeElement.matches('a.skipnav[href="#indhold"]')), 'the skip link is first');
            await keys.keyboard.press('Enter');
            await tabTo(keys, 'Åbn høringen');
            await enter(keys);
            await tabTo(keys, 'Skriv');
            await enter(keys);
            await keys.keyboard.press('Tab');
            await keys.locator('[name=text]').focus();
            await keys.keyboard.insertText(policeAnswer);
            await tabTo(keys, 'Gem og tjek dit svar');
            await enter(keys);
            await tabTo(keys, 'Send svaret');
            await enter(keys);
            await says(keys, 'Tak for svaret', policeAnswer);
            await keys.context().close();
        });

        await t.test('the office follows it', async () => {
            await office.goto('/kontor');
            await checkMainPage(office);
            await follow(office, title);
            await says(office, '2 af 2 høringsparter har svaret');
            assert.equal(await office.locator('svg.bar-chart').count(), 1);
            await checkMainPage(office);
            for (const part of ['parter', 'breve', 'paamindelser', 'svar']) {
                await office.goto(`${here}/${part}`);
                await checkPage(office);
            }
            await says(office, ...parties.map(({ name }) => name));
            await follow(office, /Bestyrelsen/);
            await says(office, corrected, 'bilag-1.pdf');
            await checkMainPage(office);
        });

        await t.test('each letter is accounted for', async () => {
            await office.goto(`${here}/breve?tilstand=accepted&slags=invitation`);
            await says(office, ...parties.filter(({ role }) => role === 'consulted').map(({ mail }) => mail));
            await checkMainPage(office);
            await follow(office, board.name);
            await says(office, board.mail, 'lagt i mappen');
            await checkMainPage(office);
            await follow(office, /Ret adressen/);
            await checkMainPage(office);
            await office.goto('/kontor/breve/1');
            await follow(office, 'Send brevet igen');
            await checkPage(office);
            await office.goto('/kontor/frigivelser');
            await checkPage(office);
        });

        await t.test('the digest has every answer word for word', async () => {
            await office.goto(`${here}/hoeringsnotat`);
            await checkMainPage(office);
            const fetched = async (ending) => (await office.context().request.get(`${server.url}${here}/hoeringsnotat.${ending}`)).body();
            const file = join(server.data, 'digest.pdf');
            writeFileSync(file, await fetched('pdf'));
            const pdf = textOfPdf(readFileSync(file), file);
            const plain = await visitor(browser, { js: false });
            await plain.setContent((await fetched('html')).toString());
            const html = oneLine(await plain.locator('body').innerText());
            await plain.context().close();
            for (const text of [corrected, policeAnswer]) {
                for (const paragraph of text.split('\n').filter(Boolean)) {
                    assert.ok(pdf.includes(oneLine(paragraph)), `the PDF lacks "${paragraph}"`);
                    assert.ok(html.includes(oneLine(paragraph)), `the web page lacks "${paragraph}"`);
                }
            }
            assert.ok(pdf.includes('har meddelt, at den ingen bemærkninger har'));
        });

        await t.test('the journal tells it all, and everybody goes home', async () => {
            await office.goto(`${here}/journal`);
            await checkPage(office);
            await says(office, 'Oprettede høringen', 'Tilføjede bilag', 'Tilføjede part', 'Planlagde påmindelser',
                'Offentliggjorde høringen', 'Åbnede svarlink', 'Afgav høringssvar', 'Svarede: ingen bemærkninger');
            for (const path of ['/kontor/journal', '/kontor/breve', '/kontor/brugere', '/kontor/indstillinger',
                '/om', '/was', '/privatliv', '/cookies', '/kvittering']) {
                await office.goto(path);
                await checkPage(office);
            }
            await office.goto('/kontor');
            await press(office, 'Log af');
            await office.goto(here);
            assert.match(office.url(), /\/kontor\/log-ind/);
            await party.context().close();
        });
    });
}

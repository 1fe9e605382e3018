// What the office does while a consultation runs, and what the parties notice of it: the deadline moved, a longer one
// asked for, an enclosure added, letters reworded, sent again, stopped and proved, and the three ways it ends. Played
// once with JavaScript and once without; every page passed is checked, on a desk and on a phone; every letter is read
// as a real mail server got it.
// Not here: how an act is played (office_walk.mjs), the way to the first answer (main_job.test.mjs), each rule by
// itself (tests/usecases).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser, run, screenshot } from './harness.mjs';
import { isDanish, linkIn, officeWalk, sequenceOf, uidOf } from './office_walk.mjs';
import { oneLine, pdfFile, returned, textOfPdf, until } from './paper.mjs';
import { bodyOf, dayFromNow, fill, firstAdministrator, follow, press, says, saysNot } from './walk.mjs';

let browser;
before(async () => { browser = await launchBrowser(); });
after(async () => { await browser?.close(); });

const anne = { name: 'Anne Holm', email: 'anne@ishoj.example' };
const title = 'Ny organisering af det tryghedsskabende arbejde';
const rightAddress = 'karl@beboer.example';

/** "25.11.2026" and "4.05": the time in Denmark, as people write it. */
function danishNow() {
    const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', {
        timeZone: 'Europe/Copenhagen', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit', hourCycle: 'h23',
    }).formatToParts(new Date()).map(({ type, value }) => [type, value]));
    return { date: `${parts.day}.${parts.month}.${parts.year}`, time: `${Number(parts.hour)}.${parts.minute}` };
}
const says200 = async (page, path) => assert.equal((await page.goto(path)).status(), 200);

for (const js of [true, false]) {
    test(`the acts of the office, JavaScript ${js ? 'on' : 'off'}`, async (t) => {
        // Made anew for each run: an address is corrected on the way.
        const board = { name: 'Bestyrelsen for Ungdomsskolen', person: 'Hanne Vest', mail: 'hanne@ungdom.example' };
        const council = { name: 'LokalMED i Ishøj Ungdom', person: 'Jonas Friis', mail: 'jonas@med.example' };
        const harbour = { name: 'Harbour Association', person: 'Ann Smith', mail: 'ann@harbour.example', language: 'en' };
        const tenants = { name: 'Beboerforeningen', person: 'Karl Lund', mail: 'karl@forkert.example' };
        const police = { name: 'Lokalpolitiet', person: 'Peter Krogh', mail: 'peter@politi.example', role: 'informed' };
        const parties = [board, council, harbour, tenants, police];
        const { mail, server, office, visit, check, step, desks, links, lettersTo, letterTo, deskOf, begin, preview,
            previewWithFiles, readEach, confirm, journalSays, draft } = await officeWalk(t, browser, { js, parties, officer: anne });
        let here = '', publicPage = '';

        await step('a consultation is written, with reminders in the days to come', async () => {
            await firstAdministrator(office, server.log(), anne);
            here = await draft({ title, deadline_date: dayFromNow(15) }, parties);
            await office.goto(`${here}/paamindelser`);
            await fill(office, { days_0: '14', unit_0: 'days', time_0: '9.00', days_1: '8', unit_1: 'days', time_1: '9.00', days_2: '' });
            await press(office, 'Gem og fortsæt');
            await says(office, '5 breve bliver sendt', ...parties.map(({ name }) => name));
            await check(office, 'the send gate');
            if (js) await screenshot(office, 'act-gate');
        });

        await step('the invitation is put in the office\'s own words; a field nobody knows is stopped', async () => {
            await follow(office, 'Ret brevenes ordlyd');
            await check(office);
            await says200(office, `${here}/ordlyd/invitation?sprog=da`);
            await fill(office, { body: 'Kære {part}\n\nVi spørger {Hvem} om noget, der haster.' });
            await press(office, 'Gem ordlyden');
            await says(office, 'Feltet {Hvem} findes ikke i dette brev');
            assert.match(await office.inputValue('[name=body]'), /haster/, 'what was typed is kept');
            await check(office);
            await fill(office, { body: 'Kære {part}\n\nVi håber at høre fra jer senest {frist}. Sagen er vigtig for os.' });
            await press(office, 'Vis brevet med teksten');
            await says(office, 'Kære Bestyrelsen for Ungdomsskolen', 'Sagen er vigtig for os.');
            await check(office);
            await press(office, 'Gem ordlyden');
            await says(office, 'Ordlyden er gemt');
            await check(office, 'the wording');
            if (js) await screenshot(office, 'act-wording');
            await journalSays(here, 'Ændrede et brevs ordlyd');
        });

        await step('a test goes to the officer alone, without a link', async () => {
            await office.goto(`${here}/tjek`);
            await readEach(board, harbour);
            await press(office, 'Send en prøve til mig');
            await says(office, 'Prøvebrevet er på vej');
            const sample = await mail.letter((each) => each.subject.startsWith('[Test] '));
            assert.deepEqual(sample.to, [anne.email]);
            assert.match(sample.text, /Harbour Association/);
            assert.equal(linkIn(sample), undefined, 'no personal link in it');
            for (const { mail: address } of parties) assert.equal(lettersTo(address, /./).length, 0, `${address} has a letter already`);
        });

        const invitations = new Map();
        await step('it is sent: each party gets its own letter in the words of its kind', async () => {
            await office.goto(`${here}/tjek`);
            await press(office, 'Send høringen (5 breve)');
            await says(office, 'Høringen er sendt');
            await check(office);
            publicPage = await office.getByRole('link', { name: 'Alle: se den offentlige side' }).getAttribute('href');
            for (const party of parties) {
                const letter = await letterTo(party, /svar senest|bemærkninger senest|respond by/);
                invitations.set(party, letter);
                links.set(party, linkIn(letter));
                const own = /Kære .*Sagen er vigtig for os/;
                if (isDanish(party) && party !== police) assert.match(oneLine(letter.text), own);
                else assert.doesNotMatch(oneLine(letter.text), own, 'only Danish invitations were reworded');
                assert.match(letter.calendar, /^METHOD:PUBLISH\r?$/m);
                assert.ok(sequenceOf(letter) >= 0);
            }
            assert.equal(new Set(links.values()).size, parties.length);
            assert.equal(new Set([...invitations.values()].map(uidOf)).size, parties.length, 'a calendar entry each');
        });

        await step('a letter comes back: the front page says who is not reached, until the address is right', async () => {
            await until('the invitation to be accepted', async () => {
                await office.goto(`${here}/breve`);
                return (await bodyOf(office)).split('afleveret').length > parties.length;
            });
            const lost = invitations.get(tenants);
            assert.match(run('bounce', '--data', server.data, { input: returned(lost, tenants.mail) }), /came back \(5\.1\.1\)/);
            await office.goto(`${here}/breve?tilstand=bounced`);
            await says(office, 'kommet retur', tenants.mail);
            await saysNot(office, board.mail);
            await check(office, 'the ledger');
            await office.goto('/kontor');
            await says(office, 'ikke nået', tenants.name);
            await check(office, 'the front page');
            if (js) await screenshot(office, 'act-today');
            await follow(office, /^Ret adressen/);
            await check(office);
            await fill(office, { mail: tenants.mail });
            await press(office, 'Ret adressen');
            await says(office, 'Det er den adresse, der står nu');
            await check(office);
            await fill(office, { mail: rightAddress });
            await press(office, 'Ret adressen');
            await says(office, 'Adressen er rettet', rightAddress);
            await check(office);
            const again = await mail.letter(({ to }) => to[0] === rightAddress);
            assert.equal(again.subject, lost.subject);
            assert.match(oneLine(again.text), /Sagen er vigtig for os/);
            assert.notEqual(linkIn(again), links.get(tenants), 'a link that went astray is not used again');
            assert.equal(uidOf(again), uidOf(lost));
            const stranger = await visit();
            assert.equal((await stranger.goto(links.get(tenants))).status(), 404);
            await check(stranger);
            await stranger.context().close();
            tenants.mail = rightAddress;
            links.set(tenants, linkIn(again));
            invitations.set(tenants, again);
            await until('the alarm to be over', async () => {
                await office.goto('/kontor');
                return !(await bodyOf(office)).includes('ikke nået');
            });
            await journalSays(here, 'Fik et brev retur', 'Rettede mailadresse');
        });

        const changed = new Map(); // party -> the letter with its deadline as it stands
        await step('the deadline is extended for all: looked at first, then told with a raised calendar entry', async () => {
            await begin(here, 'Forlæng fristen for alle');
            await preview({ deadline_date: dayFromNow(18), reason: ' ' });
            await says(office, 'Skriv en begrundelse');
            await check(office);
            await preview({ deadline_date: dayFromNow(18), reason: 'Bilaget om økonomi kom sent.' });
            await says(office, 'Fristen flyttes fra', '5 breve bliver sendt');
            await readEach(...parties);
            if (js) await screenshot(office, 'act-preview');
            assert.equal(mail.letters.filter(({ subject }) => /Ny frist|New deadline/.test(subject)).length, 0, 'nothing is sent by looking');
            await confirm('Forlæng fristen for alle og send 5 breve');
            await says(office, 'Sådan er fristen flyttet', 'Alle parter', 'Bilaget om økonomi kom sent.', anne.name);
            for (const party of parties) {
                const letter = await letterTo(party, isDanish(party) ? /^Ny frist: / : /^New deadline: /);
                assert.match(letter.text, /Bilaget om økonomi kom sent\./);
                assert.equal(uidOf(letter), uidOf(invitations.get(party)));
                assert.ok(sequenceOf(letter) > sequenceOf(invitations.get(party)), `SEQUENCE of ${party.name} is raised`);
                assert.equal(linkIn(letter), links.get(party));
                changed.set(party, letter);
            }
            const reader = await visit();
            await reader.goto(publicPage);
            await says(reader, 'Forlænget. Før var fristen', 'Fristen blev forlænget fra', 'Bilaget om økonomi kom sent.');
            await check(reader);
            await reader.context().close();
            const party = await deskOf(council);
            await follow(party, 'Læs materialet');
            await says(party, 'Fristen blev forlænget fra');
            await check(party);
            await journalSays(here, 'Forlængede fristen');
        });

        await step('a party asks for a longer deadline and gets it: for itself alone', async () => {
            const party = await deskOf(council);
            await follow(party, 'Bed om længere frist');
            await check(party);
            if (js) await screenshot(party, 'act-ask-extension');
            await fill(party, { deadline_date: dayFromNow(30), reason: 'Udvalget mødes først i næste måned.' });
            await press(party, 'Tjek, før du sender');
            await says(party, 'Udvalget mødes først i næste måned.');
            await check(party);
            await press(party, 'Send ønsket');
            await says(party, 'I har bedt om længere frist');
            await check(party);
            await letterTo(council, /^I har bedt om længere frist: /);
            await office.goto('/kontor');
            await says(office, `${council.name} beder om frist til`);
            await check(office);
            await follow(office, 'Se og svar');
            await says(office, `${council.name} venter på svar`, 'Udvalget mødes først i næste måned.');
            await check(office);
            if (js) await screenshot(office, 'act-request');
            await follow(office, 'Giv længere frist');
            await check(office);
            await press(office, 'Se, hvad der sker');
            await says(office, `Fristen for ${council.name} flyttes fra`, '1 brev bliver sendt');
            await readEach(council);
            await confirm('Giv længere frist og send 1 brev');
            const letter = await letterTo(council, /^I har fået længere frist: /);
            assert.equal(uidOf(letter), uidOf(changed.get(council)));
            assert.ok(sequenceOf(letter) > sequenceOf(changed.get(council)), 'SEQUENCE is raised');
            const dayOf = ({ calendar }) => calendar.match(/^DT(?:START|END)[^:]*:(\d{8})/m)[1];
            assert.ok(dayOf(letter) > dayOf(changed.get(council)), 'the entry is a later day');
            for (const other of parties) {
                if (other !== council) assert.equal(lettersTo(other.mail, /længere frist|more time/).length, 0, `${other.name} hears nothing of it`);
            }
            await says(await deskOf(council), 'I har fået længere frist');
            await check(await deskOf(council));
            const reader = await visit();
            await reader.goto(publicPage);
            await saysNot(reader, 'Udvalget mødes først');
            await reader.context().close();
            await journalSays(here, 'Bad om længere frist', 'Gav længere frist');
        });

        await step('another asks, in English, and is told no with the reason', async () => {
            const party = await deskOf(harbour);
            await follow(party, 'Ask for more time');
            await check(party);
            await fill(party, { deadline_date: dayFromNow(60), reason: 'Our board meets in spring.' });
            await press(party, 'Check before you send');
            await press(party, 'Send the request');
            await says(party, 'You have asked for more time');
            await office.goto(here);
            await follow(office, 'Afslå');
            await check(office);
            await preview({ reason: 'Sagen skal afgøres i år.' });
            await says(office, `Fristen for ${harbour.name} er fortsat`, '1 brev bliver sendt');
            await readEach(harbour);
            await confirm('Afslå længere frist og send 1 brev');
            const letter = await letterTo(harbour, /^You cannot be given more time: /);
            assert.match(letter.text, /Sagen skal afgøres i år\./);
            await says(await deskOf(harbour), 'You cannot be given more time', 'Sagen skal afgøres i år.');
            await check(await deskOf(harbour));
            await journalSays(here, 'Afslog længere frist');
        });

        await step('an enclosure is added after the opening', async () => {
            await begin(here, 'Tilføj bilag');
            await office.setInputFiles('[name=file]', [pdfFile('oekonomi.pdf', 'Regnestykket')]);
            await fill(office, { reason: 'Regnestykket for begge modeller.' });
            await previewWithFiles('Det sker: Tilføj bilag');
            await says(office, 'bliver et bilag i høringen', '5 breve bliver sendt');
            await readEach(board);
            await confirm('Tilføj bilag og send 5 breve');
            for (const party of parties) {
                const letter = await letterTo(party, isDanish(party) ? /^Nyt bilag: / : /^New enclosure: /);
                assert.match(letter.text, /Regnestykket for begge modeller\./);
            }
            const reader = await visit();
            await reader.goto(publicPage);
            await says(reader, 'oekonomi', 'tilføjet');
            await check(reader);
            const file = await reader.locator('main a[href*="/bilag/"]').last().getAttribute('href');
            assert.match((await (await reader.context().request.get(server.url + file)).body()).toString('latin1'), /Regnestykket/);
            await reader.context().close();
            await journalSays(here, 'Tilføjede bilag efter udsendelsen');
        });

        await step('the mail of the next 14 days: a step is skipped, one is moved, the skipped one taken back', async () => {
            const plan = async () => { await office.goto('/kontor/breve/kommende'); };
            await plan();
            await says(office, '14 dage før fristen', '8 dage før fristen', 'Går til 3 parter (3 breve)', 'egen frist', 'parten er kun orienteret');
            await check(office);
            if (js) await screenshot(office, 'act-plan');
            await follow(office, /^Spring over eller flyt/);
            await check(office);
            await fill(office, { what: 'skip', whom: 'all', reason: 'Bestyrelserne holder ferie.' });
            await press(office, 'Se, hvad der sker');
            await says(office, 'Påmindelsen til 3 parter bliver ikke sendt.', board.name, tenants.name);
            await check(office);
            await press(office, 'Spring påmindelsen over');
            await says(office, 'Planen er ændret');
            await plan();
            await says(office, 'sprunget over: Bestyrelserne holder ferie:', 'Ingen får den');
            await check(office);
            await follow(office, /^Spring over eller flyt/);
            await fill(office, { what: 'move', whom: 'one', date: dayFromNow(3), time: '10.30', reason: 'Formanden er væk bagefter.' });
            await press(office, 'Se, hvad der sker');
            await says(office, 'Påmindelsen til 1 part bliver i stedet sendt', 'kl. 10.30');
            await check(office);
            await press(office, 'Flyt påmindelsen');
            await says(office, 'Flyttet fra', 'Formanden er væk bagefter.');
            await check(office, 'the reminders of the consultation');
            await plan();
            await says(office, 'Kl. 10.30: 8 dage før fristen', 'Flyttet fra', 'Formanden er væk bagefter.', 'Går til 1 part (1 brev)', 'Går til 2 parter (2 breve)');
            if (js) await screenshot(office, 'act-plan-changed');
            await follow(office, /^Send den alligevel/);
            await says(office, 'Bestyrelserne holder ferie.', tenants.name);
            await check(office);
            await press(office, 'Send den alligevel');
            await says(office, 'Påmindelsen er planlagt igen');
            await plan();
            await says(office, 'Går til 3 parter (3 breve)');
            await saysNot(office, 'Bestyrelserne holder ferie');
            await journalSays(here, 'Sprang påmindelse over', 'Flyttede påmindelse', 'Fortrød, at en påmindelse blev sprunget over');
        });

        await step('a link is sent again: the old one says so', async () => {
            await office.goto(`${here}/parter`);
            await check(office);
            await follow(office, new RegExp(`^Send linket igen til ${board.mail}`));
            await check(office);
            await press(office, 'Se, hvad der sker');
            await says(office, `${board.mail} får et nyt svarlink.`, 'De gamle links siger, at der er sendt et nyere.');
            await readEach(board);
            await confirm('Send linket');
            const old = links.get(board);
            links.set(board, linkIn(await letterTo(board, /^Jeres svarlink: /)));
            assert.notEqual(links.get(board), old);
            const party = await visit();
            assert.equal((await party.goto(old)).status(), 404);
            await says(party, 'Der er sendt et nyere link', 'Brug linket i den nyeste mail');
            await check(party);
            await party.context().close();
            await says(await deskOf(board), 'I er høringspart');
            await journalSays(here, 'Fik svarlink sendt igen');
        });

        await step('an answer that came by letter is written in for its party', async () => {
            const now = danishNow();
            const words = 'Vi foretrækker model 2.\n\nDen er < 5 % dyrere & "tættere" på beboerne.';
            await begin(here, 'Registrer et svar');
            await preview({ party: tenants.name, channel: 'letter', received_date: now.date, received_time: now.time, kind: 'remarks', text: words });
            await says(office, 'Det bliver gemt ord for ord', words, `Svaret fra ${tenants.name} bliver gemt som version 1`, 'Det er modtaget til tiden.', '1 brev bliver sendt');
            await readEach(tenants);
            await confirm('Registrer et svar og send 1 brev');
            const letter = await letterTo(tenants, /^Svar registreret for jer: /);
            const [receipt] = letter.text.match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/);
            await office.goto(`${here}/svar`);
            await says(office, tenants.name);
            await check(office);
            await follow(office, tenants.name);
            await says(office, words, receipt, 'Kom som brev');
            await check(office);
            await says(await deskOf(tenants), 'Svaret er sendt', 'brev, registreret af os', receipt);
            await check(await deskOf(tenants));
            await journalSays(here, 'Registrerede svar, der kom på anden måde');
        });

        await step('a party answered for by another sees that first; a page of another answer does no harm', async () => {
            const party = await deskOf(council);
            await party.goto('/mit-svar/skriv');
            await fill(party, { text: 'En begyndelse, som ingen har sendt.' });
            await press(party, 'Gem kladde');
            await party.goto('/mit-svar');
            await follow(party, 'Vi svarer sammen med en anden part');
            await party.getByLabel(board.name).check();
            await check(party);
            await press(party, 'Vi svarer sammen');
            await says(party, `${board.name} svarer også for ${council.name}`, 'I har en kladde. Den er gemt');
            assert.deepEqual(await party.locator('main .button-primary').allInnerTexts(), ['Læs materialet'], 'not the draft');
            await check(party);
            if (js) await screenshot(party, 'act-joint');
            await party.goto('/mit-svar/skriv');
            const second = await party.context().newPage(); // another tab
            await second.goto(links.get(board));
            await press(second, 'Åbn høringen');
            await fill(party, { text: 'LokalMEDs egne ord, skrevet i den forkerte fane.' });
            await press(party, 'Gem kladde');
            await says(party, 'Siden hører ikke til det svar, der er åbent nu', `for ${board.name}`);
            assert.equal(await party.locator('main textarea').inputValue(), 'LokalMEDs egne ord, skrevet i den forkerte fane.');
            await check(party);
            await second.goto('/mit-svar/skriv');
            assert.equal(await second.inputValue('[name=text]'), '', 'nothing of it is in the other answer');
            await second.close();
            await party.context().close();
            desks.delete(council);
        });

        await step('a letter goes again, one that waits is stopped, and the ledger says what became of each', async () => {
            const letterPage = async (party) => {
                await office.goto(`${here}/breve?slags=invitation`);
                await office.locator('tr', { hasText: party.mail }).last().getByRole('link').first().click();
                await office.getByRole('heading', { level: 1, name: title }).waitFor();
            };
            await letterPage(board);
            await says(office, 'afleveret', board.mail, '(personligt link)');
            await check(office, 'a letter');
            if (js) await screenshot(office, 'act-letter');
            await follow(office, 'Send brevet igen');
            await check(office);
            await press(office, 'Send brevet igen');
            await says(office, 'Brevet er på vej igen');
            await until('the letter again', () => lettersTo(board.mail, /^Høring: /).length === 2);
            assert.equal(linkIn(lettersTo(board.mail, /^Høring: /)[1]), links.get(board), 'with the link that counts now');

            mail.answer = (address) => (address === harbour.mail ? { code: 451, message: '4.7.1 try again later' } : undefined);
            await letterPage(harbour);
            await follow(office, 'Send brevet igen');
            await press(office, 'Send brevet igen');
            const waiting = new URL(office.url()).pathname;
            await until('the letter to be put off', async () => {
                await office.goto(waiting);
                return (await bodyOf(office)).includes('udskudt, prøves igen');
            });
            await says(office, '4.7.1 try again later', 'Prøver igen');
            await check(office);
            await follow(office, 'Annullér brevet');
            await says(office, 'Brevet er måske nået frem');
            await check(office);
            await press(office, 'Annullér brevet');
            await says(office, 'Brevet er annulleret', 'ikke sendt');
            await check(office);
            mail.answer = () => undefined;
            await office.goto(`${waiting}/annuller`);
            await says(office, 'Brevet venter ikke længere');
            await check(office);
            assert.equal(lettersTo(harbour.mail, /^Consultation: /).length, 1);
            await office.goto(`${here}/breve`);
            await says(office, 'ikke sendt', 'kommet retur', 'afleveret');
            await check(office, 'the whole ledger');
            if (js) await screenshot(office, 'act-ledger');
            await office.goto(`${here}/breve?slags=invitation`);
            await follow(office, harbour.name);
            await says(office, 'ikke sendt', harbour.mail);
            await check(office);
            await journalSays(here, 'Sendte brev igen', 'Annullerede brev, der ventede');
        });

        await step('the proof of dispatch names each letter, its address and the server\'s reply', async () => {
            await office.goto(`${here}/breve`);
            const [download] = await Promise.all([
                office.waitForEvent('download'), office.getByRole('button', { name: 'Hent udsendelsesbevis (PDF)' }).click()]);
            const file = join(server.data, 'bevis.pdf');
            await download.saveAs(file);
            const text = textOfPdf(readFileSync(file), file);
            for (const { name, mail: address } of parties) assert.ok(text.includes(name) && text.includes(address), `${name} is in the proof`);
            for (const word of [title, 'karl@forkert.example', 'kom retur', 'Annulleret, ikke sendt', '250 ', 'Kontrolsum (SHA-256)'])
                assert.ok(text.includes(word), `the proof does not say "${word}":\n${text}`);
            await journalSays(here, 'Hentede udsendelsesbevis');
        });

        const cyclists = { name: 'Cyklistforeningen', person: 'Kim Krone', mail: 'kim@cykel.example' };
        const rowers = { name: 'Rowing Club', person: 'Pat Reed', mail: 'pat@rowing.example', language: 'en' };
        const invited = [cyclists, rowers];
        /** A consultation of its own for the end it comes to: its address, its public page and its invitations. */
        const another = async (name) => {
            const path = await draft({ title: name, deadline_date: dayFromNow(30) }, invited);
            await office.goto(`${path}/tjek`);
            await press(office, 'Send høringen (2 breve)');
            const shown = await office.getByRole('link', { name: 'Alle: se den offentlige side' }).getAttribute('href');
            const letters = new Map();
            for (const party of invited) letters.set(party, await letterTo(party, new RegExp(`${name} – (svar senest|respond by)`)));
            return { path, shown, letters };
        };
        const tookOut = (letter, before) => {
            assert.match(letter.calendar, /^METHOD:CANCEL\r?$/m);
            assert.equal(uidOf(letter), uidOf(before));
            assert.ok(sequenceOf(letter) > sequenceOf(before), 'SEQUENCE is raised');
        };

        await step('one is closed before its deadline, then concluded with the decision', async () => {
            const { path, shown, letters } = await another('Cykelsti langs Strandvejen');
            await begin(path, 'Luk høringen nu');
            await preview({ reason: 'Alle har svaret.' });
            await says(office, 'Høringen er lukket fra nu af', '2 breve bliver sendt');
            await readEach(...invited);
            await confirm('Luk høringen nu og send 2 breve');
            const closed = [await letterTo(cyclists, /^Lukket før fristen: Cykelsti/), await letterTo(rowers, /^Closed before the deadline: Cykelsti/)];
            assert.match(oneLine(closed[0].text), /Vi samler nu høringssvarene/);
            assert.match(oneLine(closed[1].text), /We now gather the responses/);
            for (const letter of closed) assert.doesNotMatch(oneLine(letter.text), /Efter fristen samler|After the deadline we/);
            invited.forEach((party, n) => tookOut(closed[n], letters.get(party)));
            const reader = await visit();
            await reader.goto(shown);
            await says(reader, 'Høringen er lukket', 'Høringen lukkes før fristen, som var', 'Alle har svaret.');
            await saysNot(reader, 'Sidste frist for at svare');
            await check(reader);
            await reader.goto(linkIn(letters.get(cyclists)));
            await press(reader, 'Åbn høringen');
            await says(reader, 'Høringen er lukket før fristen', 'Begrundelse: Alle har svaret.');
            await check(reader);

            await begin(path, 'Afslut høringen');
            await preview({ outcome: 'Stien bliver anlagt i to etaper.\nFørste etape begynder til maj.', outcome_date: danishNow().date });
            await says(office, 'Beslutningen står på høringens offentlige side.', '2 breve bliver sendt');
            await readEach(...invited);
            await confirm('Afslut høringen og send 2 breve');
            assert.match((await letterTo(cyclists, /^Tilbagemelding på høring: /)).text, /Stien bliver anlagt i to etaper\.\s+Første etape/);
            assert.match((await letterTo(rowers, /^Outcome of the consultation: /)).text, /Stien bliver anlagt/);
            await reader.goto(shown);
            await says(reader, 'Hvad blev besluttet?', 'Stien bliver anlagt i to etaper.', 'Økonomi- og Planudvalget');
            await check(reader);
            await reader.context().close();
            await journalSays(path, 'Lukkede høringen før fristen', 'Afsluttede høringen');
        });

        await step('another is cancelled', async () => {
            const { path, shown, letters } = await another('Nyt bibliotek på havnen');
            await begin(path, 'Aflys høringen');
            await preview({ reason: 'Forslaget er trukket tilbage.' });
            await says(office, 'Høringen er aflyst fra nu af', '2 breve bliver sendt');
            await readEach(...invited);
            await confirm('Aflys høringen og send 2 breve');
            tookOut(await letterTo(cyclists, /^Aflyst: /), letters.get(cyclists));
            tookOut(await letterTo(rowers, /^Cancelled: /), letters.get(rowers));
            const reader = await visit();
            await reader.goto(shown);
            await says(reader, 'Høringen er aflyst', 'Begrundelse: Forslaget er trukket tilbage.');
            await check(reader);
            await reader.context().close();
            await journalSays(path, 'Aflyste høringen');
        });
    });
}

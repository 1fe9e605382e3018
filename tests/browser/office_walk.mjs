// The secretary's way through the acts of a consultation, and the parties' ends of it: what every step of
// acts.test.mjs does again and again. A mail server gets the letters; each page is checked as it is met.
// Not here: the steps themselves (acts.test.mjs), what a person does on any page (walk.mjs).
import assert from 'node:assert/strict';
import { run, startMailServer, startServer, visitor } from './harness.mjs';
import { checkPage, desk, phone } from './page_checks.mjs';
import { oneLine } from './paper.mjs';
import { fill, follow, press, says } from './walk.mjs';

export const isDanish = ({ language }) => language !== 'en';
export const sequenceOf = ({ calendar }) => Number(calendar.match(/^SEQUENCE:(\d+)\r?$/m)?.[1] ?? NaN);
export const uidOf = ({ calendar }) => calendar.match(/^UID:(\S+)\r?$/m)?.[1];
export const linkIn = ({ text }) => text.match(/\/svar\/[\w-]+/)?.[0];

/**
 * A service, a mail server and the office's browser, for one test. Parties are { name, person, mail, role, language };
 * `links` tells the path of each one's link.
 */
export async function officeWalk(t, browser, { js, parties, officer }) {
    const mail = await startMailServer();
    const server = await startServer({ mail });
    const visit = () => visitor(browser, { js, baseURL: server.url });
    const office = await visit();
    // The same HTML: axe looks at it on both screens once, where scripts run and it can look at the page itself.
    const check = (page, name) => checkPage(page, name, js ? [desk, phone] : []);
    const desks = new Map(); // party -> its page, open
    const links = new Map();
    t.after(async () => {
        await office.context().close();
        const said = server.log().slice(-20).join('\n');
        run('verify', '--data', server.data);
        assert.deepEqual(await server.stop(), { code: 0, signal: null }, `the program did not end well:\n${said}`);
        await mail.stop();
    });

    let broken = false;
    /** Each step stands on those before it: after one that failed the rest is left out. */
    const step = (name, play) => t.test(name, { skip: broken && 'a step before it failed' }, async () => {
        broken = true;
        await play();
        broken = false;
    });
    const lettersTo = (address, subject) => mail.letters.filter((each) => each.to[0] === address && subject.test(each.subject));
    /** The one letter to the party with that subject; fails if there are two. */
    const letterTo = async (party, subject) => {
        const letter = await mail.letter((each) => each.to[0] === party.mail && subject.test(each.subject));
        assert.equal(lettersTo(party.mail, subject).length, 1, `${subject} to ${party.mail}`);
        for (const other of parties) {
            if (other === party) continue;
            assert.ok(!letter.text.includes(other.mail), `${party.name} is told the address of ${other.name}`);
            if (links.has(other)) assert.ok(!letter.raw.includes(links.get(other)), `${party.name} is told the link of ${other.name}`);
        }
        return letter;
    };
    const deskOf = async (party) => {
        if (!desks.has(party)) {
            const page = await visit();
            await page.goto(links.get(party));
            await press(page, isDanish(party) ? 'Åbn høringen' : 'Open the consultation');
            desks.set(party, page);
        }
        await desks.get(party).goto('/mit-svar');
        return desks.get(party);
    };
    /** Opens an act from the menu of the consultation's page. */
    const begin = async (consultation, name) => {
        await office.goto(consultation);
        await office.locator('details.act-menu > summary').click();
        await follow(office, name);
        await check(office, name);
    };
    const preview = async (fields) => {
        await fill(office, fields);
        await press(office, 'Se, hvad der sker');
    };
    /** With files chosen and scripts on, the answer is put into the page: there is no navigation to wait for. */
    const previewWithFiles = async (heading) => {
        if (!js) await press(office, 'Se, hvad der sker');
        else await office.getByRole('button', { name: 'Se, hvad der sker', exact: true }).click();
        await office.getByRole('heading', { level: 1, name: heading }).waitFor();
    };
    /** Reads the finished letter to each party named, one after the other. */
    const readEach = async (...wanted) => {
        for (const { mail: address, person } of wanted) {
            await press(office, new RegExp(`^Læs brevet\\s*til ${address}$`), { exact: false });
            await says(office, `Brevet til ${address}`);
            assert.match(oneLine(await office.locator('.letter-preview').innerText()), new RegExp(person));
        }
        await check(office);
    };
    const confirm = async (button) => {
        await press(office, button);
        await office.locator('.alert-success[role=status]').waitFor();
        await check(office);
    };
    const journalSays = async (consultation, ...acts) => {
        await office.goto(`${consultation}/journal`);
        await says(office, ...acts);
    };
    /** Writes a consultation and goes on to the gate. */
    const draft = async (facts, invited) => {
        await office.goto('/kontor/hoeringer/ny');
        await fill(office, {
            summary: 'Udvalget foreslår to modeller. Vi vil gerne høre jer.', body: 'Udvalget beslutter i det nye år.',
            decision_date: '25.9.2023', committee: 'Økonomi- og Planudvalget', unit: 'Center for Børn',
            journal_number: '18.20-A-1', officer_name: officer.name, officer_phone: '12 34 56 78', officer_mail: officer.email, ...facts,
        });
        await press(office, 'Gem og fortsæt');
        const [path] = new URL(office.url()).pathname.match(/\/kontor\/hoeringer\/\d+/);
        await office.goto(`${path}/parter`);
        for (const { name, role = 'consulted', person, mail: address, language = 'da' } of invited) {
            await fill(office, { name, role, contacts: `${person} <${address}>`, language });
            await press(office, 'Tilføj part');
        }
        return path;
    };
    return { mail, server, office, visit, check, step, desks, links, lettersTo, letterTo, deskOf, begin, preview,
        previewWithFiles, readEach, confirm, journalSays, draft };
}

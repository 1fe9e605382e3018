// The worked example served and signed in to, for programs that take pictures of it.
// Not here: what the tests walk through (walk.mjs, office_walk.mjs), starting anything (harness.mjs).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser, startServer, visitor } from './harness.mjs';
import { press } from './walk.mjs';

/**
 * Returns { browser, link, publicPage, guest(), office(), open, draft, stop() }; `link` is one party's personal one, `open`
 * and `draft` are the office's addresses of two consultations, known after the first office().
 */
export async function startExample() {
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
    const [password, link, publicPage] = [/password\s+(\S+)/, /(\/svar\/\S+)/, /(\/hoering\/\S+)/].map((each) => note.match(each)[1]);
    const guest = () => visitor(browser, { baseURL: server.url });
    const example = {
        browser, link, publicPage, guest,
        async office() {
            const page = await guest();
            await page.goto('/kontor');
            await page.fill('[name=email]', 'demo@ishoj.example');
            await page.fill('[name=password]', password);
            await press(page, 'Log ind');
            [example.draft, example.open] = await page.$$eval('tbody a', (all) => all.map((a) => a.getAttribute('href')));
            return page;
        },
        async stop() {
            await browser.close();
            await server.stop();
        },
    };
    return example;
}

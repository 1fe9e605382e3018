// What a person does on a page, in words: press, follow, read; and the first steps every walk begins with.
// Not here: starting things (harness.mjs), what must hold of a page (page_checks.mjs), papers and letters (paper.mjs).
import assert from 'node:assert/strict';
import { oneLine } from './paper.mjs';

export const password = 'fire helt tilfældige ord';

/** A working day `days` from now (or the next after it), as people write it. */
export function dayFromNow(days) {
    const day = new Date(Date.now() + days * 86_400_000);
    while (day.getDay() === 0 || day.getDay() === 6) day.setDate(day.getDate() + 1);
    return `${day.getDate()}.${day.getMonth() + 1}.${day.getFullYear()}`;
}

export const press = (page, name, options = {}) => Promise.all([
    page.waitForNavigation(), page.getByRole('button', { name, exact: true, ...options }).first().click()]);
export const follow = (page, name) => Promise.all([page.waitForNavigation(), page.getByRole('link', { name }).first().click()]);
export const bodyOf = async (page) => oneLine(await page.locator('main').innerText());
export async function says(page, ...words) {
    const text = await bodyOf(page);
    for (const word of words) assert.ok(text.includes(oneLine(word)), `${page.url()} does not say "${word}":\n${text}`);
}
export async function saysNot(page, ...words) {
    const text = await bodyOf(page);
    for (const word of words) assert.ok(!text.includes(oneLine(word)), `${page.url()} says "${word}":\n${text}`);
}

/** Fills each field named; a select by its value, a radio button by choosing it. */
export async function fill(page, fields) {
    for (const [name, value] of Object.entries(fields)) {
        const field = page.locator(`main [name="${name}"]`).first();
        const kind = await field.evaluate((element) => (element.tagName === 'SELECT' ? 'select' : element.type));
        if (kind === 'select') await field.selectOption(value);
        else if (kind === 'radio') await page.check(`main [name="${name}"][value="${value}"]`);
        else await field.fill(value);
    }
}

/** The first administrator of a new data folder, signed in. `log`: the lines the program wrote. */
export async function firstAdministrator(page, log, { name, email }) {
    const line = log.find((each) => each.includes('/kontor/adgang/'));
    await page.goto(line.match(/\/kontor\/adgang\/[\w-]+/)[0]);
    await fill(page, { name, email, password, again: password });
    await press(page, 'Gem adgangskode');
    await page.goto('/kontor');
}

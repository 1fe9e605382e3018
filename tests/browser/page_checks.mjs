// What must hold of every page, each time a test is on one: WCAG 2.2 AA as far as axe sees it, valid HTML, and the
// house's own rules. Not here: starting things (harness.mjs).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { root } from './harness.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const validator = new HtmlValidate(JSON.parse(readFileSync(join(root, 'tests/browser/html-validate.json'), 'utf8')));
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export const phone = { width: 390, height: 844 }, desk = { width: 1280, height: 900 };

/**
 * Fails with every complaint about the page at once. `sizes`: those of the screens axe looks at it on, instead of the
 * visitor's own; none where another visitor is served the same HTML and looks.
 */
export async function checkPage(page, name = page.url(), sizes = [page.viewportSize()]) {
    const complaints = await complaintsAbout(page, sizes);
    assert.deepEqual(complaints, [], `${name} is not in order`);
}

/** Every complaint about the page the visitor is on, as sentences. */
export async function complaintsAbout(page, sizes = [page.viewportSize()]) {
    const served = await page.served;
    if (!served) return ['the page was not fetched by this visitor'];
    const troubles = page.troubles.splice(0);
    return [
        ...troubles,
        ...headerComplaints(served),
        ...(await page.evaluate(houseComplaints, served.html)),
        ...(await htmlComplaints(served.html)),
        ...(await axeComplaints(page, sizes)),
        ...(await widthComplaints(page, phone)),
        ...(await widthComplaints(page, desk)),
    ];
}

function headerComplaints({ headers, url }) {
    const complaints = [];
    const must = (name, pattern) => {
        if (!pattern.test(headers[name] ?? '')) complaints.push(`header ${name} of ${url} is "${headers[name] ?? ''}"`);
    };
    must('content-type', /^text\/html; charset=utf-8$/i);
    must('content-security-policy', /default-src 'none'/);
    must('content-security-policy', /frame-ancestors 'none'/);
    must('x-content-type-options', /^nosniff$/);
    must('referrer-policy', /^(no-referrer|same-origin)$/);
    if (/unsafe-/.test(headers['content-security-policy'] ?? '')) complaints.push('the CSP allows something unsafe');
    return complaints;
}

async function htmlComplaints(html) {
    const report = await validator.validateString(html);
    return report.results.flatMap(({ messages }) =>
        messages.filter(({ severity }) => severity === 2)
            .map(({ line, column, message, ruleId }) => `HTML ${line}:${column}: ${message} (${ruleId})`));
}

async function axeComplaints(page, sizes) {
    if (sizes.length === 0) return [];
    const subject = page.scripts ? page : await scriptlessTwin(page);
    const before = subject.viewportSize();
    await subject.evaluate(axe);
    const complaints = [];
    for (const size of sizes) {
        await subject.setViewportSize(size);
        const found = await subject.evaluate((tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), wcag);
        complaints.push(...found.violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) =>
            `axe ${id} at ${size.width} px: ${help}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`)));
    }
    if (subject === page) await page.setViewportSize(before);
    else await subject.context().close();
    return complaints;
}

/** axe waits for timers, which do not run where scripts are off: the same page, its own scripts taken out. */
async function scriptlessTwin(page) {
    const { html, headers, url } = await page.served;
    const context = await page.context().browser().newContext({ viewport: page.viewportSize() });
    await context.addCookies(await page.context().cookies());
    const twin = await context.newPage();
    const body = html.replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, '');
    await twin.route(url, (route) => route.fulfill({
        status: 200, body,
        headers: { 'content-type': headers['content-type'], 'content-security-policy': headers['content-security-policy'] ?? '' },
    }));
    await twin.goto(url);
    return twin;
}

/** Nothing may stand beside the screen, but what scrolls in a frame of its own. */
async function widthComplaints(page, size) {
    const before = page.viewportSize();
    await page.setViewportSize(size);
    const complaints = await page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width && document.body.scrollWidth <= width) return [];
        const framed = (element) => {
            for (let e = element.parentElement; e && e !== document.body; e = e.parentElement) {
                if (getComputedStyle(e).overflowX !== 'visible') return true;
            }
            return false;
        };
        const wide = [...document.body.querySelectorAll('*')]
            .filter((e) => e.getBoundingClientRect().right > width + 1 && !framed(e))
            .map((e) => e.tagName.toLowerCase() + (e.id ? `#${e.id}` : '') + (e.className && e.className.split ? `.${e.className.split(' ').join('.')}` : ''));
        return [`at ${width} px the page scrolls sideways (${document.documentElement.scrollWidth} px): ${wide.slice(0, 5).join(', ')}`];
    });
    await page.setViewportSize(before);
    return complaints;
}

/** Runs in the browser, on the HTML as it was served. */
function houseComplaints(html) {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const complaints = [];
    const say = (complaint) => complaints.push(complaint);
    const all = (selector) => [...page.querySelectorAll(selector)];
    const show = (element) => element.outerHTML.slice(0, 120).replace(/\s+/g, ' ');

    const headings = all('h1').length;
    if (headings !== 1) say(`there are ${headings} h1`);
    if (!page.title.trim()) say('there is no title');
    if (!['da', 'en'].includes(page.documentElement.lang)) say(`lang is "${page.documentElement.lang}"`);
    if (all('main').length !== 1) say('there is not one main');
    const first = page.querySelector('a[href]');
    if (!first || !/^#/.test(first.getAttribute('href'))) say('the first link does not skip to the content');
    else if (!page.getElementById(first.getAttribute('href').slice(1))) say('the skip link leads nowhere');

    const ids = all('[id]').map((element) => element.id);
    ids.filter((id, index) => ids.indexOf(id) !== index).forEach((id) => say(`the id "${id}" is there twice`));
    for (const attribute of ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls']) {
        for (const element of all(`[${attribute}]`)) {
            for (const id of element.getAttribute(attribute).split(/\s+/)) {
                if (!page.getElementById(id)) say(`${attribute}="${id}" names nothing`);
            }
        }
    }
    for (const link of all('a[href^="#"]')) {
        const id = decodeURIComponent(link.getAttribute('href').slice(1));
        if (id && !page.getElementById(id)) say(`a link leads to #${id}, which is not there`);
    }

    for (const form of all('form')) {
        if (!form.getAttribute('action')) say(`a form has no action: ${show(form)}`);
        if (form.method === 'post') {
            const token = form.querySelector('input[type=hidden][name=csrf]');
            if (!token || !token.value) say(`a form that posts has no csrf: ${show(form)}`);
            if (form.querySelector('input[type=file]') && form.enctype !== 'multipart/form-data') {
                say(`a form with files is not multipart/form-data: ${show(form)}`);
            }
        }
        if (!form.querySelector('button:not([type=button]), input[type=submit]') &&
            !(form.id && page.querySelector(`button[form="${form.id}"]`))) say(`a form has no button: ${show(form)}`);
    }
    for (const field of all('input:not([type=hidden]), select, textarea')) {
        const labelled = (field.labels && field.labels.length) || field.getAttribute('aria-label') || field.getAttribute('aria-labelledby');
        if (!labelled) say(`a field has no label: ${show(field)}`);
    }

    all('[style]').forEach((element) => say(`a style in the page: ${show(element)}`));
    all('style').forEach((element) => say(`a style in the page: ${show(element)}`));
    all('script:not([src]):not([type="application/json"])').forEach((element) => say(`a script in the page: ${show(element)}`));
    all('*').forEach((element) => {
        for (const { name } of element.attributes) if (/^on/.test(name)) say(`a script in ${name}: ${show(element)}`);
    });
    all('script[src], link[href], img[src]').forEach((element) => {
        const address = element.getAttribute('src') ?? element.getAttribute('href');
        if (/^(https?:)?\/\//.test(address)) say(`loaded from elsewhere: ${address}`);
    });
    // A hole that was not filled, a key that was shown instead of its text, a value that was not there.
    const text = page.body.textContent;
    for (const wrong of text.match(/\{[a-z_]+\}|\b(?:error|page|act|finding|state)\.[a-z_]+\b|\bundefined\b|\bNaN\b/g) ?? []) {
        if (!all('pre, code, .verbatim').some((element) => element.textContent.includes(wrong))) say(`"${wrong}" is not for people`);
    }
    return complaints;
}

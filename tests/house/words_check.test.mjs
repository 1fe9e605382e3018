// scripts/words-check finds what it is for, on small projects of its own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const script = join(dirname(fileURLToPath(import.meta.url)), '../../scripts/words-check');

function check({ da = { 'error.form': 'Der er problemer' }, en = { 'error.form': 'There are problems' }, files = {}, args = [] }) {
    const root = mkdtempSync(join(tmpdir(), 'hoering-words-'));
    try {
        const text = (texts) => (typeof texts === 'string' ? texts : JSON.stringify(texts, null, 1));
        const all = { 'server/text/da.json': text(da), 'server/text/en.json': text(en), ...files };
        for (const [path, content] of Object.entries(all)) {
            mkdirSync(dirname(join(root, path)), { recursive: true });
            writeFileSync(join(root, path), content);
        }
        const run = spawnSync(script, [...args, root], { encoding: 'utf8' });
        return { failed: run.status !== 0, said: run.stdout.trim() };
    } finally {
        rmSync(root, { recursive: true });
    }
}
const complains = (project, pattern) => {
    const { failed, said } = check(project);
    assert.match(said, pattern);
    assert.equal(failed, true);
};

test('this project has all its words', () => {
    const run = spawnSync(script, { encoding: 'utf8' });
    assert.equal(run.stdout, '');
    assert.equal(run.status, 0);
});

test('what is right passes', () => {
    const { failed, said } = check({
        da: { 'count.days.one': '{n} dag', 'count.days.other': '{n} dage', 'act.user.added': 'Oprettede bruger', 'state.open': 'Åben', 'user.name': 'Navn' },
        en: { 'count.days.one': '{n} day', 'count.days.other': '{n} days', 'act.user.added': 'Added a user', 'state.open': 'Open', 'user.name': 'Name' },
        files: {
            'server/web/a.cpp': 'words.count("count.days", n); words("state." + name(s)); record("user.added"); // "error.nothing"\n',
            'server/text/x.cpp': '#include "text/words.h"\nauto a = "å";\n',
            'server/settings_keys.cpp': 'auto k = "state.unknown";\n',
        },
    });
    assert.equal(said, '');
    assert.equal(failed, false);
});

test('a key that one language lacks', () => {
    complains({ da: { 'page.a': 'A', 'page.b': 'B' }, en: { 'page.a': 'A' } }, /en\.json: page\.b is missing/);
    complains({ da: { 'page.a': 'A' }, en: { 'page.a': 'A', 'page.b': 'B' } }, /da\.json: page\.b is missing/);
});
test('holes that differ', () =>
    complains({ da: { 'page.a': '{n} af {m}' }, en: { 'page.a': '{n} of {all}' } }, /page\.a has the holes/));
test('holes in another order are the same', () =>
    assert.equal(check({ da: { 'page.a': '{n} {m}' }, en: { 'page.a': '{m} {n}' } }).failed, false));
test('a key written twice', () =>
    complains({ da: '{\n "page.a": "A",\n "page.a": "B"\n}', en: { 'page.a': 'A' } }, /page\.a is written twice/));
test('an empty text', () => complains({ da: { 'page.a': ' ' }, en: { 'page.a': 'A' } }, /page\.a is empty/));
test('a key that code names and nobody wrote', () =>
    complains({ files: { 'server/usecases/a.cpp': '\nreturn Error{k, "error.missing"};\n' } },
        /server\/usecases\/a\.cpp:2: there is no text "error\.missing"/));
test('the start of a key that does not exist', () =>
    complains({ files: { 'server/web/a.cpp': 'words("error.kind." + x);' } }, /no text "error\.kind\."/));
test('words in code', () =>
    complains({ files: { 'server/web/a.cpp': 'page.p("Høringer");' } }, /words belong in/));

for (const [language, text] of [
    ['da', 'Denne hearing'], ['da', 'En rykker er sendt'], ['da', 'Dit høringsvar'], ['da', 'Klik her'],
    ['en', 'The hearing ends'], ['en', 'Click here'],
]) {
    test(`"${text}" is not written`, () => {
        const texts = { da: { 'page.a': 'Høring' }, en: { 'page.a': 'Consultation' } };
        texts[language]['page.a'] = text;
        complains(texts, new RegExp(`${language}\\.json: page\\.a: .*write `));
    });
}

test('--unused lists what no code names', () => {
    const texts = { 'page.used': 'A', 'page.unused': 'B' };
    const { said } = check({ da: texts, en: texts, args: ['--unused'], files: { 'server/web/a.cpp': 'words("page.used");' } });
    assert.equal(said, 'page.unused');
});

// Mails as two readers understand them that share no code: npm's mailparser and Python's email package.
// Not here: how mails are caught (postfix.mjs, ../browser/harness.mjs), what is expected of them (*.test.mjs).
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, simpleParser } from '../browser/harness.mjs';

/** Raw mails (Buffers) -> [{ raw, mail (mailparser's), python (tests/smtp/parse_mail.py's) }], in the same order. */
export async function readByTwo(raws) {
    const folder = mkdtempSync(join(tmpdir(), 'hoering-mails-'));
    try {
        mkdirSync(folder, { recursive: true });
        raws.forEach((raw, n) => writeFileSync(join(folder, `${n}.eml`), raw));
        const said = await new Promise((resolve, reject) => execFile('python3', [join(root, 'tests/smtp/parse_mail.py'), folder],
            { maxBuffer: 1 << 30 }, (error, stdout, stderr) => (error ? reject(new Error(stderr)) : resolve(stdout))));
        const python = JSON.parse(said);
        return await Promise.all(raws.map(async (raw, n) => ({ raw, mail: await simpleParser(raw), python: python[`${n}.eml`] })));
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

// The documents room is carried inside the program and loaded at the first document: not before, once, and also where
// the system is strict. Not here: the documents themselves (tests/documents), the door in-process (tests/documents_on_demand).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { program, startServer } from '../browser/harness.mjs';
import { ask, PartyClient, seed, sha256 } from './service.mjs';

const mayTrace = spawnSync('strace', ['-o', '/dev/null', 'true']);
const why = mayTrace.error ? 'strace is not installed' : mayTrace.status !== 0 ? 'tracing is not allowed here' : '';

/** The libraries of documents that a process has in memory. */
function heavyLibraries(pid) {
    const maps = readFileSync(`/proc/${pid}/maps`, 'utf8');
    return ['libpango-1.0', 'libcairo', 'libfontconfig', 'libqpdf', 'libglib-2.0'].filter((name) => maps.includes(`/${name}.so`));
}

/** hoering doctor on an empty folder, with every memfd_create answered EPERM, as a seccomp filter would. */
function doctorWithoutMemoryFiles(env) {
    const data = mkdtempSync(join(tmpdir(), 'hoering-module-'));
    try {
        const done = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'trace=memfd_create', '-e', 'inject=memfd_create:error=EPERM',
            program(), 'doctor', '--data', data], { encoding: 'utf8', env: { ...process.env, ...env } });
        return done.stdout.split('\n').find((line) => / documents /.test(line)) ?? `no line on documents: ${done.stderr}${done.stdout}`;
    } finally {
        rmSync(data, { recursive: true, force: true });
    }
}

test('the libraries of documents are loaded at the first document', async () => {
    const seeded = seed({ parties: 1 });
    const server = await startServer({ data: seeded.data });
    try {
        const party = new PartyClient(seeded.parties[0]);
        party.use(server.url.replace('localhost', '127.0.0.1'));
        assert.equal((await party.keep(await party.write(), 'Vi støtter forslaget.')).status, 303);
        assert.equal((await party.send(await party.check())).status, 303);
        assert.deepEqual(heavyLibraries(server.pid), []);
        // Several at once, the first ones: whoever comes second waits for the room to be loaded, once.
        const copies = await Promise.all(Array.from({ length: 6 }, () => party.get('/mit-svar/kvittering.pdf')));
        for (const { status, headers } of copies) {
            assert.equal(status, 200);
            assert.equal(headers['content-type'], 'application/pdf');
        }
        assert.equal(new Set(copies.map(({ body }) => sha256(body))).size, 1);
        assert.ok(copies[0].body.startsWith('%PDF-'));
        assert.equal(heavyLibraries(server.pid).length, 5);
        const modules = readFileSync(`/proc/${server.pid}/maps`, 'utf8').split('\n').filter((line) => / r-xp .*memfd:documents/.test(line));
        assert.equal(modules.length, 1);
        assert.equal((await ask(party.base, '/')).status, 200);
    } finally {
        await server.stop();
    }
});

test('where files in memory are forbidden, the folder for temporary files serves', { skip: why || false }, () => {
    assert.match(doctorWithoutMemoryFiles({}), /^ok {3}documents/);
});

test('where that is impossible as well, the operator is told what was tried', { skip: why || false }, () => {
    const line = doctorWithoutMemoryFiles({ TMPDIR: '/nowhere' });
    assert.match(line, /^FAIL documents/);
    assert.match(line, /from memory \(Operation not permitted\) nor from the folder for temporary files \(No such file or directory\)/);
});

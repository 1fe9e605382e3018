// One answer with two files, and the service killed at every single thing it writes meanwhile (strace puts SIGKILL in
// place of the call): afterwards nothing acknowledged is missing, nothing is half there, and the same forms sent again
// end in exactly one answer with both files. Each thread's calls of each kind are gone through one by one, because that
// is how strace counts.
//   STRACE_STRIDE  every how manieth write is a kill (6); 1 for all
// Not here: kills under load (crash.test.mjs), disks that fail instead of ending (faults.test.mjs).
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { startServer } from '../browser/harness.mjs';
import { PartyClient, pdf, rows, seed, sha256, storedAnswers, verify } from './service.mjs';

const stride = Number(process.env.STRACE_STRIDE || 6);
const writes = 'write,writev,pwrite64,pwritev,ftruncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,'
    + 'unlink,unlinkat,mkdir,mkdirat,sendto,sendmsg';
const oneWorker = '[server]\nworkers = 1\n';
const files = [{ name: 'et.pdf', bytes: pdf('et') }, { name: 'to.pdf', bytes: pdf('to') }];
const text = 'Vi støtter forslaget, men ønsker at vagtplanen om aftenen bliver, som den er.';

const mayTrace = spawnSync('strace', ['-o', '/dev/null', 'true']);
const why = mayTrace.error ? 'strace is not installed' : mayTrace.status !== 0 ? 'tracing is not allowed here' : '';

/** strace on a process or one thread, once it is attached. `stop()` lets go; `lines` is what it saw, with -f of each thread. */
async function trace(args) {
    const child = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const lines = [];
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const reader = createInterface({ input: child.stderr });
    const drained = new Promise((resolve) => reader.once('close', resolve));
    await new Promise((resolve, reject) => {
        reader.on('line', (line) => {
            lines.push(line);
            if (/attached/.test(line)) resolve();
        });
        child.once('exit', () => reject(new Error(`strace could not attach: ${lines.join('\n')}`)));
    });
    return { lines, ended, async stop() { child.kill('SIGINT'); await ended; await drained; } };
}

/** The service's threads, oldest first: the same order in every start. */
const threadsOf = (pid) => readdirSync(`/proc/${pid}/task`).map(Number).sort((a, b) => a - b);
const nameOf = (pid, thread) => readFileSync(`/proc/${pid}/task/${thread}/comm`, 'utf8').trim();

/** The two posts of an answer; remembers how far it came, and goes on from there when asked again. */
class Answer {
    constructor(client) { Object.assign(this, { client, kept: false, acknowledged: false }); }
    async run() {
        this.fields ??= await this.client.write();
        if (!this.kept) {
            assert.equal((await this.client.keep(this.fields, text, files)).status, 303);
            this.kept = true;
        }
        this.form ??= await this.client.check();
        assert.equal((await this.client.send(this.form)).status, 303);
        this.acknowledged = true;
    }
}

async function started(template) {
    const data = mkdtempSync(join(tmpdir(), 'hoering-strace-'));
    cpSync(template.data, data, { recursive: true });
    const server = await startServer({ data, config: oneWorker });
    const client = new PartyClient(template.parties[0]);
    client.use(server.url);
    const answer = new Answer(client);
    answer.fields = await client.write(); // looked at before the trace begins; the worker is running now
    return { data, server, client, answer };
}

/** Which writes there are: [{ place, name, call, count }], a thread by its place in the order of threads. */
async function countWrites(template) {
    const { data, server, answer } = await started(template);
    const threads = threadsOf(server.pid);
    const counts = new Map();
    try {
        const names = threads.map((thread) => nameOf(server.pid, thread));
        const seen = await trace(['-f', '-p', String(server.pid), '-e', `trace=${writes}`]);
        await answer.run();
        await server.stop({ keep: true }); // the receipt's letter may be brought before the end
        await seen.ended;
        for (const line of seen.lines) {
            const [, by, call] = /^\[pid +(\d+)\] (\w+)\(/.exec(line) ?? [];
            const place = threads.indexOf(Number(by));
            if (place < 0) continue;
            const key = `${place} ${call}`;
            counts.set(key, counts.get(key) ?? { place, name: names[place], call, count: 0 });
            counts.get(key).count += 1;
        }
    } finally {
        await server.stop({ keep: true, signal: 'SIGKILL' });
        rmSync(data, { recursive: true, force: true });
    }
    return [...counts.values()];
}

/** One answer, killed at the thread's nth call. False: it made none so late, and nothing was killed. */
async function killAt(template, { place, call }, n, totals) {
    const run = await started(template);
    const { data, client, answer } = run;
    let { server } = run;
    try {
        const thread = threadsOf(server.pid)[place], name = nameOf(server.pid, thread);
        const injected = await trace(['-p', String(thread), '-e', `trace=${call}`,
            '-e', `inject=${call}:signal=SIGKILL:when=${n}`]);
        const ended = await answer.run().then(() => 'whole', (error) => {
            if (error instanceof assert.AssertionError) throw error;
            return 'broken';
        });
        if (ended === 'whole') {
            // What comes after the acknowledgement, the letter and the way out, may still be killed.
            const how = await server.stop({ keep: true });
            await injected.stop();
            if (how.signal !== 'SIGKILL') return false;
        } else {
            await server.stop({ keep: true, signal: 'SIGKILL' });
        }
        totals.kills += 1;
        totals.byThread[name] = (totals.byThread[name] ?? 0) + 1;
        if (answer.acknowledged) totals.afterAcknowledgement += 1;

        server = await startServer({ data, config: oneWorker });
        client.use(server.url);
        const stored = storedAnswers(data);
        assert.deepEqual(stored.flaws, []);
        if (stored.responses.length > 0 && !answer.acknowledged) totals.storedUnanswered += 1;
        if (answer.acknowledged) assert.equal(stored.responses.length, 1, 'what was acknowledged is there');
        const proof = verify(data);
        assert.ok(proof.whole, proof.said);

        await answer.run();
        const after = storedAnswers(data);
        assert.deepEqual(after.flaws, []);
        assert.equal(after.responses.length, 1);
        assert.equal(after.responses[0].text, text);
        assert.deepEqual(after.responses[0].files.map((file) => file.sha256).sort(), files.map(({ bytes }) => sha256(bytes)).sort());
        assert.deepEqual(rows(data, 'SELECT party_id FROM drafts'), [], 'the draft became the answer');
        return true;
    } finally {
        await server.stop({ keep: true, signal: 'SIGKILL' });
        rmSync(data, { recursive: true, force: true });
    }
}

test(`killed at ${stride === 1 ? 'every' : `every ${stride}th`} write of an answer with two files`, { skip: why || false }, async (t) => {
    const template = seed({ parties: 1, deliver: true });
    const totals = { kills: 0, byThread: {}, afterAcknowledgement: 0, storedUnanswered: 0 };
    try {
        const kinds = await countWrites(template);
        t.diagnostic(kinds.map(({ name, call, count }) => `${name} ${call} ${count}`).join(', '));
        assert.ok(new Set(kinds.map(({ place }) => place)).size >= 4, 'the edge, a worker, the writer and the outbox all write');
        let turn = 0;
        for (const kind of kinds)
            for (let n = 1; ; ++n) {
                const expected = n <= kind.count; // a run may make a few more or fewer: the outbox is not waited for
                if (expected && turn++ % stride !== 0) continue;
                if (!expected && stride !== 1) break;
                if (!await killAt(template, kind, n, totals) && !expected) break;
            }
        assert.ok(totals.kills > 0);
    } finally {
        t.diagnostic(JSON.stringify(totals));
        rmSync(template.data, { recursive: true, force: true });
    }
});

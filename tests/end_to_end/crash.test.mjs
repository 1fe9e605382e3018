// kill -9 at any moment under a load of answers: everything that was acknowledged is there whole afterwards, nothing is
// half there, and sending the same form again gives the same answer.
//   CRASH_ROUNDS  how often it is killed (12)
// Not here: a kill at each single write (strace.test.mjs), an ill disk or mail server (faults.test.mjs).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import http from 'node:http';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { program, startServer } from '../browser/harness.mjs';
import { PartyClient, pdf, seed, sha256, storedAnswers, verify } from './service.mjs';

const rounds = Number(process.env.CRASH_ROUNDS || 12);
const clients = 24;

/** One party's person: answers again and again, and remembers what it was told. */
class Person {
    constructor(seeded) {
        this.client = new PartyClient(seeded, new http.Agent({ keepAlive: true, maxSockets: 1 }));
        this.acknowledged = []; // { text, files: [sha256], form }
        this.pending = undefined; // sent, not answered: it may be stored or not, but not half
        this.count = 0;
    }

    /** Answers until the service dies. `told(n)` hears of each acknowledgement. */
    async answerUntilEnd(told) {
        for (;;) {
            try {
                if (this.pending) await this.send(this.pending, told); // as a browser does: the same form again
                await this.answerOnce(told);
            } catch (error) {
                if (error instanceof assert.AssertionError) throw error;
                if (['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(error.code) || /broke off|hang up/.test(error.message)) return;
                throw error;
            }
        }
    }

    async answerOnce(told) {
        const text = `Svar ${++this.count} fra ${this.client.seeded.name}. ${'Vi støtter forslaget, æøå. '.repeat(randomInt(1, 120))}`.trim();
        const files = Array.from({ length: this.count % 3 === 0 ? randomInt(1, 3) : 0 },
            (_, n) => ({ name: `bilag ${n}.pdf`, bytes: pdf(`${this.client.seeded.name} ${this.count} ${n}`) }));
        const fields = await this.client.write();
        const kept = await this.client.keep(fields, text, files);
        assert.equal(kept.status, 303, `keeping was answered ${kept.status}`);
        const form = await this.client.check();
        // A correction begins with the files of the version before: what will be filed is what the draft then had.
        await this.send({ text, added: files.map(({ bytes }) => sha256(bytes)), form }, told);
    }

    async send(answer, told) {
        this.pending = answer;
        const sent = await this.client.send(answer.form);
        assert.equal(sent.status, 303, `sending was answered ${sent.status}: ${sent.body.slice(0, 300)}`);
        assert.equal(sent.location, '/mit-svar/kvittering');
        this.acknowledged.push(answer);
        this.pending = undefined;
        told();
        if (this.acknowledged.length % 4 === 0) answer.receipt = await this.client.receipt();
    }
}

/** Starts the program and kills it while it starts. */
async function killWhileStarting(server) {
    const child = spawn(program(), ['serve', '--config', server.config, '--data', server.data, '--port', '0'], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await pause(randomInt(1, 120));
    child.kill('SIGKILL');
    await ended;
}

/** What was acknowledged against what is stored. */
function compare(persons, stored, totals) {
    const byText = new Map();
    for (const response of stored.responses) {
        const key = `${response.party} ${response.text}`;
        byText.set(key, [...(byText.get(key) ?? []), response]);
    }
    for (const same of byText.values()) if (same.length > 1) totals.duplicated += 1;
    totals.halfStored += stored.flaws.length;
    for (const person of persons)
        for (const answer of person.acknowledged) {
            const found = byText.get(`${person.client.seeded.party} ${answer.text}`)?.[0];
            const has = new Set(found?.files.map(({ sha256: hash }) => hash));
            const whole = found && found.key === answer.form.key && answer.added.every((hash) => has.has(hash))
                && (!answer.receipt || answer.receipt === found.receipt);
            if (!whole) totals.lost += 1;
        }
}

test(`${rounds} kills under load lose nothing, double nothing and leave nothing half`, async (t) => {
    const { data, parties } = seed({ parties: clients });
    const persons = parties.map((party) => new Person(party));
    const totals = { rounds, acknowledged: 0, again: 0, stored: 0, lost: 0, duplicated: 0, halfStored: 0, unanswered: 0 };
    let server = await startServer({ data });
    try {
        for (let round = 1; round <= rounds; ++round) {
            persons.forEach((person) => person.client.use(server.url));
            let answers = 0, first;
            const begun = new Promise((resolve) => { first = resolve; });
            const until = randomInt(1, 160); // acknowledgements, then a moment, then it dies
            const running = persons.map((person) => person.answerUntilEnd(() => { if (++answers === until) first(); }));
            await Promise.race([begun, Promise.all(running)]);
            await pause(randomInt(0, 40));
            await server.stop({ keep: true, signal: 'SIGKILL' });
            await Promise.all(running);
            totals.unanswered += persons.filter(({ pending }) => pending).length;
            if (round % 5 === 0) await killWhileStarting(server);

            server = await startServer({ data });
            const stored = storedAnswers(data);
            compare(persons, stored, totals);
            assert.deepEqual(stored.flaws, [], `round ${round}`);
            assert.deepEqual([totals.lost, totals.duplicated], [0, 0], `round ${round}: lost, duplicated`);
            const proof = verify(data);
            assert.ok(proof.whole, `round ${round}: ${proof.said}`);

            // The last acknowledged form of each once more: the same answer, not another one.
            for (const person of persons) {
                const last = person.acknowledged.at(-1);
                person.client.use(server.url);
                if (!last) continue;
                const again = await person.client.send(last.form);
                assert.deepEqual([again.status, again.location], [303, '/mit-svar/kvittering']);
                totals.again += 1;
            }
            assert.equal(storedAnswers(data).responses.length, stored.responses.length, 'a form sent again is no new answer');
            totals.stored = stored.responses.length;
        }
    } finally {
        totals.acknowledged = persons.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
        t.diagnostic(JSON.stringify(totals));
        await server.stop({ keep: true, signal: 'SIGKILL' });
        rmSync(data, { recursive: true, force: true });
    }
});

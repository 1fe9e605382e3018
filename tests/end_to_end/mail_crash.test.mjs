// The service killed at every step of sending a letter, with every fault the mail server may have at that step: no
// reminder is ever handed over twice, no invitation is lost, and what nobody can know is shown as unknown.
//   MAIL_CRASH_BESIDE  combinations played side by side (2)
// Not here: kills while answers come in (crash.test.mjs), how the server misbehaves (faulty_mail_server.mjs).
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startServer } from '../browser/harness.mjs';
import { faults, ofConnection, stages, startFaultyServer } from './faulty_mail_server.mjs';
import { ask, change, look, seed, verifyBeside } from './service.mjs';

const beside = Number(process.env.MAIL_CRASH_BESIDE || 2);
const patience = 60_000; // ms

/** Every step × every fault (and none) × killed before, after or soon after the server's answer; whose turn goes round. */
function combinations() {
    const all = [];
    for (const stage of stages)
        for (const fault of [undefined, ...faults])
            for (const when of ['before', 'after', 'later'])
                for (const late of [false, true]) {
                    // Four letters, over two connections at least.
                    const turns = ofConnection.includes(stage) ? [1, 2] : late ? [3, 4] : [1, 2];
                    all.push({ stage, fault, when, turn: turns[(all.length >> 1) % 2] });
                }
    return all;
}

/** Two invitations waiting, and two parties of another consultation whose first reminder is due now. */
async function template() {
    const { data } = seed({ consultations: 2, parties: 2 });
    const now = Date.now();
    await change(data, `UPDATE letters SET state = 'accepted', done_at = ${now} WHERE consultation_id = 1;
        UPDATE reminders SET due_at = ${now - 1000} WHERE id IN
            (SELECT min(id) FROM reminders WHERE consultation_id = 1 GROUP BY party_id);`);
    return data;
}

const settled = new Set(['accepted', 'refused', 'unknown']);
const letters = (data) => look(data, `SELECT id, kind, to_mail AS "to", state, next_attempt_at AS next, '<' || message_id || '>' AS message FROM letters
    WHERE kind = 'reminder' OR consultation_id = 2 ORDER BY id`);

/** `given()` true: nobody waits any longer. */
async function until(condition, what, given = () => false) {
    for (const end = Date.now() + patience; ;) {
        if (given() || await condition()) return;
        if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
        await pause(30);
    }
}

/** One combination. Returns what became of the letters. */
async function play(from, combination) {
    const data = mkdtempSync(join(tmpdir(), 'hoering-mail-'));
    cpSync(from, data, { recursive: true });
    const mail = await startFaultyServer({ turn: combination.turn, stage: combination.stage, fault: combination.fault });
    let server;
    try {
        let struck, isDead;
        const moment = new Promise((resolve) => { struck = resolve; });
        const dead = new Promise((resolve) => { isDead = resolve; });
        let killed = false;
        mail.onStage = ({ when }) => {
            if (killed || when !== (combination.when === 'before' ? 'before' : 'after')) return undefined;
            killed = true;
            struck();
            return when === 'before' ? dead : undefined; // the answer comes too late for anybody
        };
        server = await startServer({ data, mail });
        // Where it never comes to the step (a connection before may take the mail server for dead) it is killed all the same.
        await Promise.race([moment, until(
            async () => (await letters(data)).length === 4 && (await letters(data)).every(({ state }) => settled.has(state)),
            'the letters', () => killed)]);
        const came = killed;
        if (combination.when === 'later') await pause(Math.random() * 12);
        await server.stop({ keep: true, signal: 'SIGKILL' });
        isDead();

        // It comes back; what waits for its next try need not wait in the test.
        mail.trouble = {};
        for (let start = 0; ; ++start) {
            await change(data, "UPDATE letters SET next_attempt_at = 0 WHERE state = 'queued'");
            server = await startServer({ data, mail });
            let all = [];
            const done = () => all.filter(({ kind }) => kind === 'reminder').length === 2 && all.every(({ state }) => settled.has(state));
            await until(async () => {
                all = await letters(data);
                return done() || (start < 3 && all.every(({ state, next }) => settled.has(state) || (state === 'queued' && next > 0)));
            }, `the end of ${JSON.stringify(combination)}`);
            if (done()) break;
            await server.stop({ keep: true });
        }
        const health = JSON.parse((await ask(server.url, '/health')).body);
        await server.stop({ keep: true });
        const proof = await verifyBeside(data);
        assert.ok(proof.whole, proof.said);
        return { came, letters: await letters(data), messages: mail.messages, wentOn: mail.wentOn, unknownShown: health.mail.unknown };
    } finally {
        await server?.stop({ keep: true, signal: 'SIGKILL' });
        await mail.stop();
        rmSync(data, { recursive: true, force: true });
    }
}

test('a kill at every step of sending, with every fault there', async (t) => {
    const from = await template();
    const totals = { combinations: 0, atTheStep: 0, accepted: 0, refused: 0, unknownReminders: 0, unknownThatArrived: 0,
        duplicateReminders: 0, lostInvitations: 0, lostReminders: 0, needlessDoubts: 0, notShown: 0, invitationsTwice: 0 };
    try {
        const waiting = combinations();
        const playOn = async () => {
            for (let combination = waiting.shift(); combination; combination = waiting.shift())
                count(combination, await play(from, combination));
        };
        const count = (combination, found) => {
            totals.combinations += 1;
            if (found.came) totals.atTheStep += 1;
            const kept = (message) => found.messages.filter(({ id, kept: yes }) => yes && id === message).length;
            for (const letter of found.letters) {
                const times = kept(letter.message);
                if (letter.state === 'accepted') totals.accepted += 1;
                if (letter.state === 'refused') totals.refused += 1;
                if (letter.kind === 'reminder') {
                    if (times > 1) totals.duplicateReminders += 1;
                    if (letter.state === 'unknown') totals.unknownReminders += 1;
                    if (letter.state === 'unknown' && times > 0) totals.unknownThatArrived += 1;
                    else if (letter.state === 'accepted' && times === 0) totals.lostReminders += 1;
                    // Whoever was never told to go on cannot have handed over anything: such a reminder arrives after all.
                    if (letter.state === 'unknown' && !found.wentOn.has(letter.to)) totals.needlessDoubts += 1;
                } else {
                    if (times > 1) totals.invitationsTwice += 1; // under one Message-ID: allowed, and why it is stable
                    const saidNo = letter.state === 'refused' && combination.fault === 'hard';
                    if (times === 0 && !saidNo) totals.lostInvitations += 1;
                }
            }
            const unknown = found.letters.filter(({ state }) => state === 'unknown').length;
            if (unknown !== found.unknownShown) totals.notShown += 1;
            const flaws = [totals.duplicateReminders, totals.lostInvitations, totals.lostReminders, totals.needlessDoubts, totals.notShown];
            assert.deepEqual(flaws, [0, 0, 0, 0, 0], `${JSON.stringify(combination)} ${JSON.stringify(found)}`);
        };
        await Promise.all(Array.from({ length: beside }, playOn));
        assert.ok(totals.combinations >= 200 && totals.atTheStep > totals.combinations / 2, JSON.stringify(totals));
    } finally {
        t.diagnostic(JSON.stringify(totals));
        rmSync(from, { recursive: true, force: true });
    }
});

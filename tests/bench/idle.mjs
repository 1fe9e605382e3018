// How soon the service answers after it is started, and what memory it holds while nobody asks: 1,000 consultations are
// stored. `hoering --version` is started in the same run, to tell a slow machine from a slow start.
//   node tests/bench/idle.mjs [rounds=9] [consultations=1000]     HOERING_BUILD: the folder with hoering and seed
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { program } from '../browser/harness.mjs';
import { ask, seed } from '../end_to_end/service.mjs';

const [rounds, consultations] = [Number(process.argv[2] || 9), Number(process.argv[3] || 1000)];
const milliseconds = () => Number(process.hrtime.bigint()) / 1e6;

function spread(name, values, unit, target = '') {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (part) => sorted[Math.round(part * (sorted.length - 1))].toFixed(1);
    console.log(`${name.padEnd(44)} median ${at(0.5)} ${unit} (min ${at(0)}, max ${at(1)}) ${target}`);
}

/** Starts it and asks for the front page as soon as the address is there. */
async function start(data, config) {
    const begun = milliseconds();
    const child = spawn(program(), ['serve', '--config', config, '--data', data, '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const line = await new Promise((resolve, reject) => {
        createInterface({ input: child.stdout }).once('line', resolve);
        child.once('exit', () => reject(new Error('the service ended')));
    });
    const listening = milliseconds() - begun;
    const url = JSON.parse(line).listening;
    const page = await ask(url, '/');
    if (page.status !== 200) throw new Error(`the front page was answered ${page.status}`);
    const answered = milliseconds() - begun;
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    return { url, listening, answered, child, stop: () => { child.kill('SIGTERM'); return ended; } };
}

/** { VmRSS, RssAnon, RssFile } in MiB. */
function memory(pid) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Object.fromEntries(['VmRSS', 'RssAnon', 'RssFile'].map((name) =>
        [name, Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]) / 1024]));
}

const folder = mkdtempSync(join(tmpdir(), 'hoering-idle-'));
try {
    const data = join(folder, 'data'), config = join(folder, 'hoering.toml');
    writeFileSync(config, '[mail]\nmode = "folder"\n');
    const { parties } = seed({ consultations, parties: 2, deliver: true, data });
    const version = [], listening = [], answered = [];
    const fresh = [], used = [];
    for (let round = 0; round < rounds; ++round) {
        const begun = milliseconds();
        const said = spawnSync(program(), ['--version']);
        if (said.status !== 0) throw new Error('hoering --version failed');
        version.push(milliseconds() - begun);
        const service = await start(data, config);
        listening.push(service.listening);
        answered.push(service.answered);
        if (round < 3) { // memory needs no more rounds: it hardly varies
            await pause(5000);
            fresh.push(memory(service.child.pid));
            const addresses = [...new Set(parties.map(({ address }) => address))].slice(0, 50);
            for (const address of addresses) {
                const page = await ask(service.url, address);
                if (page.status !== 200) throw new Error(`${address} was answered ${page.status}`);
            }
            await pause(5000);
            used.push(memory(service.child.pid));
        }
        await service.stop();
    }
    spread('hoering --version', version, 'ms');
    spread('start to address printed', listening, 'ms');
    spread('start to first page answered', answered, 'ms', 'target <= 300');
    for (const [name, list] of [['after the first page, 5 s idle', fresh], ['after 50 pages, 5 s idle', used]])
        for (const key of ['VmRSS', 'RssAnon', 'RssFile'])
            spread(`${key} ${name}`, list.map((each) => each[key]), 'MiB', key === 'VmRSS' ? 'target <= 25' : '');
} finally {
    rmSync(folder, { recursive: true, force: true });
}

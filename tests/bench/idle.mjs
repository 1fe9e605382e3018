// How soon the service answers after it is started, what memory it holds while nobody asks, and what the first document
// costs, for which a part of the program is loaded: 1,000 consultations are stored. `hoering --version` is started in
// the same run, to tell a slow machine from a slow start.
//   node tests/bench/idle.mjs [rounds=9] [consultations=1000]     HOERING_BUILD: the folder with hoering and seed
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { program } from '../browser/harness.mjs';
import { ask, PartyClient, seed } from '../end_to_end/service.mjs';

const [rounds, consultations] = [Number(process.argv[2] || 9), Number(process.argv[3] || 1000)];
const kinds = ['VmRSS', 'RssAnon', 'RssFile', 'RssShmem'];
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

/** { VmRSS, RssAnon, RssFile, RssShmem } in MiB, and how many libraries are loaded. */
function memory(pid) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const sizes = kinds.map((name) => [name, Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]) / 1024]);
    const maps = readFileSync(`/proc/${pid}/maps`, 'utf8');
    return { ...Object.fromEntries(sizes), libraries: new Set(maps.match(/\/\S+\.so[.\d]*$/gm)).size };
}

/** Answers as this party, and asks for the receipt as PDF three times: milliseconds of each. */
async function documents(url, party) {
    const client = new PartyClient(party);
    client.use(url);
    await client.keep(await client.write(), 'Vi støtter forslaget.');
    const sent = await client.send(await client.check());
    if (sent.status !== 303) throw new Error(`an answer was answered ${sent.status}`);
    const times = [];
    for (let i = 0; i < 3; ++i) {
        const begun = milliseconds();
        const pdf = await client.get('/mit-svar/kvittering.pdf');
        if (pdf.status !== 200 || !pdf.body.startsWith('%PDF-')) throw new Error(`a PDF was answered ${pdf.status}`);
        times.push(milliseconds() - begun);
    }
    return times;
}

const folder = mkdtempSync(join(tmpdir(), 'hoering-idle-'));
try {
    const data = join(folder, 'data'), config = join(folder, 'hoering.toml');
    writeFileSync(config, '[mail]\nmode = "folder"\n');
    const { parties } = seed({ consultations, parties: 2, deliver: true, data });
    const version = [], listening = [], answered = [];
    const fresh = [], used = [], written = [], firstPdf = [], laterPdf = [];
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
            const [first, ...later] = await documents(service.url, parties[round]);
            firstPdf.push(first);
            laterPdf.push(...later);
            await pause(5000);
            written.push(memory(service.child.pid));
        }
        await service.stop();
    }
    spread('hoering --version', version, 'ms');
    spread('start to address printed', listening, 'ms');
    spread('start to first page answered', answered, 'ms', 'target <= 300');
    spread('the first PDF (loads what writes it)', firstPdf, 'ms');
    spread('a PDF after that', laterPdf, 'ms');
    for (const [name, list, target] of [['after the first page, 5 s idle', fresh, 'target <= 25'],
        ['after 50 pages, 5 s idle', used, ''], ['after three PDFs, 5 s idle', written, '']]) {
        for (const key of kinds)
            spread(`${key} ${name}`, list.map((each) => each[key]), 'MiB', key === 'VmRSS' ? target : '');
        spread(`libraries ${name}`, list.map((each) => each.libraries), '');
    }
} finally {
    rmSync(folder, { recursive: true, force: true });
}

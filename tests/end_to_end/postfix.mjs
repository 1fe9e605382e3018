// A real Postfix of its own on loopback, from Debian's package: its configuration, queue and mailboxes in a folder that
// is removed; the machine's own Postfix is not touched. Needs root, as Postfix does.
// Not here: servers written for the tests (faulty_mail_server.mjs, ../support/mail_server.mjs).
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const patience = 60_000; // ms

async function freePort() {
    const server = net.createServer();
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    return port;
}

function must(command, ...args) {
    const done = spawnSync(command, args, { encoding: 'utf8', timeout: patience });
    if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${done.stdout}${done.stderr}`);
    return done.stdout;
}

/**
 * Starts one that delivers mail for every address at `domains` into a mailbox a domain.
 *   addresses   only these exist at `domains`: mail to any other is taken, and comes back
 *   master, transport   lines an operator adds to master.cf and to a transport table, as written
 * Returns { port, mails(), log(), stop() }; a mail is { file, raw }.
 */
export async function startPostfix({ domains, addresses = [], master = '', transport = '' }) {
    const folder = mkdtempSync(join(tmpdir(), 'hoering-postfix-'));
    chmodSync(folder, 0o755);
    const [conf, queue, state, boxes] = ['conf', 'queue', 'state', 'boxes'].map((name) => join(folder, name));
    [conf, queue, state, boxes].forEach((name) => mkdirSync(name));
    const port = await freePort();
    const [uid, gid] = ['-u', '-g'].map((flag) => must('id', flag, 'nobody').trim());
    must('chown', `${uid}:${gid}`, boxes);
    must('chown', 'postfix', state);

    writeFileSync(join(conf, 'transport'), `${domains.map((domain) => `${domain} virtual:\n`).join('')}${transport}\n`);
    const boxOf = (address) => `${address} ${address.split('@')[1]}/\n`;
    writeFileSync(join(conf, 'boxes'), (addresses.length ? addresses : domains.map((domain) => `@${domain}`)).map(boxOf).join(''));
    writeFileSync(join(conf, 'main.cf'), `compatibility_level = 3.6
queue_directory = ${queue}
data_directory = ${state}
maillog_file = ${join(folder, 'mail.log')}
maillog_file_prefixes = ${folder}
myhostname = post.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_banner = $myhostname ESMTP
disable_dns_lookups = yes
default_database_type = texthash
transport_maps = texthash:${join(conf, 'transport')}
virtual_mailbox_domains = ${domains.join(', ')}
virtual_mailbox_base = ${boxes}
virtual_mailbox_maps = texthash:${join(conf, 'boxes')}
smtpd_reject_unlisted_recipient = no
virtual_uid_maps = static:${uid}
virtual_gid_maps = static:${gid}
virtual_minimum_uid = 1
alias_maps =
alias_database =
local_recipient_maps =
`);
    writeFileSync(join(conf, 'master.cf'), `127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
${master}
`);
    must('postfix', '-c', conf, 'start');

    const mails = () => domains.flatMap((domain) => ['new', 'cur'].map((part) => join(boxes, domain, part)))
        .filter((box) => existsSync(box))
        .flatMap((box) => readdirSync(box).map((name) => ({ file: join(box, name), raw: readFileSync(join(box, name)) })));
    const log = () => (existsSync(join(folder, 'mail.log')) ? readFileSync(join(folder, 'mail.log'), 'utf8') : '');
    for (const end = Date.now() + patience; !(await answers(port)); await pause(30))
        if (Date.now() > end) throw new Error(`Postfix does not listen:\n${log()}`);
    return {
        port, mails, log,
        async stop() {
            spawnSync('postfix', ['-c', conf, 'stop'], { timeout: patience });
            rmSync(folder, { recursive: true, force: true });
        },
    };
}


function answers(port) {
    return new Promise((resolve) => {
        const socket = net.connect(port, '127.0.0.1');
        socket.on('data', () => { socket.destroy(); resolve(true); });
        socket.on('error', () => resolve(false));
        socket.on('close', () => resolve(false));
    });
}

/** Waits until `condition()` gives something. */
export async function until(condition, what, log = () => '') {
    for (const end = Date.now() + patience; ;) {
        const found = await condition();
        if (found) return found;
        if (Date.now() > end) throw new Error(`waited in vain for ${what}\n${log()}`);
        await pause(40);
    }
}

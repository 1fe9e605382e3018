// Packs what a page loads: the design system's style, script, fonts and icons from node_modules/dkfds, and our own
// css and js. Writes them to the folder given as the argument, each text file with a .br and a .gz beside it, and
// manifest.json: path -> the first 12 hex digits of the SHA-256 of its bytes, which pages put in the address (?v=…).
// Not here: serving them (server/http/static_files), putting them into the binary (scripts/embed.cmake).
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const dkfds = join(here, 'node_modules/dkfds/dist');
const target = process.argv[2];
if (!target) {
    console.error('usage: node static/build.mjs FOLDER');
    process.exit(2);
}
if (!existsSync(dkfds)) {
    console.error('static/node_modules/dkfds is missing: run scripts/install-deps');
    process.exit(1);
}

const weights = { Regular: 400, Medium: 500, SemiBold: 600, Bold: 700 };
const files = new Map(); // path -> bytes
const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 12);
const add = (path, bytes) => files.set(path, Buffer.from(bytes));
const address = (path) => `/static/${path}?v=${hashOf(files.get(path))}`;

for (const weight of Object.keys(weights)) {
    const name = `IBMPlexSans-${weight}-Latin1.woff2`;
    add(`fonts/${name}`, readFileSync(join(dkfds, 'fonts/IBMPlexSans/split/woff2', name)));
}
add('icons.svg', readFileSync(join(dkfds, 'img/all-svg-icons.svg'), 'utf8').replace(/<!DOCTYPE[^>]*>/, ''));

// The design system's style: its own @font-face rules (12 MB of fonts) become four Latin faces, the one rule per icon
// is left out (pages use the sprite), logo placeholders go, and the icons that remain are copied.
const faces = Object.entries(weights)
    .map(([weight, number]) => {
        const url = address(`fonts/IBMPlexSans-${weight}-Latin1.woff2`);
        return `@font-face{font-display:swap;font-family:IBM Plex Sans;font-style:normal;font-weight:${number};src:url(${url}) format("woff2")}`;
    })
    .join('');
const style = readFileSync(join(dkfds, 'css/dkfds.min.css'), 'utf8')
    .replace(/@font-face\{[^}]*\}/g, '')
    .replace(/\.icon-[a-z-]+:not\(a\)\{background-image:url\([^)]*\)\}/g, '')
    .replace(/url\(\.\.\/img\/logo[^)]*\)/g, 'none')
    .replace(/\/\*# sourceMappingURL=[^*]*\*\//, '')
    .replace(/url\(\.\.\/img\/svg-icons\/([a-z0-9-]+\.svg)\)/g, (_, icon) => {
        add(`icons/${icon}`, readFileSync(join(dkfds, 'img/svg-icons', icon)));
        return `url(${address(`icons/${icon}`)})`;
    });
const left = style.match(/url\((?!\/static\/|data:)[^)]*\)/);
if (left) throw new Error(`an address in the design system's style was not rewritten: ${left[0]}`);
const licence = '/*! dkfds 11.2.0 | MIT, OFL-1.1, Apache-2.0 | see /static/NOTICE.txt */\n';
add('css/dkfds.css', licence + faces + style);
const script = readFileSync(join(dkfds, 'js/dkfds.min.js'), 'utf8').replace(/\/\/# sourceMappingURL=.*\s*$/, '');
// The components start by themselves, after the page has been read (the script is loaded with `defer`).
add('js/dkfds.js', `${licence}${script}\nDKFDS.init();\n`);

add('NOTICE.txt', readFileSync(join(here, 'NOTICE')));
for (const folder of ['css', 'js', 'img']) {
    if (!existsSync(join(here, folder))) continue;
    for (const name of readdirSync(join(here, folder)).sort()) {
        add(`${folder}/${name}`, readFileSync(join(here, folder, name)));
    }
}

const manifest = Object.fromEntries([...files.keys()].sort().map((path) => [path, hashOf(files.get(path))]));
for (const [path, bytes] of [...files]) {
    if (bytes.length < 1024 || !/\.(css|js|svg|txt)$/.test(path)) continue;
    const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
    add(`${path}.br`, brotliCompressSync(bytes, brotli));
    add(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}
add('manifest.json', `${JSON.stringify(manifest, null, 1)}\n`);

// Files of an earlier build that are no longer wanted go; files that are the same keep their time.
const walk = (folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]);
mkdirSync(target, { recursive: true });
const wanted = new Set([...files.keys()].map((path) => join(target, path)));
for (const path of walk(target)) {
    if (!wanted.has(path)) rmSync(path);
}
let total = 0;
for (const [path, bytes] of files) {
    const to = join(target, path);
    total += bytes.length;
    if (existsSync(to) && statSync(to).size === bytes.length && readFileSync(to).equals(bytes)) continue;
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, bytes);
}
console.log(`static: ${files.size} files, ${Math.round(total / 1024)} KB`);

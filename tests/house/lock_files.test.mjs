// The lock files pin every package by its hash and name no host; node packages are few and work with Debian's node 18.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

for (const folder of ['static', 'tests/browser']) {
    const lock = JSON.parse(readFileSync(join(root, folder, 'package-lock.json'), 'utf8'));
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

    test(`${folder}: every package has its hash and no address`, () => {
        assert.ok(packages.length > 0);
        for (const [path, entry] of packages) {
            assert.match(entry.integrity, /^sha512-/, path);
            assert.equal(entry.resolved, undefined, path);
        }
    });

    test(`${folder}: versions are exact`, () => {
        const { dependencies = {}, devDependencies = {} } = lock.packages[''];
        for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
            assert.match(version, /^\d+\.\d+\.\d+$/, name);
        }
    });

    test(`${folder}: no package runs a script when it is installed`, () => {
        for (const [path, entry] of packages) assert.notEqual(entry.hasInstallScript, true, path);
    });
}

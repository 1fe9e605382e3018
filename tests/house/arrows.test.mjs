// scripts/arrows finds what it is for: deliberately wrong sources in a folder of their own, and right ones beside them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const script = join(dirname(fileURLToPath(import.meta.url)), '../../scripts/arrows');

/** Runs the script on a project of these files: path -> text. */
function arrows(files) {
    const root = mkdtempSync(join(tmpdir(), 'hoering-arrows-'));
    try {
        for (const [path, text] of Object.entries(files)) {
            mkdirSync(dirname(join(root, path)), { recursive: true });
            writeFileSync(join(root, path), text);
        }
        const run = spawnSync(script, [root], { encoding: 'utf8' });
        return { failed: run.status !== 0, said: run.stdout };
    } finally {
        rmSync(root, { recursive: true });
    }
}

test('this project keeps its arrows', () => {
    const run = spawnSync(script, { encoding: 'utf8' });
    assert.equal(run.stdout, '');
    assert.equal(run.status, 0);
});

test('what is allowed passes', () => {
    const { failed, said } = arrows({
        'common/clock.cpp': '#include "common/clock.h"\nauto t = std::chrono::system_clock::now();\n',
        'server/domain/party.cpp': '#include "domain/party.h"\n#include "common/id.h"\n#include <vector>\n',
        'server/usecases/submit.cpp': '#include "sqlite/tx.h"\n#include "text/words.h"\n#include "blobs/store.h"\n',
        'server/web/desk.h': '#include "usecases/submit.h"\n#include "http/reply.h"\n#include "documents/pdf.h"\n#include "settings.h"\n',
        'server/jobs/outbox_job.cpp': '#include "smtp/postman.h"\n#include "usecases/submit.h"\n',
        'server/http/server.cpp': '#include <boost/beast.hpp>\nco_await f();\n',
        'server/smtp/postman.cpp': '#include <curl/curl.h>\n',
        'server/sqlite/database.cpp': '#include <SQLiteCpp/SQLiteCpp.h>\n#include <sqlite3.h>\n',
        'server/app.cpp': '#include "web/routes.h"\n#include "jobs/outbox_job.h"\n#include "http/server.h"\n',
        'server/cli/serve.cpp': '#include "app.h"\n#include "settings.h"\n',
        'server/main.cpp': '#include "cli/commands.h"\n',
        'server/web/pages.cpp': '// never co_await here\n/* #include <curl/curl.h>\n co_return */\nauto u = "https://a/b"; // co_await\n',
    });
    assert.equal(said, '');
    assert.equal(failed, false);
});

const wrong = {
    'domain must not know SQL': ['server/domain/a.cpp', '#include "sqlite/tx.h"', /domain must not use sqlite/],
    'common must not know the domain': ['common/a.h', '#include "domain/party.h"', /common must not use domain/],
    'use cases must not know documents': ['server/usecases/a.cpp', '#include "documents/pdf.h"', /usecases must not use documents/],
    'use cases must not know HTTP': ['server/usecases/a.h', '#include "http/request.h"', /usecases must not use http/],
    'http must not know smtp': ['server/http/a.cpp', '#include "smtp/postman.h"', /http must not use smtp/],
    'documents must not know http': ['server/documents/a.cpp', '#include "http/reply.h"', /documents must not use http/],
    'sqlite must not know text': ['server/sqlite/a.cpp', '#include "text/words.h"', /sqlite must not use text/],
    'jobs must not know the web': ['server/jobs/a.cpp', '#include "web/desk.h"', /jobs must not use web/],
    'the web must not know jobs': ['server/web/a.cpp', '#include "jobs/clockwork.h"', /web must not use jobs/],
    'the web must not send mail': ['server/web/a.cpp', '#include "smtp/postman.h"', /web must not use smtp/],
    'app must not know the command line': ['server/app.cpp', '#include "cli/serve.h"', /app must not use cli/],
    'Boost stays in http': ['server/web/a.cpp', '#include <boost/url.hpp>', /Boost does not belong in web/],
    'libcurl stays in smtp': ['server/jobs/a.cpp', '  #  include <curl/curl.h>', /libcurl does not belong in jobs/],
    'liboath stays in common': ['server/usecases/a.cpp', '#include <liboath/oath.h>', /liboath does not belong in usecases/],
    'QR codes stay in web': ['server/domain/a.cpp', '#include <qrcodegen/qrcodegen.hpp>', /the QR generator does not belong in domain/],
    'SQLite stays in sqlite': ['server/usecases/a.cpp', '#include <SQLiteCpp/Statement.h>', /SQLite does not belong in usecases/],
    'sqlite3.h too': ['server/cli/a.cpp', '#include <sqlite3.h>', /SQLite does not belong in cli/],
    'co_await stays in http': ['server/web/a.cpp', 'auto x = co_await f();', /co_await does not belong in web/],
    'only clock.cpp asks the machine': ['server/jobs/a.cpp', 'auto n = std::chrono::system_clock::now();', /machine's clock/],
    'time(nullptr) too': ['server/cli/a.cpp', 'auto n = time(nullptr);', /machine's clock/],
    'std::time too': ['common/a.cpp', 'auto n = std::time(0);', /machine's clock/],
    'the time zone is never asked': ['common/clock.cpp', 'auto n = mktime(&t);', /machine's time zone/],
    'a room that does not exist': ['server/utils/a.cpp', '', /there is no room "utils"/],
    'an include that climbs': ['server/web/a.cpp', '#include "../domain/party.h"', /not written from an include root/],
    'after a comment that ended': ['server/web/a.cpp', '/* x */ #include <curl/curl.h>', /libcurl/],
};
for (const [name, [path, line, complaint]] of Object.entries(wrong)) {
    test(name, () => {
        const { failed, said } = arrows({ [path]: `// first line\n${line}\n` });
        assert.match(said, complaint);
        assert.match(said, new RegExp(`^${path}:[12]: `));
        assert.equal(failed, true);
    });
}

// Reads every .eml of a folder with mailparser and prints one JSON object {file name: what it says}.
import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(new URL('../browser/package.json', import.meta.url));
const { simpleParser } = require('mailparser');

const who = (field) => field?.value?.map((v) => ({ name: v.name, address: v.address })) ?? [];
const folder = process.argv[2];
const all = {};
for (const file of readdirSync(folder).filter((name) => name.endsWith('.eml'))) {
    const mail = await simpleParser(readFileSync(join(folder, file)), {
        skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true,
    });
    // What a calendar program would take: it stands among the alternatives, not among the files.
    const isInvitation = (a) => a.contentType === 'text/calendar' && a.contentDisposition !== 'attachment';
    const invitation = mail.attachments.find(isInvitation);
    all[file] = {
        calendar: invitation?.content.toString('utf8') ?? '',
        method: invitation?.headers.get('content-type')?.params?.method ?? '',
        headers: mail.headerLines.map((line) => line.key),
        subject: mail.subject ?? '',
        from: who(mail.from), to: who(mail.to), replyTo: who(mail.replyTo),
        messageId: mail.messageId ?? '',
        inReplyTo: mail.inReplyTo ?? '',
        references: [mail.references ?? []].flat(),
        date: mail.date?.toISOString() ?? '',
        text: mail.text ?? '',
        html: mail.html || '',
        attachments: mail.attachments.filter((a) => !isInvitation(a)).map((a) => ({
            name: a.filename ?? '', type: a.contentType, bytes: a.content.toString('base64'),
        })),
    };
}
process.stdout.write(JSON.stringify(all));

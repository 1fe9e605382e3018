// What a test hands in and gets back: a real PDF, a real DOCX, and the letters of the folder postman; a
// letter as it comes back.
// Not here: browsers and servers (harness.mjs).
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { simpleParser } from 'mailparser';

/** A PDF of one page saying `text` (ASCII without brackets), as setInputFiles() takes it. */
export function pdfFile(name, text) {
    const drawing = `BT /F1 14 Tf 72 720 Td (${text}) Tj ET`;
    const objects = [
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
        `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ];
    let pdf = '%PDF-1.4\n';
    const places = objects.map((object, index) => {
        const place = pdf.length;
        pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
        return `${String(place).padStart(10, '0')} 00000 n \n`;
    });
    const size = objects.length + 1;
    const end = `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`;
    return { name, mimeType: 'application/pdf', buffer: Buffer.from(pdf + end, 'latin1') };
}

const crcTable = Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; ++bit) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n >>> 0;
});
const crc32 = (bytes) => ~bytes.reduce((crc, byte) => crcTable[(crc ^ byte) & 255] ^ (crc >>> 8), 0xffffffff) >>> 0;

/** A ZIP archive of { path: text }, stored and not compressed (PKWARE APPNOTE 4.3). */
function zip(entries) {
    const locals = [], central = [];
    let place = 0;
    for (const [path, text] of Object.entries(entries)) {
        const name = Buffer.from(path), data = Buffer.from(text);
        const facts = Buffer.alloc(26); // what the local header and the directory share
        facts.writeUInt16LE(20, 0);
        facts.writeUInt16LE(0x21, 8); // 1 January 1980
        facts.writeUInt32LE(crc32(data), 10);
        facts.writeUInt32LE(data.length, 14);
        facts.writeUInt32LE(data.length, 18);
        facts.writeUInt16LE(name.length, 22);
        const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, name, data]);
        const tail = Buffer.alloc(14);
        tail.writeUInt32LE(place, 10);
        central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, tail, name]));
        locals.push(local);
        place += local.length;
    }
    const directory = Buffer.concat(central);
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06', 0, 'latin1');
    end.writeUInt16LE(central.length, 8);
    end.writeUInt16LE(central.length, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(place, 16);
    return Buffer.concat([...locals, directory, end]);
}

/** A Word document of one paragraph. */
export function docxFile(name, text) {
    const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
    const office = 'http://schemas.openxmlformats.org';
    const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    return {
        name, mimeType: main,
        buffer: zip({
            '[Content_Types].xml': `${xml}<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${main}.main+xml"/></Types>`,
            '_rels/.rels': `${xml}<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
            'word/document.xml': `${xml}<w:document xmlns:w="${office}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`,
        }),
    };
}

/** Waits until look() gives something, and returns it; `what` is named when it does not come within a minute. */
export async function until(what, look) {
    for (const end = Date.now() + 60_000; Date.now() < end; await pause(50)) {
        const found = await look();
        if (found) return found;
    }
    throw new Error(`${what} did not come`);
}

/** The letters in DATA/mail, oldest first, each { file, to, subject, text, html, token } (the token of its link). */
export async function lettersIn(data) {
    const folder = join(data, 'mail');
    const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.eml')).sort() : [];
    return Promise.all(files.map(async (file) => {
        const mail = await simpleParser(readFileSync(join(folder, file)));
        const { text = '', html = '', subject } = mail;
        const to = mail.to.value.map(({ address }) => address);
        return { file, to, subject, text, html, token: text.match(/\/svar\/([A-Za-z0-9_-]+)/)?.[1] };
    }));
}

/** What a mail server writes when the letter { id, raw } could not be given to `address` (RFC 3464). */
export function returned({ id, raw }, address) {
    const mark = '3F9D3E0122.1793692872/mail.kommune.example';
    const parts = [
        `Content-Type: text/plain; charset=utf-8\n\nYour message could not be delivered to <${address}>: user unknown.\n`,
        'Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.kommune.example\n\n'
            + `Final-Recipient: rfc822; ${address}\nAction: failed\nStatus: 5.1.1\n`
            + `Diagnostic-Code: smtp; 550 5.1.1 <${address}>: Recipient address rejected: User unknown\n`,
        `Content-Type: text/rfc822-headers\n\nMessage-ID: ${id}\n${raw.match(/^Date: .*$/m)[0].trim()}\n`,
    ];
    return 'From: MAILER-DAEMON@kommune.example (Mail Delivery System)\nTo: hoering@example.dk\n'
        + 'Subject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n'
        + `Content-Type: multipart/report; report-type=delivery-status; boundary="${mark}"\n\n`
        + `${parts.map((part) => `--${mark}\n${part}\n`).join('')}--${mark}--\n`;
}

/** The text of a PDF with every run of white space as one space; fails if qpdf finds anything wrong with it. */
export function textOfPdf(bytes, file) {
    execFileSync('qpdf', ['--check', file], { stdio: 'pipe' });
    return oneLine(execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' }));
}

export const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

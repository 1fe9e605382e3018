-- The outbox looks for the oldest letter that is due to a domain that may be written to now, without reading the letters.
DROP INDEX letters_to_send;
CREATE INDEX letters_to_send ON letters(next_attempt_at, id, domain) WHERE state = 'queued';
CREATE INDEX letters_to_send_by_domain ON letters(domain, next_attempt_at) WHERE state = 'queued';

-- What a letter says is written once; its state changes with every step. In one row each step would write it all again.
CREATE TABLE letter_bodies (
    letter_id INTEGER PRIMARY KEY REFERENCES letters(id),
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    calendar TEXT NOT NULL              -- an .ics (RFC 5545), "" for none
) STRICT;
INSERT INTO letter_bodies SELECT id, body_text, body_html, calendar FROM letters;
ALTER TABLE letters DROP COLUMN body_text;
ALTER TABLE letters DROP COLUMN body_html;
ALTER TABLE letters DROP COLUMN calendar;

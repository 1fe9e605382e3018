-- What the acts after the opening leave behind, and what the post office has to account for.

ALTER TABLE users ADD COLUMN notify TEXT NOT NULL DEFAULT 'daily' CHECK (notify IN ('at_once', 'daily', 'never'));

ALTER TABLE consultations ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;       -- of its calendar entry (RFC 5545 SEQUENCE)
ALTER TABLE consultations ADD COLUMN remind_drafting INTEGER NOT NULL DEFAULT 1; -- remind parties that have begun a draft
ALTER TABLE consultations ADD COLUMN ended_at INTEGER;                          -- cancelled or concluded
ALTER TABLE consultations ADD COLUMN ended_reason TEXT NOT NULL DEFAULT '';     -- why cancelled, or closed before the deadline
ALTER TABLE consultations ADD COLUMN outcome TEXT NOT NULL DEFAULT '';          -- what was decided
ALTER TABLE consultations ADD COLUMN outcome_date TEXT;

ALTER TABLE parties ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;             -- added to the consultation's
ALTER TABLE parties ADD COLUMN joint_with INTEGER REFERENCES parties(id);       -- answers together with that party

-- An answer that came another way: who wrote it in, and when. received_at stays when it came.
ALTER TABLE responses ADD COLUMN registered_by INTEGER REFERENCES users(id);
ALTER TABLE responses ADD COLUMN registered_at INTEGER;

-- Every move of a deadline, for the public page, the digest and the letters. party_id NULL: for all.
CREATE TABLE deadline_changes (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultations(id),
    party_id INTEGER REFERENCES parties(id),
    at INTEGER NOT NULL,
    from_local TEXT NOT NULL,
    to_local TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_name TEXT NOT NULL
) STRICT;
CREATE INDEX deadline_changes_by_consultation ON deadline_changes(consultation_id, id);

CREATE TABLE extension_requests (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultations(id),
    party_id INTEGER NOT NULL REFERENCES parties(id),
    contact_id INTEGER NOT NULL REFERENCES contacts(id),
    asked_at INTEGER NOT NULL,
    wanted_local TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'refused')),
    answered_at INTEGER,
    answered_by INTEGER REFERENCES users(id),
    granted_local TEXT,
    answer TEXT NOT NULL DEFAULT '',
    idempotency_key TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX extension_requests_by_consultation ON extension_requests(consultation_id, id);

-- One act that wrote to parties: the letters point at it.
CREATE TABLE mailings (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultations(id),
    act TEXT NOT NULL,
    at INTEGER NOT NULL,
    user_id INTEGER REFERENCES users(id),
    released_by INTEGER REFERENCES users(id),
    letters INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    finished_at INTEGER,                -- when none of its letters was waiting any more
    idempotency_key TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX mailings_by_consultation ON mailings(consultation_id, id);
CREATE INDEX mailings_unfinished ON mailings(id) WHERE finished_at IS NULL;

-- An act on so many recipients that a second person must release it. `fields` is the form as JSON.
CREATE TABLE releases (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultations(id),
    act TEXT NOT NULL,
    fields TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    letters INTEGER NOT NULL,
    asked_by INTEGER NOT NULL REFERENCES users(id),
    asked_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'released', 'dropped')),
    decided_by INTEGER REFERENCES users(id),
    decided_at INTEGER,
    idempotency_key TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX releases_waiting ON releases(consultation_id) WHERE state = 'waiting';

-- Files uploaded on an act's form, before the act is confirmed: only these may be named by its fields.
CREATE TABLE act_files (
    file_id INTEGER PRIMARY KEY REFERENCES files(id),
    consultation_id INTEGER NOT NULL REFERENCES consultations(id),
    user_id INTEGER NOT NULL REFERENCES users(id),
    created_at INTEGER NOT NULL
) STRICT;

-- The office's own words for one kind of letter in one consultation; subject and body have named fields.
CREATE TABLE letter_wordings (
    consultation_id INTEGER NOT NULL REFERENCES consultations(id),
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, kind, language)
) STRICT, WITHOUT ROWID;

ALTER TABLE letters ADD COLUMN mailing_id INTEGER REFERENCES mailings(id);
ALTER TABLE letters ADD COLUMN calendar TEXT NOT NULL DEFAULT ''; -- an .ics (RFC 5545), "" for none
ALTER TABLE letters ADD COLUMN domain TEXT NOT NULL DEFAULT '';   -- of to_mail, lower case: rate limits are per domain
ALTER TABLE letters ADD COLUMN bounced_at INTEGER;                -- accepted by the server, and came back later
UPDATE letters SET domain = lower(substr(to_mail, instr(to_mail, '@') + 1));
CREATE INDEX letters_by_mailing ON letters(mailing_id) WHERE mailing_id IS NOT NULL;
CREATE INDEX letters_by_party ON letters(party_id, id);

-- Returned messages (RFC 3464) as they came.
CREATE TABLE bounces (
    id INTEGER PRIMARY KEY,
    letter_id INTEGER REFERENCES letters(id), -- NULL: could not be told which
    at INTEGER NOT NULL,
    action TEXT NOT NULL,                     -- failed, delayed, delivered, relayed, expanded (RFC 3464 2.3.3)
    status TEXT NOT NULL,                     -- "5.1.1" (RFC 3463)
    diagnostic TEXT NOT NULL,
    recipient TEXT NOT NULL,
    fingerprint TEXT NOT NULL UNIQUE          -- SHA-256 of the message: the same one twice counts once
) STRICT;
CREATE INDEX bounces_by_letter ON bounces(letter_id);

ALTER TABLE reminders ADD COLUMN moved_from TEXT NOT NULL DEFAULT ''; -- the planned local time before an officer moved it

-- What staff are to be told, until the letter that tells it is queued.
CREATE TABLE staff_notices (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users(id),
    kind TEXT NOT NULL,
    consultation_id INTEGER NOT NULL REFERENCES consultations(id),
    party_id INTEGER REFERENCES parties(id),
    at INTEGER NOT NULL,
    told_at INTEGER
) STRICT;
CREATE INDEX staff_notices_waiting ON staff_notices(user_id, at) WHERE told_at IS NULL;

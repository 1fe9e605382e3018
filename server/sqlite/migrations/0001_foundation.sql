-- Instants are UTC milliseconds since 1970 (INTEGER); local times are ISO texts in Europe/Copenhagen.
-- Secrets (session, link and setup tokens) are kept only as SHA-256.

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('administrator', 'secretariat', 'reader')),
    password_hash TEXT,
    language TEXT NOT NULL DEFAULT 'da',
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT;

-- One-time links that let a person choose a password: the first administrator, a new colleague, a forgotten password.
CREATE TABLE password_links (
    token_hash TEXT PRIMARY KEY,
    user_id INTEGER REFERENCES users(id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    user_id INTEGER REFERENCES users(id),
    link_id INTEGER REFERENCES links(id),
    csrf TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    ended_at INTEGER,
    CHECK ((user_id IS NULL) <> (link_id IS NULL))
) STRICT;
CREATE INDEX sessions_by_user ON sessions(user_id);

-- Failed sign-ins, for the slow-down: `who` is a hash of the address typed, or of the peer.
CREATE TABLE sign_in_failures (
    who TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_failures_by_who ON sign_in_failures(who, at);

CREATE TABLE consultations (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'concluded', 'cancelled')),
    title TEXT NOT NULL,
    summary TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    journal_number TEXT NOT NULL DEFAULT '',
    unit TEXT NOT NULL DEFAULT '',
    committee TEXT NOT NULL DEFAULT '',
    officer_name TEXT NOT NULL DEFAULT '',
    officer_phone TEXT NOT NULL DEFAULT '',
    officer_mail TEXT NOT NULL DEFAULT '',
    decision_date TEXT,
    deadline_local TEXT,                -- "2023-10-30" or "2023-10-30T12:00" (+ " 2" for the second of a doubled hour)
    deadline_at INTEGER,                -- first instant after the deadline
    short_period_reason TEXT NOT NULL DEFAULT '',
    afterwards TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT 'da',
    public INTEGER NOT NULL DEFAULT 1,
    accept_late INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    opened_at INTEGER,
    closed_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1,
    idempotency_key TEXT UNIQUE
) STRICT;
CREATE INDEX consultations_by_state ON consultations(state, deadline_at);

CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    pages INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX files_by_sha ON files(sha256);

CREATE TABLE enclosures (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultations(id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    file_id INTEGER NOT NULL REFERENCES files(id)
) STRICT;
CREATE INDEX enclosures_by_consultation ON enclosures(consultation_id, position);

CREATE TABLE parties (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultations(id),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('consulted', 'informed')),
    language TEXT NOT NULL DEFAULT 'da',
    own_deadline_local TEXT,
    own_deadline_at INTEGER
) STRICT;
CREATE INDEX parties_by_consultation ON parties(consultation_id);

CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    party_id INTEGER NOT NULL REFERENCES parties(id),
    name TEXT NOT NULL,
    mail TEXT NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE INDEX contacts_by_party ON contacts(party_id);

-- A personal link. The token is derived from `nonce` and the key file outside the database; only its hash is here.
CREATE TABLE links (
    id INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts(id),
    nonce TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    opened_at INTEGER,
    revoked_at INTEGER,
    replaced_at INTEGER
) STRICT;
CREATE INDEX links_by_contact ON links(contact_id);

CREATE TABLE drafts (
    party_id INTEGER PRIMARY KEY REFERENCES parties(id),
    text TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    submission_key TEXT NOT NULL,       -- becomes the answer's idempotency key
    updated_at INTEGER NOT NULL,
    updated_by INTEGER NOT NULL REFERENCES contacts(id)
) STRICT;

CREATE TABLE draft_files (
    id INTEGER PRIMARY KEY,
    party_id INTEGER NOT NULL REFERENCES parties(id),
    file_id INTEGER NOT NULL REFERENCES files(id)
) STRICT;
CREATE INDEX draft_files_by_party ON draft_files(party_id);

CREATE TABLE responses (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultations(id),
    party_id INTEGER NOT NULL REFERENCES parties(id),
    version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('remarks', 'no_remarks', 'declined')),
    channel TEXT NOT NULL CHECK (channel IN ('online', 'mail', 'letter', 'meeting')),
    late INTEGER NOT NULL,
    text TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    submitted_by INTEGER REFERENCES contacts(id),
    receipt TEXT NOT NULL UNIQUE,
    checksum TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    UNIQUE (party_id, version)
) STRICT;
CREATE INDEX responses_by_consultation ON responses(consultation_id);
CREATE TRIGGER responses_are_immutable BEFORE UPDATE ON responses
BEGIN SELECT RAISE(ABORT, 'a submitted response is immutable'); END;
CREATE TRIGGER responses_stay BEFORE DELETE ON responses
BEGIN SELECT RAISE(ABORT, 'a submitted response stays'); END;

CREATE TABLE response_files (
    response_id INTEGER NOT NULL REFERENCES responses(id),
    position INTEGER NOT NULL,
    file_id INTEGER NOT NULL REFERENCES files(id),
    PRIMARY KEY (response_id, position)
) STRICT, WITHOUT ROWID;

-- The plan ("10 workdays before at 09:00") and the planned reminders it gives.
CREATE TABLE reminder_steps (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultations(id),
    days INTEGER NOT NULL,
    working_days INTEGER NOT NULL,
    minute_of_day INTEGER NOT NULL
) STRICT;
CREATE INDEX reminder_steps_by_consultation ON reminder_steps(consultation_id);

CREATE TABLE reminders (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultations(id),
    party_id INTEGER NOT NULL REFERENCES parties(id),
    step TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    due_local TEXT NOT NULL,
    deadline_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'queued', 'skipped')),
    reason TEXT NOT NULL DEFAULT '',
    done_at INTEGER,
    UNIQUE (party_id, step, deadline_at)
) STRICT;
CREATE INDEX reminders_due ON reminders(due_at) WHERE state = 'planned';
CREATE INDEX reminders_by_consultation ON reminders(consultation_id, due_at);

-- A letter is a row before it is mail. Bodies hold {{link}} where the personal link goes; it is put in on sending.
CREATE TABLE letters (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    consultation_id INTEGER REFERENCES consultations(id),
    party_id INTEGER REFERENCES parties(id),
    contact_id INTEGER REFERENCES contacts(id),
    link_id INTEGER REFERENCES links(id),
    user_id INTEGER REFERENCES users(id),
    language TEXT NOT NULL,
    to_name TEXT NOT NULL,
    to_mail TEXT NOT NULL,
    reply_name TEXT NOT NULL DEFAULT '',
    reply_mail TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    thread TEXT NOT NULL DEFAULT '',    -- Message-ID of the first letter to the same contact
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'claimed', 'accepted', 'refused', 'unknown', 'cancelled')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    done_at INTEGER,
    server TEXT NOT NULL DEFAULT '',
    reply TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX letters_to_send ON letters(next_attempt_at) WHERE state = 'queued';
CREATE INDEX letters_claimed ON letters(id) WHERE state = 'claimed';
CREATE INDEX letters_by_consultation ON letters(consultation_id, id);
CREATE INDEX letters_by_contact ON letters(contact_id);

CREATE TABLE letter_attempts (
    id INTEGER PRIMARY KEY,
    letter_id INTEGER NOT NULL REFERENCES letters(id),
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    code INTEGER NOT NULL,
    server TEXT NOT NULL,
    reply TEXT NOT NULL
) STRICT;
CREATE INDEX letter_attempts_by_letter ON letter_attempts(letter_id);

CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id INTEGER,
    actor_name TEXT NOT NULL,
    act TEXT NOT NULL,
    consultation_id INTEGER,
    party_id INTEGER,
    details TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX journal_by_consultation ON journal(consultation_id, id);
CREATE TRIGGER journal_is_append_only BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

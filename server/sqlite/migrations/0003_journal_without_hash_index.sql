-- The journal without an index of its hashes: they are found by nobody, being random they cost a page of the index per
-- entry, and that no two are equal is shown by the chain itself (verify), not by the index.
CREATE TABLE journal_new (
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
    hash TEXT NOT NULL
) STRICT;
INSERT INTO journal_new SELECT id, at, actor_kind, actor_id, actor_name, act, consultation_id, party_id, details,
    prev_hash, hash FROM journal ORDER BY id;
DROP TABLE journal;
ALTER TABLE journal_new RENAME TO journal;
CREATE INDEX journal_by_consultation ON journal(consultation_id, id);
CREATE TRIGGER journal_is_append_only BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

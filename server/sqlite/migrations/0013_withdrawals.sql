-- An answer that its party took back. The answer's row stays as it is (responses are immutable): the withdrawal is a row of
-- its own, one for an answer, and just as immutable.
CREATE TABLE withdrawals (
    id INTEGER PRIMARY KEY,
    response_id INTEGER NOT NULL UNIQUE REFERENCES responses(id),
    withdrawn_at INTEGER NOT NULL,                -- when the party said so
    channel TEXT NOT NULL CHECK (channel = 'online' OR channel = 'mail' OR channel = 'letter' OR channel = 'meeting'
                                 OR channel = 'phone'),
    reason TEXT NOT NULL,
    receipt TEXT NOT NULL UNIQUE,
    idempotency_key TEXT NOT NULL UNIQUE,
    withdrawn_by INTEGER REFERENCES contacts(id), -- online
    registered_by INTEGER REFERENCES users(id),   -- another way: the colleague who wrote it in
    registered_at INTEGER,
    CHECK ((withdrawn_by IS NULL) <> (registered_by IS NULL))
) STRICT;
CREATE TRIGGER withdrawals_are_immutable BEFORE UPDATE ON withdrawals
BEGIN SELECT RAISE(ABORT, 'a withdrawal is immutable'); END;
CREATE TRIGGER withdrawals_stay BEFORE DELETE ON withdrawals
BEGIN SELECT RAISE(ABORT, 'a withdrawal stays'); END;

-- Signing in with two steps: a password, then a code of an authenticator app (TOTP). The app's secret is derived from a
-- nonce and the key file outside the database, so a copy of the database alone makes no code.
CREATE TABLE second_steps (
    user_id INTEGER PRIMARY KEY REFERENCES users(id),
    nonce TEXT,                            -- of the secret that counts; NULL: turned off, one waits for its first code
    since INTEGER,                         -- turned on
    last_step INTEGER NOT NULL DEFAULT 0,  -- the time step of the last code used: no code counts twice
    setup_nonce TEXT,                      -- of a secret that was shown and waits for its first code
    setup_at INTEGER,
    CHECK ((nonce IS NULL) = (since IS NULL)),
    CHECK ((setup_nonce IS NULL) = (setup_at IS NULL))
) STRICT;

-- Ways in without the app, each good for once; kept as HMAC under the key file.
CREATE TABLE recovery_codes (
    user_id INTEGER NOT NULL REFERENCES users(id),
    code_hash TEXT NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (user_id, code_hash)
) STRICT, WITHOUT ROWID;

-- A right password that waits for its code. No session: nothing that looks for one finds it here.
CREATE TABLE half_sessions (
    token_hash TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users(id),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX half_sessions_by_user ON half_sessions(user_id);

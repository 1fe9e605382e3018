-- The session (SHA-256 of its token) that gave the password for a secret that waits for its first code: another session of
-- the same user neither sees the secret nor confirms it.
ALTER TABLE second_steps ADD COLUMN setup_session TEXT;

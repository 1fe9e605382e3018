-- The outbox looks for the oldest letter that is due to a domain that may be written to now, without reading the letters.
DROP INDEX letters_to_send;
CREATE INDEX letters_to_send ON letters(next_attempt_at, id, domain) WHERE state = 'queued';
CREATE INDEX letters_to_send_by_domain ON letters(domain, next_attempt_at) WHERE state = 'queued';

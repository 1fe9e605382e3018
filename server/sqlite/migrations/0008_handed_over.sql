-- A reminder is marked just before its last bytes leave: found claimed without the mark, it was surely not sent.
ALTER TABLE letters ADD COLUMN handed_at INTEGER; -- of the try under way; only letters that are never sent twice have it

-- What an earlier version left claimed may have been sent: it marked nothing.
UPDATE letters SET handed_at = created_at WHERE state = 'claimed';

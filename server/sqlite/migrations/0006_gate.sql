-- What the send gate and the alarm for parties not reached look up.

-- Letters that went wrong, by address: few, so that the index costs nothing where letters are sent well.
CREATE INDEX letters_in_trouble ON letters(to_mail COLLATE NOCASE, id)
    WHERE state IN ('refused', 'unknown') OR bounced_at IS NOT NULL;

-- A party not reached is told of once for each reason and letter. letter_id 0: none was ever written.
CREATE TABLE not_reached_told (
    party_id INTEGER NOT NULL REFERENCES parties(id),
    reason TEXT NOT NULL,
    letter_id INTEGER NOT NULL,
    told_at INTEGER NOT NULL,
    PRIMARY KEY (party_id, reason, letter_id)
) STRICT, WITHOUT ROWID;

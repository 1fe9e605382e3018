-- The highest ids that were given to rows which are gone. The journal goes on naming them, so nothing else may get them.
CREATE TABLE retired_ids (
    what TEXT PRIMARY KEY CHECK (what = 'consultations' OR what = 'parties'),
    highest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

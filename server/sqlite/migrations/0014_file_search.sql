-- What a search of a file's contents found. reading: 'whole', 'partly' or 'nothing' of its text could be read; NULL: nobody
-- has looked yet, as in files from before this. found: [[kind, what, page], …], CPR numbers masked.
ALTER TABLE files ADD COLUMN reading TEXT CHECK (reading = 'whole' OR reading = 'partly' OR reading = 'nothing');
ALTER TABLE files ADD COLUMN found TEXT NOT NULL DEFAULT '[]';
CREATE INDEX files_not_searched ON files(id) WHERE reading IS NULL;

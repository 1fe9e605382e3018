-- A letter is kept as its words; its HTML, five times as long, is drawn of them when it is sent or shown. Letters from before
-- keep their text; one that still waits goes as text alone.

ALTER TABLE letter_bodies RENAME COLUMN body_html TO parts;
UPDATE letter_bodies SET parts = '';

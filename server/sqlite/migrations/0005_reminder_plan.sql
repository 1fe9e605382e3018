-- The reminder plan whole, and which mailing a colleague is told of.

ALTER TABLE reminder_steps ADD COLUMN after_deadline INTEGER NOT NULL DEFAULT 0; -- days count from the deadline on
ALTER TABLE consultations ADD COLUMN late_answers TEXT NOT NULL DEFAULT '';      -- how to send one after the deadline
ALTER TABLE staff_notices ADD COLUMN mailing_id INTEGER REFERENCES mailings(id);

-- When a notice is to be told by its user's wish, so that what is due is found without reading what waits.
ALTER TABLE staff_notices ADD COLUMN due_at INTEGER NOT NULL DEFAULT 0;
DROP INDEX staff_notices_waiting;
CREATE INDEX staff_notices_due ON staff_notices(due_at) WHERE told_at IS NULL;

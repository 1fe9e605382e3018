-- What the acts on enclosures, the outcome, joint answers and answers that came another way leave behind.

ALTER TABLE enclosures ADD COLUMN added_at INTEGER;                        -- after the opening; NULL: sent from the start
ALTER TABLE consultations ADD COLUMN outcome_by TEXT NOT NULL DEFAULT '';  -- who decided
ALTER TABLE parties ADD COLUMN joint_at INTEGER;                           -- when joint_with last changed
ALTER TABLE parties ADD COLUMN unsolicited INTEGER NOT NULL DEFAULT 0;     -- never invited; answered of its own accord

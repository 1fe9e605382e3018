-- A receipt is owed from the moment its answer is stored; it becomes a letter, with words and a place in the ledger, right
-- after. So an answer's transaction is short when many come in the same minute.
CREATE TABLE queued_receipts (
    response_id INTEGER PRIMARY KEY REFERENCES responses(id),
    link_id INTEGER NOT NULL REFERENCES links(id), -- it was answered through
    due_at INTEGER NOT NULL
) STRICT;

-- What an import gave to leads that were there before, row by row: fields before and after, the keys they gained.
CREATE TABLE import_changes (
  import_id <uuid> NOT NULL REFERENCES imports (id) ON DELETE CASCADE, row_no INTEGER NOT NULL, lead_id <uuid> NOT NULL,
  change <json> NOT NULL, PRIMARY KEY (import_id, row_no));;
CREATE INDEX import_changes_lead ON import_changes (import_id, lead_id);;
-- What undoing the import did with the row, and why not more.
ALTER TABLE import_rows ADD COLUMN undone TEXT NOT NULL DEFAULT '';;
ALTER TABLE import_rows ADD COLUMN undone_why TEXT NOT NULL DEFAULT '';;
-- While an undo runs: rows from this one on are done.
ALTER TABLE imports ADD COLUMN undo_row INTEGER NOT NULL DEFAULT 0;;
ALTER TABLE imports ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;;
ALTER TABLE imports ADD COLUMN put_back INTEGER NOT NULL DEFAULT 0;;
ALTER TABLE imports ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;;
ALTER TABLE imports ADD COLUMN undone_by <uuid>;;
ALTER TABLE imports ADD COLUMN undone_at <time>;;

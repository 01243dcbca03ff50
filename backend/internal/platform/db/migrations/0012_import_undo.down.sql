ALTER TABLE imports DROP COLUMN undone_at;;
ALTER TABLE imports DROP COLUMN undone_by;;
ALTER TABLE imports DROP COLUMN kept;;
ALTER TABLE imports DROP COLUMN put_back;;
ALTER TABLE imports DROP COLUMN removed;;
ALTER TABLE imports DROP COLUMN undo_row;;
ALTER TABLE import_rows DROP COLUMN undone_why;;
ALTER TABLE import_rows DROP COLUMN undone;;
DROP TABLE import_changes;;

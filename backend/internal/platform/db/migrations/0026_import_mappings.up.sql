-- With which mapping a file with the same columns came in last: hashes of the columns' names and the fields, no text of a file.
CREATE TABLE import_mappings (
  fingerprint TEXT PRIMARY KEY, fields <json> NOT NULL, chosen_by <uuid> REFERENCES users (id) ON DELETE SET NULL, at <time> NOT NULL);;

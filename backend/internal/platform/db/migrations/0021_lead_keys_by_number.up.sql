-- Keys name leads by their number, a quarter as long as an id, and the keys of each lead are also kept together. Both tables
-- can then be written in order, without an index from leads to keys: that index made a look through a million leads write
-- every page of it thousands of times.
CREATE TABLE lead_key_sets (
-- only: sqlite
  lead INTEGER PRIMARY KEY REFERENCES leads (seq) ON DELETE CASCADE,
-- end
-- only: postgres
  lead BIGINT PRIMARY KEY REFERENCES leads (seq) ON DELETE CASCADE,
-- end
  hashes <json> NOT NULL);;
ALTER TABLE lead_keys RENAME TO lead_keys_by_id;;
-- only: sqlite
CREATE TABLE lead_keys (hash BIGINT NOT NULL, lead BIGINT NOT NULL, PRIMARY KEY (hash, lead)) WITHOUT ROWID;;
INSERT INTO lead_key_sets SELECT l.seq, json_group_array(k.hash) FROM lead_keys_by_id k JOIN leads l ON l.id = k.lead_id GROUP BY l.seq;;
-- end
-- only: postgres
CREATE TABLE lead_keys (hash BIGINT NOT NULL, lead BIGINT NOT NULL, CONSTRAINT lead_keys_number PRIMARY KEY (hash, lead));;
INSERT INTO lead_key_sets SELECT l.seq, jsonb_agg(k.hash) FROM lead_keys_by_id k JOIN leads l ON l.id = k.lead_id GROUP BY l.seq;;
-- end
INSERT INTO lead_keys SELECT k.hash, l.seq FROM lead_keys_by_id k JOIN leads l ON l.id = k.lead_id ORDER BY k.hash, l.seq;;
DROP TABLE lead_keys_by_id;;

-- Whoever takes a lead's set away takes its keys away.
-- only: sqlite
CREATE TRIGGER lead_key_sets_out AFTER DELETE ON lead_key_sets BEGIN
  DELETE FROM lead_keys WHERE lead = old.lead AND hash IN (SELECT value FROM json_each(old.hashes));
END;;
-- end
-- only: postgres
CREATE FUNCTION winnow_keys_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  DELETE FROM lead_keys WHERE lead = old.lead AND hash IN (SELECT CAST(value AS bigint) FROM jsonb_array_elements_text(old.hashes));
  RETURN NULL;
END $$;;
CREATE TRIGGER lead_key_sets_out AFTER DELETE ON lead_key_sets FOR EACH ROW EXECUTE FUNCTION winnow_keys_out();;
-- end

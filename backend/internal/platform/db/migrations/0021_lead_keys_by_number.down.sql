ALTER TABLE lead_keys RENAME TO lead_keys_by_number;;
-- only: sqlite
CREATE TABLE lead_keys (hash BIGINT NOT NULL, lead_id TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE, PRIMARY KEY (hash, lead_id)) WITHOUT ROWID;;
-- end
-- only: postgres
CREATE TABLE lead_keys (hash BIGINT NOT NULL, lead_id uuid NOT NULL REFERENCES leads (id) ON DELETE CASCADE, PRIMARY KEY (hash, lead_id));;
-- end
CREATE INDEX lead_keys_lead ON lead_keys (lead_id);;
INSERT INTO lead_keys SELECT k.hash, l.id FROM lead_keys_by_number k JOIN leads l ON l.seq = k.lead;;
DROP TRIGGER lead_key_sets_out
-- only: postgres
  ON lead_key_sets
-- end
;;
-- only: postgres
DROP FUNCTION winnow_keys_out();;
-- end
DROP TABLE lead_key_sets;;
DROP TABLE lead_keys_by_number;;

-- The keys under which a lead is found by those that may be the same, and what weighs their likeness.
-- only: sqlite
CREATE TABLE lead_keys (hash BIGINT NOT NULL, lead_id TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE, PRIMARY KEY (hash, lead_id)) WITHOUT ROWID;;
-- end
-- only: postgres
CREATE TABLE lead_keys (hash BIGINT NOT NULL, lead_id uuid NOT NULL REFERENCES leads (id) ON DELETE CASCADE, PRIMARY KEY (hash, lead_id));;
-- end
CREATE INDEX lead_keys_lead ON lead_keys (lead_id);;
CREATE TABLE linkage_models (name TEXT PRIMARY KEY, model <json> NOT NULL, leads INTEGER NOT NULL, learned_at <time> NOT NULL);;

-- A look through all leads for duplicates. at: the last lead that is done in this phase.
CREATE TABLE sweeps (
  id <uuid> PRIMARY KEY, status TEXT NOT NULL CHECK (status IN ('queued','running','finished','failed')), phase TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL DEFAULT '', done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0, found INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '',
  created_by <uuid>, created_at <time> NOT NULL, started_at <time>, finished_at <time>, lease_until <time>, version INTEGER NOT NULL DEFAULT 1);;
CREATE INDEX sweeps_created ON sweeps (created_at DESC);;

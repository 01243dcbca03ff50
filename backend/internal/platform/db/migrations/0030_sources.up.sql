-- Where leads come from by themselves. config: by the schema of the kind, its secrets sealed. kept: where the next run
-- begins. streak: how many finds each of the last finished runs brought, the newest first.
CREATE TABLE sources (
  id <uuid> PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, config <json> NOT NULL, schedule TEXT NOT NULL DEFAULT '', priority INTEGER NOT NULL DEFAULT 0,
  enabled <bool> NOT NULL DEFAULT <false>, agreed_at <time>, agreed_by <uuid>, owner_id <uuid> REFERENCES users (id) ON DELETE SET NULL, tags <json> NOT NULL,
  caps <json> NOT NULL, kept <json> NOT NULL, health TEXT NOT NULL DEFAULT 'new' CHECK (health IN ('new','ok','degraded','failing','stopped')),
  health_reason TEXT NOT NULL DEFAULT '', streak <json> NOT NULL, failures INTEGER NOT NULL DEFAULT 0, next_run_at <time>, last_run_at <time>,
  created_by <uuid>, created_at <time> NOT NULL, updated_at <time> NOT NULL, deleted_at <time>, version INTEGER NOT NULL DEFAULT 1);;
CREATE INDEX sources_due ON sources (next_run_at) WHERE deleted_at IS NULL AND enabled;;

CREATE TABLE source_runs (
  id <uuid> PRIMARY KEY, source_id <uuid> NOT NULL REFERENCES sources (id) ON DELETE CASCADE, status TEXT NOT NULL CHECK (status IN ('queued','running','finished','failed','stopped')),
  started_by TEXT NOT NULL, actor_id <uuid>, cursor <json> NOT NULL, steps INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0,
  found INTEGER NOT NULL DEFAULT 0, created INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0, known INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,
  pages INTEGER NOT NULL DEFAULT 0, bytes BIGINT NOT NULL DEFAULT 0, cost BIGINT NOT NULL DEFAULT 0, changed <bool> NOT NULL DEFAULT <false>,
  notes <json> NOT NULL, reasons <json> NOT NULL, error_code TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT '',
  created_at <time> NOT NULL, started_at <time>, finished_at <time>, lease_until <time>, version INTEGER NOT NULL DEFAULT 1);;
-- One run of a source at a time, across all processes.
CREATE UNIQUE INDEX source_runs_one ON source_runs (source_id) WHERE status IN ('queued','running');;
CREATE INDEX source_runs_source ON source_runs (source_id, created_at DESC);;

-- Answers that could not be read, kept for reading them again.
CREATE TABLE source_raws (
  id <uuid> PRIMARY KEY, run_id <uuid> NOT NULL REFERENCES source_runs (id) ON DELETE CASCADE, url TEXT NOT NULL, media_type TEXT NOT NULL, body <bytes> NOT NULL,
  reason TEXT NOT NULL, created_at <time> NOT NULL);;
CREATE INDEX source_raws_run ON source_raws (run_id);;

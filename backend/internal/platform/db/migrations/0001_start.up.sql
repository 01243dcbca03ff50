-- Statements end with two semicolons. Words in angle brackets are types (script.go).
CREATE TABLE users (
  id <uuid> PRIMARY KEY, email TEXT NOT NULL, email_key TEXT NOT NULL, name TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL CHECK (role IN ('viewer','user','admin')), password_hash TEXT NOT NULL DEFAULT '',
  disabled_at <time>, signed_in_at <time>, created_at <time> NOT NULL, updated_at <time> NOT NULL, version INTEGER NOT NULL DEFAULT 1);;
CREATE UNIQUE INDEX users_email_key ON users (email_key);;

-- singletons: a row per thing that may exist once (first admin), so that a race has one winner
CREATE TABLE singletons (name TEXT PRIMARY KEY, value TEXT NOT NULL DEFAULT '', created_at <time> NOT NULL);;

CREATE TABLE sessions (
  id <uuid> PRIMARY KEY, user_id <uuid> NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  refresh_hash TEXT NOT NULL, previous_hash TEXT NOT NULL DEFAULT '', remember <bool> NOT NULL DEFAULT <false>,
  user_agent TEXT NOT NULL DEFAULT '', ip TEXT NOT NULL DEFAULT '', created_at <time> NOT NULL, seen_at <time> NOT NULL,
  expires_at <time> NOT NULL, rotated_at <time>, revoked_at <time>, revoked_why TEXT NOT NULL DEFAULT '');;
CREATE INDEX sessions_user ON sessions (user_id);;
CREATE UNIQUE INDEX sessions_refresh ON sessions (refresh_hash);;

CREATE TABLE user_tokens (
  id <uuid> PRIMARY KEY, user_id <uuid> NOT NULL REFERENCES users (id) ON DELETE CASCADE, kind TEXT NOT NULL CHECK (kind IN ('invite','reset')),
  token_hash TEXT NOT NULL, expires_at <time> NOT NULL, used_at <time>, created_by <uuid>, created_at <time> NOT NULL);;
CREATE UNIQUE INDEX user_tokens_hash ON user_tokens (token_hash);;

CREATE TABLE api_keys (
  id <uuid> PRIMARY KEY, user_id <uuid> NOT NULL REFERENCES users (id) ON DELETE CASCADE, name TEXT NOT NULL, prefix TEXT NOT NULL,
  key_hash TEXT NOT NULL, scopes <json> NOT NULL, expires_at <time>, last_used_at <time>, revoked_at <time>, created_at <time> NOT NULL);;
CREATE UNIQUE INDEX api_keys_hash ON api_keys (key_hash);;

CREATE TABLE login_attempts (key TEXT PRIMARY KEY, failures INTEGER NOT NULL, last_at <time> NOT NULL, locked_until <time>);;

CREATE TABLE settings (key TEXT PRIMARY KEY, value <json> NOT NULL, updated_by <uuid>, updated_at <time> NOT NULL, version INTEGER NOT NULL DEFAULT 1);;

CREATE TABLE idempotency_keys (
  key TEXT NOT NULL, user_id <uuid> NOT NULL, route TEXT NOT NULL, request_hash TEXT NOT NULL, status INTEGER NOT NULL DEFAULT 0,
  body <bytes>, created_at <time> NOT NULL, PRIMARY KEY (user_id, key));;

CREATE TABLE events (
  seq <seq>, id <uuid> NOT NULL, type TEXT NOT NULL, at <time> NOT NULL, subject_kind TEXT NOT NULL, subject_id TEXT NOT NULL,
  owner_id <uuid>, actor_id <uuid>, data <json> NOT NULL
-- only: postgres
  , xid xid8 NOT NULL DEFAULT pg_current_xact_id()
-- end
  );;
CREATE INDEX events_subject ON events (subject_kind, subject_id, seq);;
CREATE INDEX events_type ON events (type, seq);;

CREATE TABLE profiles (
  id <uuid> PRIMARY KEY, name TEXT NOT NULL, version INTEGER NOT NULL, checksum TEXT NOT NULL, company TEXT NOT NULL, audience TEXT NOT NULL,
  pain_points TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', created_by <uuid>, created_at <time> NOT NULL);;
CREATE UNIQUE INDEX profiles_name_version ON profiles (name, version);;
CREATE TABLE profile_seeds (name TEXT NOT NULL, kind TEXT NOT NULL, path TEXT NOT NULL, checksum TEXT NOT NULL, seeded_at <time> NOT NULL, PRIMARY KEY (name, kind));;

CREATE TABLE companies (
  id <uuid> PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL, domain TEXT NOT NULL DEFAULT '', industry TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '', size TEXT NOT NULL DEFAULT '', created_at <time> NOT NULL, updated_at <time> NOT NULL, deleted_at <time>, version INTEGER NOT NULL DEFAULT 1);;
CREATE UNIQUE INDEX companies_name_key ON companies (name_key) WHERE deleted_at IS NULL;;

CREATE TABLE leads (
-- only: sqlite
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
-- end
-- only: postgres
  seq bigserial UNIQUE, id uuid PRIMARY KEY,
-- end
  name TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '', company TEXT NOT NULL DEFAULT '', company_id <uuid> REFERENCES companies (id),
  email TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '', linkedin_url TEXT NOT NULL DEFAULT '', url TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '', source_id TEXT NOT NULL DEFAULT '', content TEXT NOT NULL DEFAULT '', industry TEXT NOT NULL DEFAULT '',
  location TEXT NOT NULL DEFAULT '', country TEXT NOT NULL DEFAULT '', timezone TEXT NOT NULL DEFAULT '', company_size TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '', status TEXT NOT NULL DEFAULT 'new', grade TEXT NOT NULL DEFAULT '', score INTEGER NOT NULL DEFAULT -1,
  pain_id TEXT NOT NULL DEFAULT '', pain_quote TEXT NOT NULL DEFAULT '', owner_id <uuid> REFERENCES users (id), value_micros BIGINT, tags <json> NOT NULL, custom <json> NOT NULL,
  posted_at <time>, analyzed_at <time>, last_activity_at <time> NOT NULL, created_at <time> NOT NULL, updated_at <time> NOT NULL,
  archived_at <time>, deleted_at <time>, version INTEGER NOT NULL DEFAULT 1
-- only: postgres
  , search tsvector GENERATED ALWAYS AS (to_tsvector('simple', winnow_fold(name || ' ' || company || ' ' || title || ' ' || content))) STORED
-- end
  );;
-- score is -1 while the lead is not analysed; grade is '' then. Both sides of the list's default order are in one index.
CREATE INDEX leads_list ON leads (score DESC, created_at DESC, id DESC) WHERE deleted_at IS NULL;;
CREATE INDEX leads_created ON leads (created_at DESC, id DESC) WHERE deleted_at IS NULL;;
CREATE INDEX leads_status ON leads (status, score DESC, created_at DESC, id DESC) WHERE deleted_at IS NULL;;
CREATE INDEX leads_grade ON leads (grade, score DESC, created_at DESC, id DESC) WHERE deleted_at IS NULL;;
CREATE INDEX leads_source ON leads (source, score DESC, created_at DESC, id DESC) WHERE deleted_at IS NULL;;
CREATE INDEX leads_owner ON leads (owner_id, score DESC, created_at DESC, id DESC) WHERE deleted_at IS NULL;;
CREATE INDEX leads_company ON leads (company_id) WHERE deleted_at IS NULL;;

-- only: sqlite
CREATE VIRTUAL TABLE leads_fts USING fts5 (name, company, title, content, content='leads', content_rowid='seq', tokenize='unicode61 remove_diacritics 2');;
CREATE TRIGGER leads_fts_in AFTER INSERT ON leads BEGIN
  INSERT INTO leads_fts (rowid, name, company, title, content) VALUES (new.seq, new.name, new.company, new.title, new.content);
END;;
CREATE TRIGGER leads_fts_out AFTER DELETE ON leads BEGIN
  INSERT INTO leads_fts (leads_fts, rowid, name, company, title, content) VALUES ('delete', old.seq, old.name, old.company, old.title, old.content);
END;;
CREATE TRIGGER leads_fts_change AFTER UPDATE OF name, company, title, content ON leads BEGIN
  INSERT INTO leads_fts (leads_fts, rowid, name, company, title, content) VALUES ('delete', old.seq, old.name, old.company, old.title, old.content);
  INSERT INTO leads_fts (rowid, name, company, title, content) VALUES (new.seq, new.name, new.company, new.title, new.content);
END;;
-- end
-- only: postgres
CREATE INDEX leads_search ON leads USING gin (search);;
CREATE INDEX leads_tags ON leads USING gin (tags jsonb_path_ops);;
-- end

-- kind: email | phone | linkedin | source (value = source NUL-free join of source and source_id). live is set to false with the lead's deletion.
CREATE TABLE lead_identities (
  id <uuid> PRIMARY KEY, lead_id <uuid> NOT NULL REFERENCES leads (id) ON DELETE CASCADE, kind TEXT NOT NULL, value TEXT NOT NULL,
  live <bool> NOT NULL DEFAULT <true>, created_at <time> NOT NULL);;
CREATE UNIQUE INDEX lead_identities_value ON lead_identities (kind, value) WHERE live;;
CREATE INDEX lead_identities_lead ON lead_identities (lead_id);;

CREATE TABLE imports (
  id <uuid> PRIMARY KEY, filename TEXT NOT NULL, path TEXT NOT NULL DEFAULT '', format TEXT NOT NULL DEFAULT '', encoding TEXT NOT NULL DEFAULT '',
  delimiter TEXT NOT NULL DEFAULT '', size BIGINT NOT NULL DEFAULT 0, sha256 TEXT NOT NULL DEFAULT '', status TEXT NOT NULL,
  mapping <json> NOT NULL, options <json> NOT NULL, rows_total INTEGER NOT NULL DEFAULT 0, next_row INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, duplicate INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0, warnings <json> NOT NULL, error TEXT NOT NULL DEFAULT '', lease_until <time>, lease_by TEXT NOT NULL DEFAULT '',
  created_by <uuid>, created_at <time> NOT NULL, started_at <time>, finished_at <time>, version INTEGER NOT NULL DEFAULT 1);;
CREATE INDEX imports_created ON imports (created_at DESC);;
CREATE TABLE import_rows (
  import_id <uuid> NOT NULL REFERENCES imports (id) ON DELETE CASCADE, row_no INTEGER NOT NULL,
  fate TEXT NOT NULL CHECK (fate IN ('created','updated','unchanged','duplicate','rejected')), lead_id <uuid>,
  col TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', raw TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (import_id, row_no));;
CREATE INDEX import_rows_fate ON import_rows (import_id, fate, row_no);;

CREATE TABLE lead_sightings (
  id <uuid> PRIMARY KEY, lead_id <uuid> NOT NULL REFERENCES leads (id) ON DELETE CASCADE, source TEXT NOT NULL, run_id <uuid>, import_id <uuid>,
  row_no INTEGER, raw_hash TEXT NOT NULL DEFAULT '', raw <json>, at <time> NOT NULL);;
CREATE INDEX lead_sightings_lead ON lead_sightings (lead_id, at);;

-- one row per field and sighting that gave it a value; current marks the one that stands in leads
CREATE TABLE field_provenance (
  id <uuid> PRIMARY KEY, lead_id <uuid> NOT NULL REFERENCES leads (id) ON DELETE CASCADE, field TEXT NOT NULL, value TEXT NOT NULL,
  source TEXT NOT NULL, sighting_id <uuid>, actor_id <uuid>, current <bool> NOT NULL DEFAULT <true>, at <time> NOT NULL);;
CREATE INDEX field_provenance_lead ON field_provenance (lead_id, field);;

CREATE TABLE batches (
  id <uuid> PRIMARY KEY, name TEXT NOT NULL, analyzer TEXT NOT NULL, model TEXT NOT NULL DEFAULT '', status TEXT NOT NULL, draft <bool> NOT NULL DEFAULT <false>,
  profile_name TEXT NOT NULL, profile_version INTEGER NOT NULL, total INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, cached INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0, qualified INTEGER NOT NULL DEFAULT 0, cost_micros BIGINT NOT NULL DEFAULT 0,
  currency TEXT NOT NULL DEFAULT 'USD', budget_micros BIGINT, grades <json> NOT NULL, options <json> NOT NULL, error TEXT NOT NULL DEFAULT '',
  created_by <uuid>, created_at <time> NOT NULL, started_at <time>, finished_at <time>, version INTEGER NOT NULL DEFAULT 1);;
CREATE INDEX batches_created ON batches (created_at DESC);;
CREATE TABLE batch_items (
  batch_id <uuid> NOT NULL REFERENCES batches (id) ON DELETE CASCADE, lead_id <uuid> NOT NULL REFERENCES leads (id) ON DELETE CASCADE, pos INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting','leased','done','failed','skipped')), attempts INTEGER NOT NULL DEFAULT 0,
  lease_by TEXT NOT NULL DEFAULT '', lease_until <time>, due_at <time>, analysis_id <uuid>, cached <bool> NOT NULL DEFAULT <false>, cost_micros BIGINT NOT NULL DEFAULT 0,
  code TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', finished_at <time>, PRIMARY KEY (batch_id, lead_id));;
CREATE INDEX batch_items_state ON batch_items (batch_id, state, pos);;
CREATE INDEX batch_items_finished ON batch_items (batch_id, finished_at DESC);;

CREATE TABLE analyses (
  id <uuid> PRIMARY KEY, lead_id <uuid> NOT NULL REFERENCES leads (id) ON DELETE CASCADE, batch_id <uuid>, analyzer TEXT NOT NULL, analyzer_version TEXT NOT NULL,
  model TEXT NOT NULL DEFAULT '', prompt_version TEXT NOT NULL DEFAULT '', profile_name TEXT NOT NULL, profile_version INTEGER NOT NULL, input_hash TEXT NOT NULL,
  evidence TEXT NOT NULL, urgency TEXT NOT NULL, authority TEXT NOT NULL, specificity INTEGER NOT NULL, fit TEXT NOT NULL, disqualifier TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '', unreadable <bool> NOT NULL DEFAULT <false>, reasoning TEXT NOT NULL DEFAULT '', claims <json> NOT NULL, breakdown <json> NOT NULL,
  dropped_claims INTEGER NOT NULL DEFAULT 0, score INTEGER NOT NULL, grade TEXT NOT NULL, score_version TEXT NOT NULL, tokens_in INTEGER NOT NULL DEFAULT 0,
  tokens_out INTEGER NOT NULL DEFAULT 0, cost_micros BIGINT NOT NULL DEFAULT 0, cached <bool> NOT NULL DEFAULT <false>, analyzed_at <time> NOT NULL);;
CREATE INDEX analyses_lead ON analyses (lead_id, analyzed_at DESC);;
CREATE UNIQUE INDEX analyses_batch_lead ON analyses (batch_id, lead_id) WHERE batch_id IS NOT NULL;;

CREATE TABLE analysis_corrections (
  id <uuid> PRIMARY KEY, analysis_id <uuid> NOT NULL REFERENCES analyses (id) ON DELETE CASCADE, claims_off <json> NOT NULL, score INTEGER NOT NULL, grade TEXT NOT NULL,
  actor_id <uuid>, at <time> NOT NULL);;

-- scope: day | month | batch; key: 2026-11-25, 2026-11, or the batch's id. limit_micros NULL = no ceiling.
CREATE TABLE budgets (
  scope TEXT NOT NULL, key TEXT NOT NULL, limit_micros BIGINT, spent_micros BIGINT NOT NULL DEFAULT 0, reserved_micros BIGINT NOT NULL DEFAULT 0,
  warned_at <time>, updated_at <time> NOT NULL, PRIMARY KEY (scope, key));;
CREATE TABLE budget_limits (scope TEXT PRIMARY KEY, limit_micros BIGINT, updated_by <uuid>, updated_at <time> NOT NULL);;
CREATE TABLE ledger_entries (
  id <uuid> PRIMARY KEY, call_id <uuid> NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('reserve','settle','release')), purpose TEXT NOT NULL, batch_id <uuid>, lead_id <uuid>,
  amount_micros BIGINT NOT NULL, currency TEXT NOT NULL, day TEXT NOT NULL, month TEXT NOT NULL, at <time> NOT NULL);;
CREATE UNIQUE INDEX ledger_entries_call ON ledger_entries (call_id, kind);;
CREATE INDEX ledger_entries_day ON ledger_entries (day);;

CREATE TABLE ai_calls (
  id <uuid> PRIMARY KEY, purpose TEXT NOT NULL, lead_id <uuid>, batch_id <uuid>, provider TEXT NOT NULL, model TEXT NOT NULL, prompt_version TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('reserved','done','failed','unknown')), reserved_micros BIGINT NOT NULL, cost_micros BIGINT NOT NULL DEFAULT 0,
  tokens_in INTEGER NOT NULL DEFAULT 0, tokens_out INTEGER NOT NULL DEFAULT 0, latency_ms INTEGER NOT NULL DEFAULT 0, attempt INTEGER NOT NULL DEFAULT 1,
  outcome TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT '', started_at <time> NOT NULL, finished_at <time>, lease_until <time>);;
CREATE INDEX ai_calls_state ON ai_calls (state, started_at);;
CREATE INDEX ai_calls_lead ON ai_calls (lead_id);;
CREATE TABLE ai_cache (key TEXT PRIMARY KEY, model TEXT NOT NULL, value <json> NOT NULL, tokens_in INTEGER NOT NULL DEFAULT 0, tokens_out INTEGER NOT NULL DEFAULT 0,
  created_at <time> NOT NULL, expires_at <time> NOT NULL);;
CREATE INDEX ai_cache_expires ON ai_cache (expires_at);;

CREATE TABLE templates (
  id <uuid> PRIMARY KEY, name TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, builtin <bool> NOT NULL DEFAULT <false>,
  created_by <uuid>, created_at <time> NOT NULL, updated_at <time> NOT NULL, deleted_at <time>, version INTEGER NOT NULL DEFAULT 1);;
CREATE UNIQUE INDEX templates_name ON templates (name) WHERE deleted_at IS NULL;;
CREATE TABLE messages (
  id <uuid> PRIMARY KEY, lead_id <uuid> NOT NULL REFERENCES leads (id) ON DELETE CASCADE, analysis_id <uuid>, template_id <uuid>, writer TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'draft', subject TEXT NOT NULL, body TEXT NOT NULL, variables <json> NOT NULL, edited_by <uuid>,
  created_at <time> NOT NULL, updated_at <time> NOT NULL, version INTEGER NOT NULL DEFAULT 1);;
CREATE UNIQUE INDEX messages_lead ON messages (lead_id);;
CREATE TABLE message_versions (
  message_id <uuid> NOT NULL REFERENCES messages (id) ON DELETE CASCADE, version INTEGER NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, writer TEXT NOT NULL,
  edited_by <uuid>, at <time> NOT NULL, PRIMARY KEY (message_id, version));;

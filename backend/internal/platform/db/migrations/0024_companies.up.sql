-- A merged company stays as a tombstone: deleted_at is set, and merged_into names the company that it went into.
ALTER TABLE companies ADD COLUMN merged_into <uuid>;;
CREATE INDEX companies_merged_into ON companies (merged_into) WHERE merged_into IS NOT NULL;;
CREATE INDEX companies_tombs ON companies (name_key) WHERE merged_into IS NOT NULL;;
CREATE INDEX companies_domain ON companies (domain) WHERE domain <> '' AND deleted_at IS NULL;;

-- The keys under which a company is found by those that may be the same.
-- only: sqlite
CREATE TABLE company_keys (hash BIGINT NOT NULL, company_id TEXT NOT NULL REFERENCES companies (id) ON DELETE CASCADE, PRIMARY KEY (hash, company_id)) WITHOUT ROWID;;
-- end
-- only: postgres
CREATE TABLE company_keys (hash BIGINT NOT NULL, company_id uuid NOT NULL REFERENCES companies (id) ON DELETE CASCADE, PRIMARY KEY (hash, company_id));;
-- end
CREATE INDEX company_keys_company ON company_keys (company_id);;

-- Two companies that may be the same, with what speaks for it. A verdict stays when the pair is found again.
CREATE TABLE company_pairs (
  id <uuid> PRIMARY KEY, company_a <uuid> NOT NULL REFERENCES companies (id) ON DELETE CASCADE, company_b <uuid> NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
  score DOUBLE PRECISION NOT NULL, weights <json> NOT NULL, model TEXT NOT NULL DEFAULT '', held <bool> NOT NULL DEFAULT <false>,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','different','merged','skipped')), judged_by <uuid>, judged_at <time>,
  created_at <time> NOT NULL, updated_at <time> NOT NULL, version INTEGER NOT NULL DEFAULT 1, CHECK (company_a < company_b));;
CREATE UNIQUE INDEX company_pairs_companies ON company_pairs (company_a, company_b);;
CREATE INDEX company_pairs_b ON company_pairs (company_b);;
CREATE INDEX company_pairs_queue ON company_pairs (state, score DESC, id DESC);;

-- Merges of companies, and the leads that went along.
CREATE TABLE company_merges (
  id <uuid> PRIMARY KEY, survivor_id <uuid> NOT NULL REFERENCES companies (id) ON DELETE CASCADE, merged_id <uuid> NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('done','undone')), automatic <bool> NOT NULL DEFAULT <false>, pair_id <uuid>, leads INTEGER NOT NULL DEFAULT 0,
  actor_id <uuid>, created_at <time> NOT NULL, undone_at <time>, undone_by <uuid>);;
CREATE INDEX company_merges_created ON company_merges (created_at DESC, id DESC);;
CREATE INDEX company_merges_merged ON company_merges (merged_id);;
CREATE TABLE company_merge_leads (
  merge_id <uuid> NOT NULL REFERENCES company_merges (id) ON DELETE CASCADE, lead_id <uuid> NOT NULL REFERENCES leads (id) ON DELETE CASCADE, PRIMARY KEY (merge_id, lead_id));;
CREATE INDEX company_merge_leads_lead ON company_merge_leads (lead_id);;

-- A merged lead stays as a tombstone: deleted_at is set, and merged_into names the lead that it went into.
ALTER TABLE leads ADD COLUMN merged_into <uuid>;;
CREATE INDEX leads_merged_into ON leads (merged_into) WHERE merged_into IS NOT NULL;;

-- What hangs on a lead moves with a merge and remembers its first lead; NULL: the one that holds it now.
ALTER TABLE lead_identities ADD COLUMN first_lead_id <uuid>;;
ALTER TABLE lead_sightings ADD COLUMN first_lead_id <uuid>;;
ALTER TABLE field_provenance ADD COLUMN first_lead_id <uuid>;;
ALTER TABLE lead_change_items ADD COLUMN first_lead_id <uuid>;;
ALTER TABLE batch_items ADD COLUMN first_lead_id <uuid>;;
ALTER TABLE analyses ADD COLUMN first_lead_id <uuid>;;
DROP INDEX analyses_batch_lead;;
CREATE UNIQUE INDEX analyses_batch_lead ON analyses (batch_id, (COALESCE(first_lead_id, lead_id))) WHERE batch_id IS NOT NULL;;
-- One message of a lead stands; those that came with merged leads are set aside.
ALTER TABLE messages ADD COLUMN first_lead_id <uuid>;;
ALTER TABLE messages ADD COLUMN aside <bool> NOT NULL DEFAULT <false>;;
DROP INDEX messages_lead;;
CREATE UNIQUE INDEX messages_lead ON messages (lead_id) WHERE NOT aside;;
CREATE INDEX messages_all ON messages (lead_id);;

-- pos: place among what happened to the survivor, edits included. choices: per field, whose value is preferred. undo: what
-- the undoing decided, for doing it again.
CREATE TABLE merges (
  id <uuid> PRIMARY KEY, survivor_id <uuid> NOT NULL REFERENCES leads (id) ON DELETE CASCADE, pos INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('done','undone')), rule TEXT NOT NULL DEFAULT '', choices <json> NOT NULL, fields <json> NOT NULL,
  redo_of <uuid>, actor_id <uuid>, created_at <time> NOT NULL, undone_at <time>, undone_by <uuid>, undo <json> NOT NULL);;
CREATE INDEX merges_survivor ON merges (survivor_id, pos);;
-- before: what the lead held just before, field by field; the survivor has an item too.
CREATE TABLE merge_items (
  merge_id <uuid> NOT NULL REFERENCES merges (id) ON DELETE CASCADE, lead_id <uuid> NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  pos INTEGER NOT NULL, version INTEGER NOT NULL, before <json> NOT NULL, PRIMARY KEY (merge_id, lead_id));;
CREATE INDEX merge_items_lead ON merge_items (lead_id);;
-- While a lead stands for others: what it holds of its own, what the merges made it show, whose each shown value is, and
-- what was changed since.
CREATE TABLE merge_survivors (
  lead_id <uuid> PRIMARY KEY REFERENCES leads (id) ON DELETE CASCADE, own <json> NOT NULL, shown <json> NOT NULL, sources <json> NOT NULL, edits <json> NOT NULL);;

-- Two leads that may be the same, with what speaks for it. A verdict stays when the pair is found again.
CREATE TABLE duplicate_pairs (
  id <uuid> PRIMARY KEY, lead_a <uuid> NOT NULL REFERENCES leads (id) ON DELETE CASCADE, lead_b <uuid> NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  score DOUBLE PRECISION NOT NULL, weights <json> NOT NULL, model TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','different','merged','skipped')), judged_by <uuid>, judged_at <time>,
  created_at <time> NOT NULL, updated_at <time> NOT NULL, version INTEGER NOT NULL DEFAULT 1, CHECK (lead_a < lead_b));;
CREATE UNIQUE INDEX duplicate_pairs_leads ON duplicate_pairs (lead_a, lead_b);;
CREATE INDEX duplicate_pairs_b ON duplicate_pairs (lead_b);;
CREATE INDEX duplicate_pairs_queue ON duplicate_pairs (state, score DESC, id DESC);;

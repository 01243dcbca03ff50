-- A saved view belongs to who made it; a shared one outlives its owner.
CREATE TABLE saved_views (
  id <uuid> PRIMARY KEY, owner_id <uuid> REFERENCES users (id) ON DELETE SET NULL, shared <bool> NOT NULL DEFAULT <false>, name TEXT NOT NULL,
  filter TEXT NOT NULL DEFAULT '', search TEXT NOT NULL DEFAULT '', sort TEXT NOT NULL DEFAULT '', mode TEXT NOT NULL CHECK (mode IN ('table','cards')),
  columns <json> NOT NULL, position INTEGER NOT NULL DEFAULT 0, created_at <time> NOT NULL, updated_at <time> NOT NULL, version INTEGER NOT NULL DEFAULT 1);;
CREATE UNIQUE INDEX saved_views_owner_name ON saved_views (owner_id, name);;

-- A change of many leads at once, kept for a while so that it can be undone: what each lead had before and was given.
CREATE TABLE lead_changes (
  id <uuid> PRIMARY KEY, actor_id <uuid> REFERENCES users (id) ON DELETE SET NULL, action TEXT NOT NULL, created_at <time> NOT NULL, undone_at <time>);;
CREATE INDEX lead_changes_created ON lead_changes (created_at);;
CREATE TABLE lead_change_items (
  change_id <uuid> NOT NULL REFERENCES lead_changes (id) ON DELETE CASCADE, lead_id <uuid> NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  version INTEGER NOT NULL, before <json> NOT NULL, after <json> NOT NULL, PRIMARY KEY (change_id, lead_id));;
CREATE INDEX lead_change_items_lead ON lead_change_items (lead_id);;

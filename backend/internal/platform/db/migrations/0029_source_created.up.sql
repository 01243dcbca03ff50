-- "What came from this source lately", sorted by age, is read and counted from the index alone. PostgreSQL is quick enough
-- without, and every index costs it a twentieth of what it imports a second.
-- only: sqlite
CREATE INDEX leads_source_created ON leads (source, created_at DESC, id DESC, archived_at) WHERE deleted_at IS NULL;;
-- end

-- Counts of filtered lists read this index alone instead of the leads themselves.
CREATE INDEX leads_facets ON leads (status, source, grade, country, owner_id, score, created_at) WHERE deleted_at IS NULL;;

-- Nobody runs ANALYZE on the built-in database, and without figures SQLite takes every "=" for rare. These are typical ones:
-- rows in all, then rows per value of the first column, of the first two, and so on.
-- only: sqlite
ANALYZE leads_name;;
DELETE FROM sqlite_stat1 WHERE tbl = 'leads';;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('leads', 'leads_list', '100000 1000 2 1'), ('leads', 'leads_created', '100000 2 1'),
  ('leads', 'leads_status', '100000 15000 300 2 1'), ('leads', 'leads_grade', '100000 16000 1000 2 1'),
  ('leads', 'leads_source', '100000 20000 400 2 1'), ('leads', 'leads_owner', '100000 20000 400 2 1'),
  ('leads', 'leads_company', '100000 3'), ('leads', 'leads_name', '100000 2 1'), ('leads', 'leads_company_name', '100000 3 1'),
  ('leads', 'leads_activity', '100000 2 1'), ('leads', 'leads_grade_rank', '100000 16000 1'),
  ('leads', 'sqlite_autoindex_leads_1', '100000 1'), ('leads', 'leads_facets', '100000 15000 3000 600 150 100 10 1');;
-- end

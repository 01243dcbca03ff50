-- only: sqlite
DELETE FROM sqlite_stat1 WHERE tbl = 'leads';;
-- end
DROP INDEX leads_facets;;

-- only: sqlite
DROP INDEX leads_source_created;;
-- end

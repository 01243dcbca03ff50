-- only: postgres
DROP INDEX leads_search;;
ALTER TABLE leads DROP COLUMN search;;
ALTER TABLE leads ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', winnow_fold(name || ' ' || company || ' ' || title || ' ' || content))) STORED;;
CREATE INDEX leads_search ON leads USING gin (search);;
-- end
DROP INDEX leads_grade_rank;;
DROP INDEX leads_activity;;
DROP INDEX leads_company_name;;
DROP INDEX leads_name;;

-- only: sqlite
DROP TABLE leads_fts;;
CREATE VIRTUAL TABLE leads_fts USING fts5 (name, company, title, content, content='leads', content_rowid='seq', tokenize='unicode61 remove_diacritics 2');;
INSERT INTO leads_fts (leads_fts) VALUES ('rebuild');;
-- end
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

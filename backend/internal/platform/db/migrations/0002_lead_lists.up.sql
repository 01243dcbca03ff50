-- Orders of the lead list beside the default one. The expression must read as in lead/sort.go.
CREATE INDEX leads_name ON leads (name, id) WHERE deleted_at IS NULL;;
CREATE INDEX leads_company_name ON leads (company, id) WHERE deleted_at IS NULL;;
CREATE INDEX leads_activity ON leads (last_activity_at, id) WHERE deleted_at IS NULL;;
CREATE INDEX leads_grade_rank ON leads ((CASE grade WHEN 'A+' THEN 5 WHEN 'A' THEN 4 WHEN 'B' THEN 3 WHEN 'C' THEN 2 WHEN 'D' THEN 1 ELSE 0 END), id)
  WHERE deleted_at IS NULL;;

-- PostgreSQL's parser keeps e-mail addresses, links and hyphenated words whole; SQLite's splits them. Split them here too,
-- so that a search finds the same on both.
-- only: postgres
DROP INDEX leads_search;;
ALTER TABLE leads DROP COLUMN search;;
ALTER TABLE leads ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple',
  translate(winnow_fold(name || ' ' || company || ' ' || title || ' ' || content), '@./\-_:+,;''’&#=?%~', '                   '))) STORED;;
CREATE INDEX leads_search ON leads USING gin (search);;
-- end

-- A search needs to know only which rows hold a word: detail=none makes the index a third as large and quicker to write,
-- and the index of three-letter beginnings makes searching while typing as quick as whole words.
-- only: sqlite
DROP TABLE leads_fts;;
CREATE VIRTUAL TABLE leads_fts USING fts5 (name, company, title, content, content='leads', content_rowid='seq',
  tokenize='unicode61 remove_diacritics 2', detail=none, prefix='3');;
INSERT INTO leads_fts (leads_fts) VALUES ('rebuild');;
-- end

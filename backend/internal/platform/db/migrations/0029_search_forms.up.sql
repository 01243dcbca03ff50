-- The words that the full-text index holds. A search for beginnings asks first which words there are, since reading the
-- rows of a few words is five times as quick as having SQLite merge those of a beginning.
-- only: sqlite
CREATE VIRTUAL TABLE leads_vocab USING fts5vocab (leads_fts, row);;
-- end

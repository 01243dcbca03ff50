-- How far each reader of the event log has come that keeps something up to date from it.
CREATE TABLE event_followers (name TEXT PRIMARY KEY, seq BIGINT NOT NULL DEFAULT 0);;

-- The words of leads' names, companies, titles and texts, folded, and the parts by which they are found: what a misspelt search is mended by.
-- only: sqlite
CREATE TABLE search_words (word TEXT PRIMARY KEY) WITHOUT ROWID;;
CREATE TABLE search_parts (part TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (part, word)) WITHOUT ROWID;;
-- end
-- only: postgres
CREATE TABLE search_words (word TEXT COLLATE "C" PRIMARY KEY);;
CREATE TABLE search_parts (part TEXT COLLATE "C" NOT NULL, word TEXT COLLATE "C" NOT NULL, PRIMARY KEY (part, word));;
-- end

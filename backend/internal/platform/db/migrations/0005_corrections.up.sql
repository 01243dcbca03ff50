-- One correction an analysis, with why and the score taken apart.
ALTER TABLE analysis_corrections ADD COLUMN note TEXT NOT NULL DEFAULT '';;
ALTER TABLE analysis_corrections ADD COLUMN breakdown <json> NOT NULL DEFAULT '{}';;
CREATE UNIQUE INDEX analysis_corrections_analysis ON analysis_corrections (analysis_id);;

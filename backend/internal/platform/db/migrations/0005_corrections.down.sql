DROP INDEX analysis_corrections_analysis;;
ALTER TABLE analysis_corrections DROP COLUMN breakdown;;
ALTER TABLE analysis_corrections DROP COLUMN note;;

DROP TABLE source_raws;;
DROP TABLE source_runs;;
DROP TABLE sources;;

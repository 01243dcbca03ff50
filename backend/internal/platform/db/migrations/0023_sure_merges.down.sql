ALTER TABLE duplicate_pairs DROP COLUMN held;;
DROP INDEX merges_automatic;;
ALTER TABLE merges DROP COLUMN pair_id;;
ALTER TABLE merges DROP COLUMN automatic;;

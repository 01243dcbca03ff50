-- Merges that the product made by itself: of which pair.
ALTER TABLE merges ADD COLUMN automatic <bool> NOT NULL DEFAULT <false>;;
ALTER TABLE merges ADD COLUMN pair_id <uuid>;;
CREATE INDEX merges_automatic ON merges (created_at DESC, id DESC) WHERE automatic;;
-- held: why a pair is left to people, however sure; '' when nothing holds it.
ALTER TABLE duplicate_pairs ADD COLUMN held TEXT NOT NULL DEFAULT '';;

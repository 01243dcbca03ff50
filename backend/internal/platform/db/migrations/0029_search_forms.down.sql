-- only: sqlite
DROP TABLE leads_vocab;;
-- end

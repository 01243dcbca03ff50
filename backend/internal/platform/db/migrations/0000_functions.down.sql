-- only: postgres
DROP FUNCTION winnow_fold(text);;
-- end

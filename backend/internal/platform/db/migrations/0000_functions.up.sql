-- only: postgres
CREATE EXTENSION IF NOT EXISTS unaccent;;
CREATE FUNCTION winnow_fold(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, t) $$;;
-- end

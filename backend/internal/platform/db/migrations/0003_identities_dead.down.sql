DROP INDEX IF EXISTS lead_identities_dead;;

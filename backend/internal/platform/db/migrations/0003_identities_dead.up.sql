-- Identities of deleted leads, so that an import finds whom it brings back.
CREATE INDEX lead_identities_dead ON lead_identities (kind, value) WHERE NOT live;;

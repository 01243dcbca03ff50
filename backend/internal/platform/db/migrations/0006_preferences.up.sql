-- How a person likes the app to look: theme, density, language, time zone. Keys that are not there take their defaults.
ALTER TABLE users ADD COLUMN preferences <json> NOT NULL DEFAULT '{}';;

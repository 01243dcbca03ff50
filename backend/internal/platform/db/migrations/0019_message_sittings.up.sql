-- A version that its person still types at: text that saves itself goes into it until the sitting is over.
ALTER TABLE message_versions ADD COLUMN sitting BOOLEAN NOT NULL DEFAULT FALSE;;

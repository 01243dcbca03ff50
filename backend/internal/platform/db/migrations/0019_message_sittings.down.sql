ALTER TABLE message_versions DROP COLUMN sitting;;

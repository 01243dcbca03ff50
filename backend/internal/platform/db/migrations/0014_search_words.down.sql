DROP TABLE search_parts;;
DROP TABLE search_words;;
DROP TABLE event_followers;;

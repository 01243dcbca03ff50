DROP TABLE lead_change_items;;
DROP TABLE lead_changes;;
DROP TABLE saved_views;;

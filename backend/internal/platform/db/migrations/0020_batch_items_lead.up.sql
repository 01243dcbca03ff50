-- Merging and erasing a lead ask for its places in batches.
CREATE INDEX batch_items_lead ON batch_items (lead_id);;

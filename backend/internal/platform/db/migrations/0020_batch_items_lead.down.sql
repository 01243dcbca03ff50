DROP INDEX batch_items_lead;;

DROP TABLE company_merge_leads;;
DROP TABLE company_merges;;
DROP TABLE company_pairs;;
DROP TABLE company_keys;;
DROP INDEX companies_domain;;
DROP INDEX companies_tombs;;
DROP INDEX companies_merged_into;;
ALTER TABLE companies DROP COLUMN merged_into;;

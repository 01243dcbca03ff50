package company

import (
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/lead"
)

// ByKeys finds the companies of names, by the names' keys: the live one, or the one that stands for a merged one now.
func ByKeys(tx *gorm.DB, keys []string) (map[string]string, error) {
	out := make(map[string]string, len(keys))
	const most = 1000
	for start := 0; start < len(keys); start += most {
		var rows []lead.Company
		err := tx.Select("id", "name_key", "merged_into").Where("name_key IN ? AND (deleted_at IS NULL OR merged_into IS NOT NULL)", keys[start:min(start+most, len(keys))]).
			Order("created_at, id").Find(&rows).Error
		if err != nil {
			return nil, fmt.Errorf("look for companies: %w", err)
		}
		for _, c := range rows {
			if c.MergedInto == nil {
				out[c.NameKey] = c.ID
			}
		}
		for _, c := range rows {
			if out[c.NameKey] != "" {
				continue
			}
			root, err := Root(tx, c.ID)
			if err != nil {
				return nil, err
			}
			out[c.NameKey] = root
		}
	}
	return out, nil
}

// ByDomains finds the live companies of sites; of a site that several have there is none.
func ByDomains(tx *gorm.DB, domains []string) (map[string]lead.Company, error) {
	out := map[string]lead.Company{}
	twice := map[string]bool{}
	const most = 1000
	for start := 0; start < len(domains); start += most {
		var rows []lead.Company
		err := tx.Select("id", "name_key", "domain").Where("domain IN ? AND domain <> '' AND deleted_at IS NULL", domains[start:min(start+most, len(domains))]).Find(&rows).Error
		if err != nil {
			return nil, fmt.Errorf("look for companies by site: %w", err)
		}
		for _, c := range rows {
			if _, again := out[c.Domain]; again {
				twice[c.Domain] = true
			}
			out[c.Domain] = c
		}
	}
	for d := range twice {
		delete(out, d)
	}
	return out, nil
}

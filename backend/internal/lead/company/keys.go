package company

import (
	"fmt"
	"slices"

	"gorm.io/gorm"

	"winnow/backend/internal/lead"
)

// anyMerged reports whether any company ever went into another. Asking that first spares imports a question with hundreds
// of names in workspaces where none did.
func anyMerged(tx *gorm.DB) (bool, error) {
	var ids []string
	if err := tx.Model(&lead.Company{}).Unscoped().Where("merged_into IS NOT NULL").Limit(1).Pluck("id", &ids).Error; err != nil {
		return false, fmt.Errorf("look for merged companies: %w", err)
	}
	return len(ids) > 0, nil
}

// ByKeys finds the companies of names, by the names' keys: the live one, or the one that stands for a merged one now. Two
// queries, since each has an index of its own.
func ByKeys(tx *gorm.DB, keys []string) (map[string]string, error) {
	out := make(map[string]string, len(keys))
	for chunk := range slices.Chunk(keys, perQuery) {
		var live, gone []lead.Company
		if err := tx.Select("id", "name_key").Where("name_key IN ? AND deleted_at IS NULL", chunk).Find(&live).Error; err != nil {
			return nil, fmt.Errorf("look for companies: %w", err)
		}
		for _, c := range live {
			out[c.NameKey] = c.ID
		}
		missing := slices.DeleteFunc(slices.Clone(chunk), func(k string) bool { return out[k] != "" })
		if len(missing) == 0 {
			continue
		}
		if some, err := anyMerged(tx); err != nil {
			return nil, err
		} else if !some {
			continue
		}
		if err := tx.Select("id", "name_key").Where("name_key IN ? AND merged_into IS NOT NULL", missing).Order("created_at, id").Find(&gone).Error; err != nil {
			return nil, fmt.Errorf("look for merged companies: %w", err)
		}
		for _, c := range gone {
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

// perQuery bounds the values of one query.
const perQuery = 1000

// ByDomains finds the live companies of sites; of a site that several have there is none.
func ByDomains(tx *gorm.DB, domains []string) (map[string]lead.Company, error) {
	out := map[string]lead.Company{}
	twice := map[string]bool{}
	for chunk := range slices.Chunk(domains, perQuery) {
		var rows []lead.Company
		err := tx.Select("id", "name_key", "domain").Where("domain IN ? AND domain <> '' AND deleted_at IS NULL", chunk).Find(&rows).Error
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

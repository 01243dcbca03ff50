package intake

import (
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/id"
	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// companyIDs finds live companies by their keys.
func companyIDs(tx *gorm.DB, dialect db.Dialect, keys []string) (map[string]string, error) {
	var rows []lead.Company
	if err := among(tx.Select("id", "name_key").Where("deleted_at IS NULL"), dialect, "name_key", keys).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make(map[string]string, len(rows))
	for _, r := range rows {
		out[r.NameKey] = r.ID
	}
	return out, nil
}

// newCompany takes what the first lead of a firm says about it. The domain comes from its web address only where
// that is no post: a post's address belongs to the network.
func newCompany(key string, l *lead.Lead, now time.Time) lead.Company {
	c := lead.Company{ID: id.New(), Name: l.Company, NameKey: key, Industry: l.Industry, Country: l.Country, Size: l.CompanySize, CreatedAt: now, UpdatedAt: now, Version: 1}
	if l.Content == "" {
		c.Domain = normalise.Domain(l.URL)
	}
	return c
}

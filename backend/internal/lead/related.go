package lead

import (
	"context"
	"fmt"

	"gorm.io/gorm"
)

// Related lists other leads of a lead's company that the viewer may see, best first, at most limit (0 = 50). A lead
// without a company has none. Faults: NotFound, Invalid for the limit.
func (s *Store) Related(ctx context.Context, leadID string, limit int) ([]Lead, error) {
	limit, err := checkLimit(limit)
	if err != nil {
		return nil, err
	}
	read := s.db.Read.WithContext(ctx)
	l, err := get(ctx, read, leadID)
	if err != nil {
		return nil, err
	}
	q := visible(ctx, read.Session(&gorm.Session{QueryFields: true})).Where("leads.id <> ?", l.ID)
	switch {
	case l.CompanyID != nil:
		q = q.Where("(leads.company_id = ? OR (leads.company = ? AND leads.company <> ''))", *l.CompanyID, l.Company)
	case l.Company != "":
		q = q.Where("leads.company = ?", l.Company)
	default:
		return nil, nil
	}
	var out []Lead
	if err := q.Order("leads.score DESC, leads.id").Limit(limit).Find(&out).Error; err != nil {
		return nil, fmt.Errorf("list related leads: %w", err)
	}
	return out, nil
}

package firm

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/id"
	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/company"
)

// Follower keeps companies up to date with their leads.
func (s *Service) Follower() event.Follower {
	return event.Follower{
		Name: "firms",
		Wants: func(typ string) bool {
			return slices.Contains([]string{"lead.found", "lead.updated", "lead.restored", "lead.unmerged", company.EventMerged, company.EventUnmerged}, typ)
		},
		Do: s.follow,
	}
}

func (s *Service) follow(ctx context.Context, tx *gorm.DB, evs []event.Event) error {
	var leads, firms, renamed []string
	for _, e := range evs {
		if e.SubjectKind == company.EventKind {
			firms = append(firms, e.SubjectID)
			continue
		}
		leads = append(leads, e.SubjectID)
		if names(e.Data["fields"], "company") {
			renamed = append(renamed, e.SubjectID)
		}
	}
	of, err := s.belong(tx, leads, renamed)
	if err != nil {
		return err
	}
	return s.Look(ctx, tx, append(firms, of...))
}

// names reports whether an event's list of fields has one.
func names(fields any, one string) bool {
	switch list := fields.(type) {
	case []string:
		return slices.Contains(list, one)
	case []any:
		return slices.Contains(list, any(one))
	}
	return false
}

// belong joins leads to the companies that stand for theirs now, and answers these. A lead whose company was written anew
// goes to the one of that name.
func (s *Service) belong(tx *gorm.DB, ids, renamed []string) ([]string, error) {
	slices.Sort(ids)
	var rows []lead.Lead
	if err := tx.Select("id", "company", "company_id").Where("id IN ?", slices.Compact(ids)).Order("id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read leads of companies: %w", err)
	}
	var out []string
	for i := range rows {
		l := &rows[i]
		to, err := s.companyOf(tx, l, slices.Contains(renamed, l.ID))
		if err != nil {
			return nil, err
		}
		if to == "" {
			continue
		}
		out = append(out, to)
		if l.CompanyID != nil && *l.CompanyID == to {
			continue
		}
		if err := tx.Model(&lead.Lead{}).Where("id = ?", l.ID).UpdateColumn("company_id", to).Error; err != nil {
			return nil, fmt.Errorf("join a lead to its company: %w", err)
		}
	}
	return out, nil
}

// companyOf is the live company of a lead, "" when it has none.
func (s *Service) companyOf(tx *gorm.DB, l *lead.Lead, renamed bool) (string, error) {
	key := normalise.CompanyKey(l.Company)
	if l.CompanyID != nil && (!renamed || key == "") {
		return company.Root(tx, *l.CompanyID)
	}
	if key == "" {
		return "", nil
	}
	known, err := company.ByKeys(tx, []string{key})
	if err != nil || known[key] != "" {
		return known[key], err
	}
	now := s.Clock.Now()
	c := lead.Company{ID: id.New(), Name: l.Company, NameKey: key, CreatedAt: now, UpdatedAt: now, Version: 1}
	if err := tx.Create(&c).Error; err != nil {
		return "", fmt.Errorf("store company: %w", err)
	}
	return c.ID, nil
}

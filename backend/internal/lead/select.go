package lead

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/id"
)

// idsPerQuery keeps an IN list well below either database's bound of parameters.
const idsPerQuery = 1000

// SelectIDs answers the ids of the leads that the viewer may see among ids (in that order, without twins), or, when ids
// is empty, that meet the filter and search in the list's default order; at most limit. Faults: Invalid.
func (s *Store) SelectIDs(ctx context.Context, ids []string, filterText, q string, limit int) ([]string, error) {
	if len(ids) > 0 {
		return s.visibleOf(ctx, ids, limit)
	}
	c, err := s.criteria(ctx, filterText, q)
	if err != nil {
		return nil, err
	}
	order, err := parseSort("")
	if err != nil {
		return nil, err
	}
	var out []string
	rows := s.scope(ctx, s.db.Read.WithContext(ctx).Model(&Lead{}), c).Clauses(clause.OrderBy{Expression: order}).Limit(limit)
	if err := rows.Pluck("leads.id", &out).Error; err != nil {
		return nil, fmt.Errorf("select leads: %w", err)
	}
	return out, nil
}

func (s *Store) visibleOf(ctx context.Context, ids []string, limit int) ([]string, error) {
	known := map[string]bool{}
	for part := range chunks(ids) {
		var found []string
		if err := visible(ctx, s.db.Read.WithContext(ctx).Model(&Lead{})).Where("leads.id IN ?", part).Pluck("leads.id", &found).Error; err != nil {
			return nil, fmt.Errorf("select leads: %w", err)
		}
		for _, f := range found {
			known[f] = true
		}
	}
	out := make([]string, 0, min(len(ids), limit))
	for _, i := range ids {
		if known[i] && len(out) < limit {
			out = append(out, i)
			known[i] = false
		}
	}
	return out, nil
}

// ByIDs reads the live leads among ids that the viewer may see, in no particular order.
func (s *Store) ByIDs(ctx context.Context, ids []string) ([]Lead, error) {
	out := make([]Lead, 0, len(ids))
	q := s.db.Read.WithContext(ctx).Session(&gorm.Session{QueryFields: true})
	for part := range chunks(ids) {
		var found []Lead
		if err := visible(ctx, q).Where("leads.id IN ?", part).Find(&found).Error; err != nil {
			return nil, fmt.Errorf("read leads: %w", err)
		}
		out = append(out, found...)
	}
	return out, nil
}

// chunks yields the well-formed ids in parts of at most idsPerQuery; PostgreSQL would refuse any other text as a uuid.
func chunks(ids []string) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		part := make([]string, 0, min(len(ids), idsPerQuery))
		for _, i := range ids {
			if !id.Valid(i) {
				continue
			}
			if part = append(part, i); len(part) == idsPerQuery {
				if !yield(part) {
					return
				}
				part = part[:0]
			}
		}
		if len(part) > 0 {
			yield(part)
		}
	}
}

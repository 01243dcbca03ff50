package lead

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/id"
)

// idsPerQuery bounds the ids of one statement; SQLite takes at most 32,766 values.
const idsPerQuery = 1000

// place is a lead's id and what DefaultSort looks at.
type place struct {
	ID        string
	Score     int
	CreatedAt time.Time
}

func byDefaultSort(a, b place) int {
	if a.Score != b.Score {
		return b.Score - a.Score
	}
	if c := b.CreatedAt.Compare(a.CreatedAt); c != 0 {
		return c
	}
	return strings.Compare(b.ID, a.ID)
}

// SelectIDs answers the ids of the leads that the viewer may see out of ids, or, when ids is empty, of those that meet
// the filter and the search (all, when these are empty too); at most limit, in the list's default order. Fault: Invalid.
func (s *Store) SelectIDs(ctx context.Context, ids []string, filterText, q string, limit int) ([]string, error) {
	if len(ids) > 0 {
		return s.visibleOf(ctx, ids, limit)
	}
	c, err := s.criteria(ctx, filterText, q)
	if err != nil {
		return nil, err
	}
	order, err := parseSort(DefaultSort)
	if err != nil {
		return nil, err
	}
	var out []string
	err = s.scope(ctx, s.db.Read.WithContext(ctx).Model(&Lead{}), c).Clauses(clause.OrderBy{Expression: order}).
		Limit(limit).Pluck("id", &out).Error
	if err != nil {
		return nil, fmt.Errorf("select leads: %w", err)
	}
	return out, nil
}

func (s *Store) visibleOf(ctx context.Context, ids []string, limit int) ([]string, error) {
	var found []place
	err := inChunks(ids, func(chunk []string) error {
		var some []place
		q := visible(ctx, s.db.Read.WithContext(ctx).Model(&Lead{}))
		err := q.Where("leads.id IN ?", chunk).Select("id", "score", "created_at").Find(&some).Error
		found = append(found, some...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("select leads: %w", err)
	}
	slices.SortFunc(found, byDefaultSort)
	var out []string
	for _, p := range found[:min(limit, len(found))] {
		out = append(out, p.ID)
	}
	return out, nil
}

// inChunks calls f with the valid ones of ids, each once, a bounded number at a time.
func inChunks(ids []string, f func(chunk []string) error) error {
	seen := make(map[string]bool, len(ids))
	var valid []string
	for _, v := range ids {
		if id.Valid(v) && !seen[v] {
			seen[v] = true
			valid = append(valid, v)
		}
	}
	for chunk := range slices.Chunk(valid, idsPerQuery) {
		if err := f(chunk); err != nil {
			return err
		}
	}
	return nil
}

// ByIDs reads the live leads among ids that the viewer may see, in the order of ids; the others are left out.
func (s *Store) ByIDs(ctx context.Context, ids []string) ([]Lead, error) {
	found := make(map[string]Lead, len(ids))
	read := s.db.Read.WithContext(ctx).Session(&gorm.Session{QueryFields: true})
	err := inChunks(ids, func(chunk []string) error {
		var some []Lead
		err := visible(ctx, read.Model(&Lead{})).Where("leads.id IN ?", chunk).Find(&some).Error
		for _, l := range some {
			found[l.ID] = l
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read leads: %w", err)
	}
	out := make([]Lead, 0, len(found))
	for _, v := range ids {
		if l, ok := found[v]; ok {
			out = append(out, l)
			delete(found, v)
		}
	}
	return out, nil
}

package duplicate

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/platform/db"
)

// EventJudged tells of a verdict, once for each lead of the pair. Data: pair_id, other (lead), state.
const EventJudged = "duplicate.judged"

// Events is what this room needs of the event log.
type Events interface {
	Append(tx *gorm.DB, evs ...event.Event) error
}

// Merges is what this room needs of merging.
type Merges interface {
	Merge(ctx context.Context, r merging.Request) (merging.Outcome, error)
}

// Service keeps pairs.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	events Events
	merges Merges
	auto   Auto
}

// New makes the service.
func New(d *db.DB, c clock.Clock, events Events, merges Merges) *Service {
	return &Service{db: d, clock: c, events: events, merges: merges}
}

func notFound() error {
	return fault.New(fault.NotFound, "duplicate_not_found", "There is no such pair, or one of its leads belongs to somebody else.")
}

// pairs is a query over the pairs whose leads the viewer may see, both of them; live also leaves out those of which a lead
// is deleted or merged.
func (s *Service) pairs(ctx context.Context, q *gorm.DB, live bool) *gorm.DB {
	q = q.Table("duplicate_pairs AS p").Joins("JOIN leads a ON a.id = p.lead_a").Joins("JOIN leads b ON b.id = p.lead_b")
	if live {
		q = q.Where("a.deleted_at IS NULL AND b.deleted_at IS NULL")
	}
	all, user := account.Rows(ctx)
	switch {
	case all:
		return q
	case user == "":
		return q.Where("1 = 0")
	}
	return q.Where("(a.owner_id = ? OR a.owner_id IS NULL) AND (b.owner_id = ? OR b.owner_id IS NULL)", user, user)
}

// with reads the leads of pairs, tombstones too.
func (s *Service) with(q *gorm.DB, ps []Pair) ([]Both, error) {
	ids := make([]string, 0, 2*len(ps))
	for _, p := range ps {
		ids = append(ids, p.LeadA, p.LeadB)
	}
	var rows []lead.Lead
	if err := q.Session(&gorm.Session{QueryFields: true}).Unscoped().Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read leads of pairs: %w", err)
	}
	byID := make(map[string]lead.Lead, len(rows))
	for _, l := range rows {
		byID[l.ID] = l
	}
	out := make([]Both, len(ps))
	for i, p := range ps {
		out[i] = Both{Pair: p, A: byID[p.LeadA], B: byID[p.LeadB]}
		out[i].Suggest = suggest(&out[i].A, &out[i].B)
	}
	return out, nil
}

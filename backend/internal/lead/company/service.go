package company

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// EventKind is the kind of subject of this room's events.
const EventKind = "company"

// The events of this room. Data: other (company) and merge_id; of a verdict pair_id, other and state.
const (
	EventMerged   = "company.merged"
	EventUnmerged = "company.unmerged"
	EventJudged   = "company.judged"
)

// Events is what this room needs of the event log.
type Events interface {
	Append(tx *gorm.DB, evs ...event.Event) error
}

// Service keeps companies one.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	events Events
	key    func(name string) string // the form of a name that rows are found by
}

// New makes the service.
func New(d *db.DB, c clock.Clock, events Events, key func(string) string) *Service {
	return &Service{d, c, events, key}
}

func notFound() error {
	return fault.New(fault.NotFound, "company_pair_not_found", "There is no such pair of companies, or you see no lead of one of them.")
}

// mayJudge: companies are everybody's, so who changes them must be allowed to change every lead.
func mayJudge(ctx context.Context) error {
	if v, ok := account.From(ctx); ok && v.Role == account.RoleAdmin {
		return nil
	}
	return fault.New(fault.Forbidden, "company_forbidden", "Companies are shared by all, so only an administrator says whether two are the same.")
}

// Root follows the merges of a company to the one that stands for it now.
func Root(q *gorm.DB, companyID string) (string, error) {
	at := companyID
	for range maxDepth {
		var into []string
		if err := q.Session(&gorm.Session{NewDB: true}).Table("companies").Where("id = ? AND merged_into IS NOT NULL", at).Pluck("merged_into", &into).Error; err != nil {
			return "", fmt.Errorf("follow merges of companies: %w", err)
		}
		if len(into) == 0 {
			return at, nil
		}
		at = into[0]
	}
	return "", fmt.Errorf("the merges of company %s go round in a circle", companyID)
}

const maxDepth = 1000

// members are a company and those that were merged into it, directly or through others.
func members(q *gorm.DB, companyID string) ([]string, error) {
	out := []string{companyID}
	for level := out; len(level) > 0; {
		var next []string
		if err := q.Session(&gorm.Session{NewDB: true}).Table("companies").Where("merged_into IN ?", level).Order("id").Pluck("id", &next).Error; err != nil {
			return nil, fmt.Errorf("read merged companies: %w", err)
		}
		out = append(out, next...)
		level = next
	}
	return out, nil
}

// lock reads companies so that nobody else can change them, by their ids.
func (s *Service) lock(tx *gorm.DB, ids ...string) (map[string]lead.Company, error) {
	q := tx.Where("id IN ?", ids).Order("id")
	if s.db.Dialect == db.Postgres {
		q = q.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
	}
	var rows []lead.Company
	if err := q.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("lock companies: %w", err)
	}
	out := make(map[string]lead.Company, len(rows))
	for _, c := range rows {
		out[c.ID] = c
	}
	return out, nil
}

func note(typ, companyID string, data map[string]any) event.Event {
	return event.Event{Type: typ, SubjectKind: EventKind, SubjectID: companyID, Data: data}
}

package lead

import (
	"context"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead/filter"
	"winnow/backend/internal/platform/db"
)

// Store reads and writes leads under the row rules of the viewer in the context. Every exported method checks them, so
// no caller can forget to.
type Store struct {
	db        *db.DB
	clock     clock.Clock
	mender    Mender // may be nil: searches are answered as they are written
	relations []filter.Relation
}

// NewStore makes the store of leads over d.
func NewStore(d *db.DB, c clock.Clock) *Store { return &Store{db: d, clock: c} }

// MendBy makes searches that find nothing be answered with their spelling mended.
func (s *Store) MendBy(m Mender) *Store {
	s.mender = m
	return s
}

// Relate lets filters ask what other rooms know about leads.
func (s *Store) Relate(relations ...filter.Relation) *Store {
	s.relations = append(s.relations, relations...)
	return s
}

// FilterFields lists what a filter may name, beside custom fields.
func (s *Store) FilterFields() []filter.Field { return filter.Fields(s.relations) }

// visible narrows a query on leads to the rows that the context's viewer may see.
func visible(ctx context.Context, q *gorm.DB) *gorm.DB {
	all, user := account.Rows(ctx)
	switch {
	case all:
		return q
	case user == "":
		return q.Where("1 = 0")
	}
	return q.Where("(leads.owner_id = ? OR leads.owner_id IS NULL)", user)
}

// mayWrite is Forbidden unless the context's viewer may change leads at all.
func mayWrite(ctx context.Context) error {
	if account.CanWrite(ctx) {
		return nil
	}
	return fault.New(fault.Forbidden, "lead_read_only", "Your role can look at leads but not change them. Ask an administrator for the role “user”.")
}

// Get is one live lead. Fault: NotFound.
func (s *Store) Get(ctx context.Context, id string) (*Lead, error) {
	return get(ctx, s.db.Read.WithContext(ctx), id)
}

// Now is the store's time.
func (s *Store) Now() time.Time { return s.clock.Now() }

// Visible narrows a query on the leads table to the rows that the context's viewer may see, for rooms that count leads.
func Visible(ctx context.Context, q *gorm.DB) *gorm.DB { return visible(ctx, q) }

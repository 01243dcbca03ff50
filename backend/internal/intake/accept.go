package intake

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// attempts is how often a chunk is tried again when somebody else was quicker with one of its identities.
const attempts = 5

// Accept takes candidates in, all or none: match, merge or create, provenance, events. It is the one door. Faults:
// Forbidden for viewers; Unavailable when the database cannot be written, with nothing of the chunk stored.
func (s *Service) Accept(ctx context.Context, cands []*Candidate, o Origin) ([]Outcome, error) {
	if !account.CanWrite(ctx) {
		return nil, fault.New(fault.Forbidden, "import_forbidden", "You may look at leads but not add any. Ask an administrator for the role user.")
	}
	var p *plan
	err := s.retry(ctx, func(tx *gorm.DB) (err error) {
		p, err = s.accept(ctx, tx, cands, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	return p.outcomes, nil
}

// retry runs f in a transaction, again when a concurrent writer took one of its identities or a lock: the next try
// sees the other's leads and joins them.
func (s *Service) retry(ctx context.Context, f func(tx *gorm.DB) error) error {
	var err error
	for range attempts {
		if err = s.db.Tx(ctx, f); err == nil || ctx.Err() != nil {
			return err
		}
		if !db.IsUnique(err) && !db.IsBusy(err) && !lockTimeout(err) && !errors.Is(err, errMerged) {
			break
		}
	}
	return full(err)
}

// full words a full disk.
func full(err error) error {
	if db.IsFull(err) {
		return fault.Wrap(err, fault.Unavailable, "disk_full", "The disk is full: nothing of the last rows was stored, all earlier ones are safe. Make room; the import then goes on by itself.")
	}
	return err
}

// accept works a chunk out and writes it with tx.
func (s *Service) accept(ctx context.Context, tx *gorm.DB, cands []*Candidate, o Origin) (*plan, error) {
	return s.acceptLoaded(ctx, tx, cands, o, func() {})
}

// acceptLoaded is accept that says when it has locked the leads which it may change.
func (s *Service) acceptLoaded(ctx context.Context, tx *gorm.DB, cands []*Candidate, o Origin, loaded func()) (*plan, error) {
	if err := s.planLookups(tx); err != nil {
		return nil, err
	}
	b := newBook()
	if err := b.load(tx, s.db.Dialect, cands, o.ImportID, true); err != nil {
		return nil, fmt.Errorf("look up identities: %w", err)
	}
	loaded()
	r := newResolver(b, o, s.clock.Now(), mayTouch(ctx))
	for _, c := range cands {
		r.add(c)
	}
	if err := s.planWrites(tx); err != nil {
		return nil, err
	}
	if err := s.write(tx, r.plan, o); err != nil {
		return nil, err
	}
	return r.plan, nil
}

// mayTouch is the row rule of the viewer for leads that exist: a user sees own and unassigned ones and changes own ones.
func mayTouch(ctx context.Context) rights {
	all, user := account.Rows(ctx)
	own := func(l *lead.Lead) bool { return all || l.OwnerID != nil && *l.OwnerID == user && user != "" }
	return rights{see: func(l *lead.Lead) bool { return own(l) || l.OwnerID == nil }, change: own}
}

const batchRows = 500 // rows of one INSERT; PostgreSQL takes 65 535 parameters

func (s *Service) write(tx *gorm.DB, p *plan, o Origin) error {
	if err := s.companies(tx, p); err != nil {
		return fmt.Errorf("companies: %w", err)
	}
	// One order everywhere: two imports of the same people wait for each other and never deadlock.
	sort.Slice(p.identities, func(i, j int) bool {
		a, b := p.identities[i], p.identities[j]
		return a.Kind < b.Kind || a.Kind == b.Kind && a.Value < b.Value
	})
	for _, at := range slices.SortedFunc(maps.Keys(p.retired), func(a, b place) int { return strings.Compare(a.lead+a.home, b.lead+b.home) }) {
		q := tx.Model(&lead.Provenance{}).Where("lead_id = ? AND field IN ? AND current", at.lead, p.retired[at])
		if at.home == "" {
			q = q.Where("first_lead_id IS NULL")
		} else {
			q = q.Where("first_lead_id = ?", at.home)
		}
		if err := q.Update("current", false).Error; err != nil {
			return fmt.Errorf("retire provenance: %w", err)
		}
	}
	if err := s.insert(tx, p, o); err != nil {
		return err
	}
	if err := create(tx, p.changes); err != nil {
		return fmt.Errorf("keep what was changed: %w", err)
	}
	if err := s.update(tx, p); err != nil {
		return err
	}
	return s.log.Append(tx, p.events...)
}

func (s *Service) update(tx *gorm.DB, p *plan) error {
	ids := make([]string, 0, len(p.changed))
	for id := range p.changed {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	for _, id := range ids {
		l := p.changed[id]
		if err := tx.Unscoped().Select("*").Omit("seq", "id", "created_at").Where("id = ?", id).Updates(l).Error; err != nil {
			return fmt.Errorf("update lead: %w", err)
		}
		if p.restored[id] {
			if err := tx.Model(&lead.Identity{}).Where("lead_id = ? AND NOT live", id).
				Where("NOT EXISTS (SELECT 1 FROM lead_identities o WHERE o.kind = lead_identities.kind AND o.value = lead_identities.value AND o.live)").
				Update("live", true).Error; err != nil {
				return fmt.Errorf("restore identities: %w", err)
			}
		}
	}
	return nil
}

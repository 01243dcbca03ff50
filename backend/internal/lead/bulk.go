package lead

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

// Action is what a bulk change does.
type Action string

// The actions. Tag and Untag take Tags, Assign takes Owner (nil: nobody), SetStatus takes Status.
const (
	ActionDelete  Action = "delete"
	ActionRestore Action = "restore"
	ActionTag     Action = "tag"
	ActionUntag   Action = "untag"
	ActionAssign  Action = "assign"
	ActionStatus  Action = "status"
)

// MaxBulk is the most leads that one bulk change touches.
const MaxBulk = 10_000

// Bulk is one change to many leads: those of IDs, or those that meet Filter and Search.
type Bulk struct {
	IDs    []string
	Filter string
	Search string
	All    bool // needed when IDs, Filter and Search are all empty: every lead that the viewer may change
	Action Action
	Tags   []string
	Owner  *string
	Status Status
}

// Changed says which leads a bulk change touched.
type Changed struct{ IDs []string }

// Apply makes a bulk change in one transaction, all or nothing, on those of the named leads that the viewer may change;
// others are left out. Faults: Forbidden, Invalid (nothing or too much selected, unknown action), Conflict (restore).
func (s *Service) Apply(ctx context.Context, b Bulk) (Changed, error) {
	if err := mayWrite(ctx); err != nil {
		return Changed{}, err
	}
	c, err := s.bulkCriteria(ctx, &b)
	if err != nil {
		return Changed{}, err
	}
	var out Changed
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if b.Action == ActionAssign {
			if err := s.userExists(tx, b.Owner); err != nil {
				return err
			}
		}
		leads, err := s.chosen(ctx, tx, b, c)
		if err != nil || len(leads) == 0 {
			return err
		}
		touched, err := s.act(ctx, tx, b, leads)
		out.IDs = idsOf(touched)
		return err
	})
	if err != nil {
		return Changed{}, err
	}
	return out, nil
}

// bulkCriteria checks a bulk change before anything is read.
func (s *Service) bulkCriteria(ctx context.Context, b *Bulk) (criteria, error) {
	if len(b.IDs) == 0 && b.Filter == "" && b.Search == "" && !b.All {
		return criteria{}, badBulk("ids", "Say which leads: ids, a filter, a search, or all.")
	}
	if len(b.IDs) > MaxBulk {
		return criteria{}, badBulk("ids", "At most 10,000 leads at once.")
	}
	if b.Action == ActionRestore && len(b.IDs) == 0 {
		return criteria{}, badBulk("ids", "Restoring needs the ids.")
	}
	var problem string
	switch b.Action {
	case ActionDelete, ActionRestore:
	case ActionTag, ActionUntag:
		if b.Tags, problem = cleanTags(b.Tags); problem != "" || len(b.Tags) == 0 {
			return criteria{}, badBulk("tags", "Give at least one tag of at most 60 characters. "+problem)
		}
	case ActionStatus:
		if !b.Status.Valid() {
			return criteria{}, badBulk("status", "Use one of "+statusWords()+".")
		}
	case ActionAssign:
		if me := actor(ctx); !boss(ctx) && !same(b.Owner, me) {
			return criteria{}, fault.New(fault.Forbidden, "lead_assign_forbidden", "Only administrators give leads to others. You can take those that nobody owns.")
		}
		if c := (Change{Owner: Optional[string]{true, b.Owner}}).checkRest(); len(c) > 0 {
			return criteria{}, badBulk("owner_id", c[0].Message)
		}
	default:
		return criteria{}, badBulk("action", "Use one of delete, restore, tag, untag, assign, status.")
	}
	return s.criteria(ctx, b.Filter, b.Search)
}

func badBulk(field, msg string) error {
	return fault.InvalidFields("bulk_invalid", "Nothing was changed. "+msg, fault.Field{Name: field, Code: "value_wrong", Message: msg})
}

// chosen reads and locks the leads that a bulk change is about and that the viewer may change.
func (s *Service) chosen(ctx context.Context, tx *gorm.DB, b Bulk, c criteria) ([]Lead, error) {
	var out []Lead
	read := func(narrow func(*gorm.DB) *gorm.DB) error {
		q := changeable(ctx, tx.Session(&gorm.Session{QueryFields: true}).Model(&Lead{}), b.Action)
		if b.Action == ActionRestore {
			q = q.Unscoped().Where("leads.deleted_at IS NOT NULL")
		}
		if s.db.Dialect == db.Postgres {
			q = q.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
		}
		var some []Lead
		err := narrow(q).Omit("content").Order("leads.id").Find(&some).Error
		out = append(out, some...)
		return err
	}
	var err error
	if len(b.IDs) > 0 {
		err = inChunks(b.IDs, func(chunk []string) error {
			return read(func(q *gorm.DB) *gorm.DB { return q.Where("leads.id IN ?", chunk) })
		})
	} else {
		err = read(func(q *gorm.DB) *gorm.DB { return s.scope(ctx, q, c).Limit(MaxBulk + 1) })
	}
	if err != nil {
		return nil, fmt.Errorf("read leads to change: %w", err)
	}
	if len(out) > MaxBulk {
		return nil, badBulk("filter", "This is more than 10,000 leads; narrow the filter and do it in parts.")
	}
	return out, nil
}

// changeable narrows a query to the leads that the viewer may change; assigning also to those nobody owns.
func changeable(ctx context.Context, q *gorm.DB, a Action) *gorm.DB {
	me := actor(ctx)
	switch {
	case boss(ctx):
		return q
	case me == nil:
		return q.Where("1 = 0")
	case a == ActionAssign:
		return q.Where("(leads.owner_id = ? OR leads.owner_id IS NULL)", *me)
	}
	return q.Where("leads.owner_id = ?", *me)
}

func (s *Service) act(ctx context.Context, tx *gorm.DB, b Bulk, leads []Lead) ([]Lead, error) {
	switch b.Action { //nolint:exhaustive // the rest are edits
	case ActionDelete:
		return leads, chunked(leads, func(c []Lead) error { return s.remove(tx, c) })
	case ActionRestore:
		return leads, chunked(leads, func(c []Lead) error { return s.revive(tx, c) })
	}
	var touched []Lead
	for i := range leads {
		l := &leads[i]
		before := *l
		e := b.change(l).apply(l, s.clock.Now())
		if len(e.values) == 0 {
			continue
		}
		if err := s.write(ctx, tx, &before, l, e, nil); err != nil {
			return nil, err
		}
		touched = append(touched, *l)
	}
	return touched, nil
}

func chunked(leads []Lead, f func([]Lead) error) error {
	for c := range slices.Chunk(leads, idsPerQuery) {
		if err := f(c); err != nil {
			return err
		}
	}
	return nil
}

// change is what a bulk edit means for one lead.
func (b Bulk) change(l *Lead) Change {
	switch b.Action { //nolint:exhaustive // Delete and Restore are no edits
	case ActionStatus:
		return Change{Status: &b.Status}
	case ActionAssign:
		return Change{Owner: Optional[string]{true, b.Owner}}
	}
	var tags []string
	for _, t := range l.Tags.V {
		if b.Action == ActionTag || !slices.Contains(b.Tags, t) {
			tags = append(tags, t)
		}
	}
	if b.Action == ActionTag {
		for _, t := range b.Tags {
			if !slices.Contains(tags, t) && len(tags) < maxTags {
				tags = append(tags, t)
			}
		}
	}
	if tags == nil {
		tags = []string{}
	}
	return Change{Tags: &tags}
}

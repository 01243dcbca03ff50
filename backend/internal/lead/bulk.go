package lead

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

// Action is what a bulk change does.
type Action string

// The actions. Tag and Untag take Tags, Assign takes Owner (nil: nobody), Status takes Status, Edit takes Set.
const (
	ActionDelete  Action = "delete"
	ActionRestore Action = "restore"
	ActionTag     Action = "tag"
	ActionUntag   Action = "untag"
	ActionAssign  Action = "assign"
	ActionStatus  Action = "status"
	ActionEdit    Action = "edit"
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
	Set    Change // of Edit: no owner, no tags, and of the texts only BulkFields
	DryRun bool   // only tell what would be changed
}

// BulkFields are the text fields that many leads can share, so that they may be edited in bulk.
func BulkFields() []string {
	return []string{"title", "company", "industry", "company_size", "location", "country", "language", "timezone"}
}

// Changed says what a bulk change did, or would do.
type Changed struct {
	ID      string   // by which it can be undone; "" when nothing was changed
	IDs     []string // the leads that were changed
	Count   int      // how many were, or would be
	Skipped int      // named or found, but not the viewer's to change, or as asked for already
	Sample  []Lead   // of a dry run: up to five of the leads that would be changed, as they are
}

// Apply makes a bulk change in one transaction, all or nothing, on those of the named leads that the viewer may change;
// others are left out. Undo takes it back. Faults: Forbidden, Invalid (nothing or too much selected, unknown action),
// Conflict (restore).
func (s *Service) Apply(ctx context.Context, b Bulk) (Changed, error) {
	if err := mayWrite(ctx); err != nil {
		return Changed{}, err
	}
	c, err := s.bulkCriteria(ctx, &b)
	if err != nil {
		return Changed{}, err
	}
	var out Changed
	err = s.db.TxAgain(ctx, func(tx *gorm.DB) error {
		if b.Action == ActionAssign {
			if err := s.userExists(tx, b.Owner); err != nil {
				return err
			}
		}
		leads, err := s.chosen(ctx, tx, b, c)
		if err != nil {
			return err
		}
		todo, err := s.plan(b, leads)
		if err != nil {
			return err
		}
		out = Changed{Count: len(todo)}
		if out.Skipped, err = s.skipped(ctx, tx, b, c, len(todo)); err != nil {
			return err
		}
		if b.DryRun {
			out.Sample, err = sample(tx, todo)
			return err
		}
		return s.carryOut(ctx, tx, b, todo, &out)
	})
	if err != nil {
		return Changed{}, err
	}
	return out, nil
}

// planned is a lead, what a bulk change makes of it, and what that differs in.
type planned struct {
	before, after Lead
	edit          edit
}

// plan leaves out the leads that are as asked for already.
func (s *Service) plan(b Bulk, leads []Lead) ([]planned, error) {
	now := s.clock.Now()
	todo := make([]planned, 0, len(leads))
	for i := range leads {
		p := planned{before: leads[i], after: leads[i]}
		if b.Action != ActionDelete && b.Action != ActionRestore {
			p.edit = b.change(&p.after).apply(&p.after, now)
			if len(p.edit.values) == 0 {
				continue
			}
			if len(p.after.Custom.V) > maxCustomCount {
				return nil, badBulk("set.custom", "A lead can have at most 100 custom fields, and some of these would have more.")
			}
		}
		todo = append(todo, p)
	}
	return todo, nil
}

// skipped is how many of the leads that were named, or that the viewer sees under the filter, are left out.
func (s *Service) skipped(ctx context.Context, tx *gorm.DB, b Bulk, c criteria, count int) (int, error) {
	if len(b.IDs) > 0 {
		named := 0
		err := inChunks(b.IDs, func(chunk []string) error { named += len(chunk); return nil })
		return named - count, err
	}
	var n int64
	if err := s.scope(ctx, tx.Model(&Lead{}), c).Count(&n).Error; err != nil {
		return 0, fmt.Errorf("count leads to change: %w", err)
	}
	return int(n) - count, nil
}

// sampleSize is how many leads a dry run shows.
const sampleSize = 5

// sample reads the first of the planned leads with their texts.
func sample(tx *gorm.DB, todo []planned) ([]Lead, error) {
	ids := make([]string, 0, sampleSize)
	for _, p := range todo[:min(sampleSize, len(todo))] {
		ids = append(ids, p.before.ID)
	}
	var out []Lead
	err := tx.Session(&gorm.Session{QueryFields: true}).Unscoped().Where("id IN ?", ids).Order("id").Find(&out).Error
	if err != nil {
		return nil, fmt.Errorf("read sample leads: %w", err)
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
	var err error
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
	case ActionEdit:
		if b.Set, err = s.bulkSet(b.Set); err != nil {
			return criteria{}, err
		}
	default:
		return criteria{}, badBulk("action", "Use one of delete, restore, tag, untag, assign, status, edit.")
	}
	return s.criteria(ctx, b.Filter, b.Search)
}

// bulkSet checks what an edit gives to many leads.
func (s *Service) bulkSet(c Change) (Change, error) {
	for field := range c.Text {
		if !slices.Contains(BulkFields(), field) {
			return c, badBulk("set."+field, "This cannot be the same for many leads; edit it on the lead's own page.")
		}
	}
	if len(c.Text)+len(c.Custom) == 0 && c.Status == nil && !c.Value.Set {
		return c, badBulk("set", "Say what to set.")
	}
	c.Tags, c.Owner = nil, Optional[string]{}
	c, _, err := c.clean(s.norm)
	if f, ok := errors.AsType[*fault.Error](err); ok {
		for i := range f.Fields {
			f.Fields[i].Name = "set." + f.Fields[i].Name
		}
	}
	return c, err
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
			q = q.Unscoped().Where("leads.deleted_at IS NOT NULL AND leads.merged_into IS NULL")
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

// carryOut does what was planned and keeps what is needed to undo it.
func (s *Service) carryOut(ctx context.Context, tx *gorm.DB, b Bulk, todo []planned, out *Changed) error {
	leads := make([]Lead, len(todo))
	for i := range todo {
		leads[i] = todo[i].before
	}
	out.IDs = idsOf(leads)
	if len(todo) == 0 {
		return nil
	}
	var err error
	switch b.Action {
	case ActionDelete:
		err = chunked(leads, func(c []Lead) error { return s.remove(tx, c) })
	case ActionRestore:
		err = chunked(leads, func(c []Lead) error { return s.revive(tx, c) })
	default:
		for i := range todo {
			if err = s.write(ctx, tx, &todo[i].before, &todo[i].after, todo[i].edit, nil); err != nil {
				break
			}
		}
	}
	if err != nil {
		return err
	}
	out.ID, err = s.remember(ctx, tx, b.Action, todo)
	return err
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
	case ActionEdit:
		return b.Set
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

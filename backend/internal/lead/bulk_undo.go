package lead

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

// undoFor is how long a bulk change can be undone.
const undoFor = 30 * 24 * time.Hour

// itemsPerInsert bounds the values of one statement.
const itemsPerInsert = 500

// bulkChange is a bulk change that was made; its items hold what each lead had and was given.
type bulkChange struct {
	ID        string `gorm:"primaryKey"`
	ActorID   *string
	Action    Action
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
	UndoneAt  *time.Time
}

// TableName names the table.
func (bulkChange) TableName() string { return "lead_changes" }

type bulkItem struct {
	ChangeID string
	LeadID   string
	Version  int             // the lead's, right after the change
	Before   db.JSON[Change] // of the fields that were changed
	After    db.JSON[Change]
}

// TableName names the table.
func (bulkItem) TableName() string { return "lead_change_items" }

// remember keeps what undoes a bulk change, and forgets what is too old to be undone.
func (s *Service) remember(ctx context.Context, tx *gorm.DB, a Action, todo []planned) (string, error) {
	now := s.clock.Now()
	if err := tx.Where("created_at < ?", now.Add(-undoFor)).Delete(&bulkChange{}).Error; err != nil {
		return "", fmt.Errorf("forget old bulk changes: %w", err)
	}
	c := bulkChange{ID: id.New(), ActorID: actor(ctx), Action: a, CreatedAt: now}
	if err := tx.Create(&c).Error; err != nil {
		return "", fmt.Errorf("remember bulk change: %w", err)
	}
	items := make([]bulkItem, len(todo))
	for i := range todo {
		p := &todo[i]
		fields := p.edit.fields()
		items[i] = bulkItem{c.ID, p.before.ID, p.before.Version + 1, db.NewJSON(p.before.snapshot(fields)), db.NewJSON(p.after.snapshot(fields))}
	}
	if err := tx.CreateInBatches(items, itemsPerInsert).Error; err != nil {
		return "", fmt.Errorf("remember changed leads: %w", err)
	}
	return c.ID, nil
}

// snapshot is the change that gives a lead the values that l has in fields.
func (l *Lead) snapshot(fields []string) Change {
	c := Change{Text: map[string]string{}, Custom: map[string]*string{}}
	for _, f := range fields {
		custom, isCustom := strings.CutPrefix(f, CustomPrefix)
		switch {
		case isCustom:
			c.Custom[custom] = nil
			if v, ok := l.Custom.V[custom]; ok {
				c.Custom[custom] = &v
			}
		case f == "status":
			c.Status = new(l.Status)
		case f == "tags":
			tags := append([]string{}, l.Tags.V...) // never nil: null would be read back as no change
			c.Tags = &tags
		case f == "value":
			c.Value = Optional[int64]{true, l.ValueMicros}
		case f == "owner_id":
			c.Owner = Optional[string]{true, l.OwnerID}
		default:
			c.Text[f] = *l.text(f)
		}
	}
	return c
}

// Undo puts back what a bulk change changed, where nobody has changed it since; the viewer made it, or is an
// administrator. Leads that the viewer may no longer change stay as they are. Faults: Forbidden, NotFound (never made, not
// the viewer's, or over 30 days ago), Conflict (undone already).
func (s *Service) Undo(ctx context.Context, changeID string) (Changed, error) {
	if err := mayWrite(ctx); err != nil {
		return Changed{}, err
	}
	var out Changed
	err := s.db.TxAgain(ctx, func(tx *gorm.DB) error {
		out = Changed{}
		c, err := s.takeChange(ctx, tx, changeID)
		if err != nil {
			return err
		}
		var items []bulkItem
		if err := tx.Where("change_id = ?", c.ID).Order("lead_id").Find(&items).Error; err != nil {
			return fmt.Errorf("read changed leads: %w", err)
		}
		for chunk := range slices.Chunk(items, idsPerQuery) {
			n, err := s.putBack(ctx, tx, c.Action, chunk)
			if err != nil {
				return err
			}
			out.Count += n
		}
		out.Skipped = len(items) - out.Count
		return nil
	})
	if err != nil {
		return Changed{}, err
	}
	return out, nil
}

// takeChange finds a change that the viewer may undo and marks it as undone, so that of two who undo it one does.
func (s *Service) takeChange(ctx context.Context, tx *gorm.DB, changeID string) (*bulkChange, error) {
	var c bulkChange
	now := s.clock.Now()
	err := tx.Where("id = ? AND created_at >= ?", changeID, now.Add(-undoFor)).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && !boss(ctx) && (c.ActorID == nil || !same(c.ActorID, actor(ctx))) {
		return nil, fault.New(fault.NotFound, "change_not_found", "There is no such change to undo. Changes can be undone for 30 days, by who made them and by administrators.")
	}
	if err != nil {
		return nil, fmt.Errorf("read bulk change: %w", err)
	}
	res := tx.Model(&bulkChange{}).Where("id = ? AND undone_at IS NULL", c.ID).Update("undone_at", now)
	if res.Error != nil {
		return nil, fmt.Errorf("mark bulk change as undone: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return nil, fault.New(fault.Conflict, "change_undone", "This change is undone already.")
	}
	return &c, nil
}

// putBack undoes a part of a bulk change and answers how many leads it touched.
func (s *Service) putBack(ctx context.Context, tx *gorm.DB, a Action, items []bulkItem) (int, error) {
	leads, err := s.stillChangeable(ctx, tx, a, items)
	if err != nil || len(leads) == 0 {
		return 0, err
	}
	switch a { //nolint:exhaustive // the rest are edits
	case ActionDelete:
		if leads, err = withoutRivals(tx, leads); err != nil || len(leads) == 0 {
			return 0, err
		}
		return len(leads), s.revive(tx, leads)
	case ActionRestore:
		return len(leads), s.remove(tx, leads)
	}
	byLead := make(map[string]*bulkItem, len(items))
	for i := range items {
		byLead[items[i].LeadID] = &items[i]
	}
	n := 0
	for i := range leads {
		l := &leads[i]
		it := byLead[l.ID]
		back, err := s.owned(tx, it.After.V.back(it.Before.V, l))
		if err != nil {
			return n, err
		}
		before := *l
		e := back.apply(l, s.clock.Now())
		if len(e.values) == 0 {
			continue
		}
		if err := s.write(ctx, tx, &before, l, e, nil); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// stillChangeable reads and locks those of the items' leads that the viewer may change; of deletions and restorations
// those that nothing has happened to since.
func (s *Service) stillChangeable(ctx context.Context, tx *gorm.DB, a Action, items []bulkItem) ([]Lead, error) {
	ids, versions := make([]string, len(items)), make(map[string]int, len(items))
	for i, it := range items {
		ids[i], versions[it.LeadID] = it.LeadID, it.Version
	}
	as := a
	switch a { //nolint:exhaustive // the rest are edits
	case ActionDelete:
		as = ActionRestore // reads the deleted ones
	case ActionRestore:
		as = ActionDelete
	}
	leads, err := s.chosen(ctx, tx, Bulk{IDs: ids, Action: as}, criteria{})
	if err != nil || (a != ActionDelete && a != ActionRestore) {
		return leads, err
	}
	return slices.DeleteFunc(leads, func(l Lead) bool { return l.Version != versions[l.ID] }), nil
}

// withoutRivals leaves out the leads whose address or number a live lead has by now.
func withoutRivals(tx *gorm.DB, leads []Lead) ([]Lead, error) {
	var taken []string
	err := tx.Table("lead_identities AS mine").Joins("JOIN lead_identities AS theirs ON theirs.kind = mine.kind AND theirs.value = mine.value AND theirs.live").
		Where("mine.lead_id IN ? AND NOT mine.live", idsOf(leads)).Distinct().Pluck("mine.lead_id", &taken).Error
	if err != nil {
		return nil, fmt.Errorf("look for rivals: %w", err)
	}
	return slices.DeleteFunc(leads, func(l Lead) bool { return slices.Contains(taken, l.ID) }), nil
}

// owned leaves the owner as it is when the one before can own nothing any more.
func (s *Service) owned(tx *gorm.DB, c Change) (Change, error) {
	err := s.userExists(tx, c.Owner.V)
	if fault.Is(err, fault.Invalid) {
		c.Owner, err = Optional[string]{}, nil
	}
	return c, err
}

// back is the change that gives l the values of before, in the fields where it still has those of c.
func (c Change) back(before Change, l *Lead) Change {
	out := Change{Text: map[string]string{}, Custom: map[string]*string{}}
	for f, v := range c.Text {
		if *l.text(f) == v {
			out.Text[f] = before.Text[f]
		}
	}
	for name, v := range c.Custom {
		now, has := l.Custom.V[name]
		if has == (v != nil) && (v == nil || now == *v) {
			out.Custom[name] = before.Custom[name]
		}
	}
	if c.Status != nil && l.Status == *c.Status {
		out.Status = before.Status
	}
	if c.Tags != nil && slices.Equal(l.Tags.V, *c.Tags) {
		out.Tags = before.Tags
	}
	if c.Value.Set && same(l.ValueMicros, c.Value.V) {
		out.Value = before.Value
	}
	if c.Owner.Set && same(l.OwnerID, c.Owner.V) {
		out.Owner = before.Owner
	}
	return out
}

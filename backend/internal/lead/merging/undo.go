package merging

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// Plan is what undoing a merge does, or would do.
type Plan struct {
	MergeID  string
	Survivor lead.Lead   // as it is afterwards: the lead that lives
	Leads    []lead.Lead // that stand alone again
	Changes  []Change    // since the merge, and where they go
	Moved    map[string]int64
}

// Questions are the changes that only a person can decide.
func (p Plan) Questions() []Change {
	return slices.DeleteFunc(slices.Clone(p.Changes), func(c Change) bool { return !c.Asked })
}

// Undo takes a merge back, whatever came after it. answers say for each asked field which lead gets the change: a lead of
// the merge, or All. Faults: Forbidden, NotFound, Conflict (undone already; the survivor is deleted; questions without
// answers, each a field of the fault).
func (s *Service) Undo(ctx context.Context, mergeID string, answers map[string]string, dryRun bool) (Plan, error) {
	var plan Plan
	err := s.tx(ctx, dryRun, func(tx *gorm.DB) error {
		sp, err := s.openSplit(ctx, tx, mergeID)
		if err != nil {
			return err
		}
		if err := s.decide(tx, sp, answers); err != nil {
			return err
		}
		plan = Plan{MergeID: mergeID, Changes: sp.changes, Moved: map[string]int64{}}
		if asked := plan.Questions(); len(asked) > 0 && !dryRun {
			return unanswered(asked)
		}
		return s.split(ctx, tx, sp, &plan)
	})
	if err != nil {
		return Plan{}, err
	}
	return plan, nil
}

func unanswered(asked []Change) error {
	f := fault.New(fault.Conflict, "merge_questions", "Some fields were changed since the merge, and only you can say whose they are. Nothing was undone yet.")
	for _, c := range asked {
		f.Fields = append(f.Fields, fault.Field{Name: "answers." + c.Field, Code: c.Why, Message: "Say which lead gets “" + c.After + "”: one of " + strings.Join(c.Options, ", ") + "."})
	}
	return f
}

func notFound() error {
	return fault.New(fault.NotFound, "merge_not_found", "There is no such merge, or its leads belong to somebody else.")
}

// find reads a merge whose leads the viewer may change, and locks their tree.
func (s *Service) find(ctx context.Context, tx *gorm.DB, mergeID string) (*Merge, *forest, error) {
	if !id.Valid(mergeID) {
		return nil, nil, notFound()
	}
	var m Merge
	take := func() error { return tx.Where("id = ?", mergeID).Take(&m).Error }
	err := take()
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil, notFound()
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read merge: %w", err)
	}
	seeds, err := itemsOf(tx, mergeID)
	if err != nil {
		return nil, nil, err
	}
	f, err := load(tx, s.DB.Dialect, seeds)
	if err != nil {
		return nil, nil, err
	}
	if err := take(); err != nil { // again, now that nobody else can change it
		return nil, nil, fmt.Errorf("read merge: %w", err)
	}
	path := f.path(m.SurvivorID)
	root := path[len(path)-1]
	if root.row.DeletedAt.Valid {
		if !lead.Sees(ctx, &root.row) {
			return nil, nil, notFound()
		}
		return nil, nil, fault.New(fault.Conflict, "merge_survivor_deleted", "The lead that the others were merged into is deleted. Restore it first, then undo the merge.")
	}
	l, err := lead.Take(ctx, tx, root.row.ID)
	if fault.Is(err, fault.NotFound) {
		return nil, nil, notFound()
	}
	if err != nil {
		return nil, nil, err
	}
	return &m, f, lead.MayChange(ctx, l)
}

func itemsOf(tx *gorm.DB, mergeID string) ([]string, error) {
	var ids []string
	if err := tx.Model(&Item{}).Where("merge_id = ?", mergeID).Order("pos").Pluck("lead_id", &ids).Error; err != nil {
		return nil, fmt.Errorf("read merged leads: %w", err)
	}
	return ids, nil
}

func (s *Service) openSplit(ctx context.Context, tx *gorm.DB, mergeID string) (*split, error) {
	m, f, err := s.find(ctx, tx, mergeID)
	if err != nil {
		return nil, err
	}
	if m.State != Done {
		return nil, fault.New(fault.Conflict, "merge_undone", "This merge is undone already.")
	}
	for _, one := range sortedKeys(f.nodes) {
		f.nodes[one].settle()
	}
	for _, known := range f.nodes[m.SurvivorID].merges {
		if known.ID == m.ID {
			return s.newSplit(f, known), nil
		}
	}
	return nil, errMoved
}

// split carries an undoing out.
func (s *Service) split(ctx context.Context, tx *gorm.DB, sp *split, plan *Plan) error {
	now := s.Clock.Now()
	root := sp.root()
	wanted := sp.hand()
	sp.m.State, sp.m.UndoneAt, sp.m.UndoneBy = Undone, &now, lead.Actor(ctx)
	sp.n.merges = slices.DeleteFunc(sp.n.merges, func(m *Merge) bool { return m.ID == sp.m.ID })
	for _, child := range sp.children {
		if err := s.free(tx, sp, child, wanted[child]); err != nil {
			return err
		}
	}
	for _, p := range sp.path {
		if err := sp.f.save(tx, p, nil); err != nil {
			return err
		}
		if err := s.ownerExists(tx, p); err != nil {
			return err
		}
	}
	if err := s.sendHome(tx, sp, plan.Moved); err != nil {
		return err
	}
	if err := s.untraceTyped(tx, sp.m); err != nil {
		return err
	}
	sp.m.Undo = db.NewJSON(sp.given())
	if err := tx.Save(sp.m).Error; err != nil {
		return fmt.Errorf("store undone merge: %w", err)
	}
	touched := append([]string{root.row.ID}, sp.children...)
	for _, m := range sp.moves {
		if err := s.rehome(tx, sp, m); err != nil {
			return err
		}
	}
	if err := tx.Unscoped().Model(&lead.Lead{}).Where("id IN ?", touched).UpdateColumns(map[string]any{"updated_at": now}).Error; err != nil {
		return fmt.Errorf("mark changed leads: %w", err)
	}
	plan.Leads = make([]lead.Lead, len(sp.children))
	for i, child := range sp.children {
		if err := s.reread(tx, child, &plan.Leads[i]); err != nil {
			return err
		}
	}
	if err := s.reread(tx, root.row.ID, &plan.Survivor); err != nil {
		return err
	}
	return s.tellUnmerged(tx, sp, plan)
}

// hand takes the edits that go to children from the leads at which they are kept, and answers them by child.
func (sp *split) hand() map[string][]Edit {
	out := map[string][]Edit{}
	for _, m := range sp.moves {
		stays := false
		for _, to := range m.to {
			if to == sp.n.row.ID {
				stays = true
				continue
			}
			out[to] = append(out[to], m.edit)
		}
		if !stays {
			m.at.surv.Edits.V = slices.DeleteFunc(m.at.surv.Edits.V, func(e Edit) bool { return e.Pos == m.edit.Pos })
		}
	}
	return out
}

// free makes a child a lead of its own again, with the edits that are its.
func (s *Service) free(tx *gorm.DB, sp *split, child string, edits []Edit) error {
	c := sp.f.nodes[child]
	back := map[string]any{"merged_into": nil, "deleted_at": nil}
	c.row.MergedInto = nil
	if c.surv != nil {
		for _, e := range edits {
			e.Pos = c.next()
			c.surv.Edits.V = append(c.surv.Edits.V, e)
		}
		if err := sp.f.save(tx, c, back); err != nil {
			return err
		}
		return s.ownerExists(tx, c)
	}
	p := part{child, c.img.clone(), map[string]string{}}
	for _, e := range edits {
		e.apply(p)
	}
	if err := store(tx, c, p.img, back); err != nil {
		return fmt.Errorf("bring merged lead back: %w", err)
	}
	return s.ownerExists(tx, c)
}

// ownerExists takes a lead from an owner who is gone.
func (s *Service) ownerExists(tx *gorm.DB, n *node) error {
	owner := n.img.get(fieldOwner)
	n.row.OwnerID = owner
	if owner == nil {
		return nil
	}
	var found int64
	if err := tx.Table("users").Where("id = ?", *owner).Count(&found).Error; err != nil {
		return fmt.Errorf("look for user: %w", err)
	}
	if found > 0 || n.row.MergedInto != nil {
		return nil
	}
	n.row.OwnerID = nil
	to := n.img.clone()
	to.set(fieldOwner, nil)
	return store(tx, n, to, nil)
}

// sendHome gives the children what is theirs, and then lets each side have what had found no place.
func (s *Service) sendHome(tx *gorm.DB, sp *split, moved map[string]int64) error {
	root := sp.root().row.ID
	for _, child := range sp.children {
		firsts := sp.f.members(child)
		for _, c := range s.Children {
			n, err := c.Restore(tx, root, child, firsts)
			if err != nil {
				return err
			}
			if n > 0 {
				moved[c.Name()] += n
			}
		}
	}
	again := map[string]int64{}
	for _, top := range append([]string{root}, sp.children...) {
		for _, member := range sp.f.members(top)[1:] {
			if err := s.move(tx, member, top, again); err != nil {
				return err
			}
		}
	}
	return nil
}

// given are the edits that leads got, with what they hold now, for doing the merge again.
func (sp *split) given() []Given {
	out := []Given{}
	for _, m := range sp.moves {
		g := Given{Edit: m.edit, After: map[string]string{}}
		for _, one := range append([]string{sp.n.row.ID}, sp.children...) {
			if v, ok := sp.f.nodes[one].img[m.edit.Field]; ok {
				g.After[one] = v
			}
		}
		out = append(out, g)
	}
	return out
}

func (s *Service) tellUnmerged(tx *gorm.DB, sp *split, plan *Plan) error {
	root := sp.root()
	evs := make([]event.Event, 0, len(sp.children)+1)
	for i := range plan.Leads {
		evs = append(evs, note(EventUnmerged, &plan.Leads[i], map[string]any{"merge_id": sp.m.ID, "from": root.row.ID}))
	}
	whole := map[string]any{"merge_id": sp.m.ID, "leads": sp.children, "fields": sp.m.Fields.V}
	return s.Events.Append(tx, append(evs, note(EventUnmerged, &plan.Survivor, whole))...)
}

package merging

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// MaxMerged is the most leads that one merge takes into another.
const MaxMerged = 50

// Pick is a choice made by hand: the value of one of the leads, or one typed in.
type Pick struct {
	LeadID string
	Value  *string
}

// Request asks for a merge.
type Request struct {
	Survivor string
	Merged   []string
	Rule     Rule            // for fields that nothing else is said about
	Rules    map[string]Rule // by field
	Picks    map[string]Pick // by field
	Versions map[string]int  // by lead; those that are given must be the leads'
	DryRun   bool
	Pair     string // that the product itself merges, "" when people merge
	// Check, when given, looks at the leads of the merge, the survivor first, once nobody else can change them; its error
	// stops the merge.
	Check func(tx *gorm.DB, leads []lead.Lead) error

	choices map[string]Choice // of a merge that is done again
	redoOf  *string
}

// Outcome is what a merge did, or would do.
type Outcome struct {
	ID       string // of the merge; "" of a dry run
	Survivor lead.Lead
	Fields   []Field
	Moved    map[string]int64 // by table
}

// Merge makes one lead of several: the merged ones go into the survivor and stay as tombstones, what hangs on them moves.
// Faults: Forbidden, NotFound (gone, foreign, or merged already), Invalid, Stale.
func (s *Service) Merge(ctx context.Context, r Request) (Outcome, error) {
	if err := r.check(); err != nil {
		return Outcome{}, err
	}
	var out Outcome
	err := s.tx(ctx, r.DryRun, func(tx *gorm.DB) (err error) {
		out, err = s.merge(ctx, tx, r)
		return err
	})
	if err != nil {
		return Outcome{}, err
	}
	if r.DryRun {
		out.ID = ""
	}
	return out, nil
}

func (r Request) check() error {
	bad := func(field, code, msg string) error {
		return fault.InvalidFields("merge_invalid", "Nothing was merged. "+msg, fault.Field{Name: field, Code: code, Message: msg})
	}
	seen := map[string]bool{r.Survivor: true}
	for _, m := range r.Merged {
		if seen[m] {
			return bad("merged_ids", "duplicate", "Name each lead once, and the survivor not among those that go into it.")
		}
		seen[m] = true
	}
	switch {
	case len(r.Merged) == 0:
		return bad("merged_ids", "required", "Name at least one lead that goes into the survivor.")
	case len(r.Merged) > MaxMerged:
		return bad("merged_ids", "too_many", "At most 50 leads go into one at once.")
	case !r.Rule.Valid():
		return bad("rule", "value_wrong", "Use one of "+ruleWords()+".")
	}
	for _, f := range sortedKeys(r.Rules) {
		if !Choosable(f) || !r.Rules[f].Valid() {
			return bad("rules."+f, "value_wrong", "Give a field that can be chosen, and one of "+ruleWords()+".")
		}
	}
	for _, f := range sortedKeys(r.Picks) {
		p := r.Picks[f]
		switch {
		case !Choosable(f):
			return bad("fields."+f, "unknown_field", "There is no such field to choose.")
		case p.Value != nil && !typeable(f):
			return bad("fields."+f, "value_wrong", "Choose one of the leads for this field; a new value can be given by editing the lead afterwards.")
		case p.Value == nil && !seen[p.LeadID]:
			return bad("fields."+f, "value_wrong", "Name one of the leads that are merged.")
		}
	}
	return nil
}

func (s *Service) merge(ctx context.Context, tx *gorm.DB, r Request) (Outcome, error) {
	f, n, children, err := s.open(ctx, tx, r)
	if err == nil && r.Check != nil {
		err = r.Check(tx, rowsOf(n, children))
	}
	if err != nil {
		return Outcome{}, err
	}
	n.settle()
	parts := []part{f.shown(n.row.ID)}
	for _, c := range children {
		c.settle()
		if err := f.save(tx, c, nil); err != nil {
			return Outcome{}, err
		}
		parts = append(parts, f.shown(c.row.ID))
	}
	known, err := s.facts(tx, f, parts)
	if err != nil {
		return Outcome{}, err
	}
	choices := r.choices
	if choices == nil {
		if choices, err = s.choose(r, parts, known); err != nil {
			return Outcome{}, err
		}
	}
	now := s.Clock.Now()
	m := &Merge{
		ID: id.New(), SurvivorID: n.row.ID, Pos: n.next(), State: Done, Rule: r.Rule, Choices: db.NewJSON(choices), RedoOf: r.redoOf,
		ActorID: lead.Actor(ctx), CreatedAt: now, Undo: db.NewJSON([]Given{}), Automatic: r.Pair != "",
	}
	if r.Pair != "" {
		m.PairID = &r.Pair
	}
	if n.surv == nil {
		n.surv = &survivor{LeadID: n.row.ID, Own: db.NewJSON(n.img.clone()), Edits: db.NewJSON([]Edit{})}
	}
	before := n.img.clone()
	items := []Item{{m.ID, n.row.ID, 0, n.row.Version, db.NewJSON(before)}}
	for i, c := range children {
		items = append(items, Item{m.ID, c.row.ID, i + 1, c.row.Version, db.NewJSON(c.img.clone())})
		n.children[m.ID] = append(n.children[m.ID], c.row.ID)
	}
	n.merges = append(n.merges, m)
	after := f.eval(n)
	m.Fields = db.NewJSON(append([]string{}, differing(before, after.img)...))
	if err := tx.Create(m).Error; err != nil {
		return Outcome{}, fmt.Errorf("store merge: %w", err)
	}
	if err := tx.Create(&items).Error; err != nil {
		return Outcome{}, fmt.Errorf("store merged leads: %w", err)
	}
	if err := s.traceTyped(tx, m); err != nil {
		return Outcome{}, err
	}
	if err := f.save(tx, n, map[string]any{"updated_at": now}); err != nil {
		return Outcome{}, err
	}
	out := Outcome{ID: m.ID, Fields: fieldsFor(r, parts, after, known), Moved: map[string]int64{}}
	if err := s.bury(tx, n, children, now, out.Moved); err != nil {
		return Outcome{}, err
	}
	if err := s.tellMerged(tx, m, n, children); err != nil {
		return Outcome{}, err
	}
	return out, s.reread(tx, n.row.ID, &out.Survivor)
}

// open locks the leads of a merge and checks that the viewer may merge them.
func (s *Service) open(ctx context.Context, tx *gorm.DB, r Request) (*forest, *node, []*node, error) {
	all := append([]string{r.Survivor}, r.Merged...)
	if slices.ContainsFunc(all, func(one string) bool { return !id.Valid(one) }) {
		_, err := s.Leads.Get(ctx, "")
		return nil, nil, nil, err
	}
	f, err := load(tx, s.DB.Dialect, all)
	if err != nil {
		return nil, nil, nil, err
	}
	nodes := make([]*node, len(all))
	for i, one := range all {
		l, err := lead.Take(ctx, tx, one)
		if err != nil {
			return nil, nil, nil, err
		}
		if err := lead.MayChange(ctx, l); err != nil {
			return nil, nil, nil, err
		}
		if v, ok := r.Versions[one]; ok && v != l.Version {
			return nil, nil, nil, fault.New(fault.Stale, "lead_stale", "Somebody or something changed one of these leads since you read it. Reload them and look again before you merge.")
		}
		nodes[i] = f.nodes[one]
	}
	return f, nodes[0], nodes[1:], nil
}

// bury makes tombstones of the merged leads and moves what hangs on them.
func (s *Service) bury(tx *gorm.DB, n *node, children []*node, now time.Time, moved map[string]int64) error {
	for _, c := range children {
		set := map[string]any{"merged_into": n.row.ID, "deleted_at": now, "version": gorm.Expr("version + 1")}
		if err := tx.Unscoped().Model(&lead.Lead{}).Where("id = ?", c.row.ID).UpdateColumns(set).Error; err != nil {
			return fmt.Errorf("mark merged lead: %w", err)
		}
		c.row.MergedInto = &n.row.ID
		if err := s.move(tx, c.row.ID, n.row.ID, moved); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) tellMerged(tx *gorm.DB, m *Merge, n *node, children []*node) error {
	ids := make([]string, len(children))
	evs := make([]event.Event, 0, len(children)+1)
	for i, c := range children {
		ids[i] = c.row.ID
		evs = append(evs, note(EventMerged, &c.row, m.told(map[string]any{"into": n.row.ID})))
	}
	whole := m.told(map[string]any{"leads": ids, "fields": m.Fields.V})
	return s.Events.Append(tx, append(evs, note(EventMerged, &n.row, whole))...)
}

// told are the data of a merge's event.
func (m *Merge) told(data map[string]any) map[string]any {
	data["merge_id"] = m.ID
	if m.Automatic {
		data["automatic"] = true
	}
	return data
}

func rowsOf(n *node, children []*node) []lead.Lead {
	out := []lead.Lead{n.row}
	for _, c := range children {
		out = append(out, c.row)
	}
	return out
}

// reread reads a lead as it is now.
func (s *Service) reread(tx *gorm.DB, leadID string, into *lead.Lead) error {
	if err := tx.Session(&gorm.Session{QueryFields: true}).Unscoped().Where("id = ?", leadID).Take(into).Error; err != nil {
		return fmt.Errorf("read merged lead: %w", err)
	}
	return nil
}

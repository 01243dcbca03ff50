package merging

import (
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// errMoved says that a tree changed while its leads were being locked; the transaction is tried again.
var errMoved = errors.New("the merges of these leads changed at the same moment")

// forest is whole trees of merges, every lead of them locked. All changes are made here first, then saved.
type forest struct {
	nodes map[string]*node
}

// load reads and locks the trees that the leads belong to. Everybody locks leads by id in ascending order, so nobody
// waits in a ring.
func load(tx *gorm.DB, dialect db.Dialect, seeds []string) (*forest, error) {
	ids, err := treesOf(tx, seeds)
	if err != nil {
		return nil, err
	}
	q := tx.Session(&gorm.Session{QueryFields: true}).Unscoped().Where("id IN ?", ids).Order("id")
	if dialect == db.Postgres {
		q = q.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
	}
	var rows []lead.Lead
	if err := q.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("lock leads: %w", err)
	}
	again, err := treesOf(tx, seeds)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(ids, again) {
		return nil, errMoved
	}
	f := &forest{nodes: make(map[string]*node, len(rows))}
	for i := range rows {
		f.nodes[rows[i].ID] = &node{row: rows[i], img: ImageOf(&rows[i]), children: map[string][]string{}}
	}
	return f, f.loadMerges(tx, ids)
}

// treesOf are all leads of the trees that seeds belong to, in order.
func treesOf(tx *gorm.DB, seeds []string) ([]string, error) {
	var out []string
	for _, s := range seeds {
		root, err := lead.Root(tx, s)
		if err != nil {
			return nil, err
		}
		members, err := lead.Members(tx, root)
		if err != nil {
			return nil, err
		}
		out = append(out, members...)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func (f *forest) loadMerges(tx *gorm.DB, ids []string) error {
	var survs []survivor
	if err := tx.Where("lead_id IN ?", ids).Find(&survs).Error; err != nil {
		return fmt.Errorf("read survivors: %w", err)
	}
	for i := range survs {
		f.nodes[survs[i].LeadID].surv = &survs[i]
	}
	var merges []*Merge
	if err := tx.Where("survivor_id IN ? AND state = ?", ids, Done).Order("pos").Find(&merges).Error; err != nil {
		return fmt.Errorf("read merges: %w", err)
	}
	byID := make(map[string]*node, len(merges))
	mergeIDs := make([]string, 0, len(merges))
	for _, m := range merges {
		n := f.nodes[m.SurvivorID]
		n.merges = append(n.merges, m)
		byID[m.ID] = n
		mergeIDs = append(mergeIDs, m.ID)
	}
	var items []Item
	if err := tx.Select("merge_id", "lead_id").Where("merge_id IN ? AND pos > 0", mergeIDs).Order("pos").Find(&items).Error; err != nil {
		return fmt.Errorf("read merged leads: %w", err)
	}
	for _, it := range items {
		n := byID[it.MergeID]
		n.children[it.MergeID] = append(n.children[it.MergeID], it.LeadID)
	}
	return nil
}

// path are a lead and the leads that it went into, up to the one that lives.
func (f *forest) path(id string) []*node {
	out := []*node{f.nodes[id]}
	for n := out[0]; n.row.MergedInto != nil; {
		n = f.nodes[*n.row.MergedInto]
		out = append(out, n)
	}
	return out
}

// members are a lead and all that stand under it.
func (f *forest) members(id string) []string {
	out := []string{id}
	n := f.nodes[id]
	for _, m := range n.merges {
		for _, c := range n.children[m.ID] {
			out = append(out, f.members(c)...)
		}
	}
	return out
}

// shown is what a lead shows now.
func (f *forest) shown(id string) part {
	n := f.nodes[id]
	p := part{id: id, img: n.img}
	if n.surv != nil {
		p.sources = n.surv.Sources.V
	}
	return p
}

// eval works out what a lead shows: its own, then merges and edits in the order in which they came.
func (f *forest) eval(n *node) part {
	if n.surv == nil {
		return part{n.row.ID, n.img.clone(), nil}
	}
	p := part{n.row.ID, n.surv.Own.V.clone(), map[string]string{}}
	edits := n.surv.Edits.V
	for _, m := range n.merges {
		for len(edits) > 0 && edits[0].Pos < m.Pos {
			edits[0].apply(p)
			edits = edits[1:]
		}
		parts := []part{p}
		for _, c := range n.children[m.ID] {
			parts = append(parts, f.shown(c))
		}
		p = combine(parts, m.Choices.V)
	}
	for _, e := range edits {
		e.apply(p)
	}
	return p
}

// next is the place of what happens to a lead now.
func (n *node) next() int {
	last := 0
	for _, m := range n.merges {
		last = max(last, m.Pos)
	}
	if n.surv != nil {
		for _, e := range n.surv.Edits.V {
			last = max(last, e.Pos)
		}
	}
	return last + 1
}

// settle keeps as edits what was changed in a survivor since the merges were last worked out.
func (n *node) settle() {
	if n.surv == nil {
		return
	}
	shown := n.surv.Shown.V
	pos := n.next()
	for _, f := range differing(shown, n.img) {
		if f == fieldCompany && n.follow() {
			continue
		}
		e := Edit{Pos: pos, Field: f, Value: n.img.get(f), Base: shown.get(f)}
		if s, ok := n.surv.Sources.V[f]; ok {
			e.Source = s
		} else if e.Base != nil {
			e.Source = n.row.ID
		}
		if f == fieldTags {
			was, is := parse[[]string](shown[f]), parse[[]string](n.img[f])
			e.Add, e.Drop = without(is, was), without(was, is)
		}
		n.surv.Edits.V = append(n.surv.Edits.V, e)
		pos++
	}
	n.surv.Shown.V = n.img.clone()
}

// follow takes over that the company that a lead shows went into another row, or came back: nobody edited the lead. false
// when its name is another.
func (n *node) follow() bool {
	is := parse[company](n.img[fieldCompany])
	if parse[company](n.surv.Shown.V[fieldCompany]).Name != is.Name {
		return false
	}
	if own, ok := n.surv.Own.V[fieldCompany]; ok && parse[company](own).Name == is.Name {
		n.surv.Own.V.set(fieldCompany, n.img.get(fieldCompany))
	}
	for i, e := range n.surv.Edits.V {
		if e.Field == fieldCompany && e.Value != nil && parse[company](*e.Value).Name == is.Name {
			n.surv.Edits.V[i].Value = n.img.get(fieldCompany)
		}
	}
	return true
}

func without(list, minus []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(minus, s) })
}

// save writes what a lead shows, and what is known of it as a survivor; a lead that stands for nobody any more is an
// ordinary one again.
func (f *forest) save(tx *gorm.DB, n *node, more map[string]any) error {
	p := f.eval(n)
	if err := store(tx, n, p.img, more); err != nil {
		return fmt.Errorf("write merged lead: %w", err)
	}
	if n.surv == nil {
		return nil
	}
	if len(n.merges) == 0 {
		n.surv = nil
		return tx.Where("lead_id = ?", n.row.ID).Delete(&survivor{}).Error
	}
	n.surv.Shown, n.surv.Sources = db.NewJSON(p.img.clone()), db.NewJSON(p.sources)
	return tx.Save(n.surv).Error
}

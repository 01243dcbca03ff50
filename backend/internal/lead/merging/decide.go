package merging

import (
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"winnow/backend/internal/lead"
)

// All is the answer that gives an edit to every lead that it could belong to.
const All = "all"

// Change is something that was changed since a merge, and the side that it goes to when the merge is undone.
type Change struct {
	Field   string
	Before  string   // what the merge showed
	After   string   // what stands now
	To      []string // leads that get it; of a question without an answer, what is suggested
	Why     string   // code of the rule that decided
	Asked   bool     // nothing but a person can decide
	Options []string // leads, and All: what may be answered
}

// The rules that decide, in their order (docs/adr/0009-merges-are-worked-out.md).
const (
	whyAnswered = "answered"     // a person said so
	whyHas      = "has_already"  // the lead holds just this by itself
	whyFound    = "found_again"  // an import or a run found it by an address of that lead
	whyJudged   = "judged"       // the newest analysis was made of that lead
	whyOnly     = "only_one_had" // only that lead had a value
	whyShown    = "shown"        // the value that was changed was the survivor's own
	whyRemoved  = "removed"      // a tag is taken from every lead that has it
	whyStays    = "stays"        // what happened to the merged lead as such stays with the survivor
	whyBothHad  = "both_had"     // asked: both had the same value
	whyTheirs   = "shown_theirs" // asked: both had one, and the merged lead's was changed
	whyNobody   = "nobody_had"   // asked: no lead had a value
)

// split is an undoing while it is worked out: m leaves n, and its children stand alone again.
type split struct {
	f        *forest
	m        *Merge
	n        *node
	path     []*node // n and the leads that it went into
	children []string
	sides    map[string]string // lead → child that it leaves with
	changes  []Change
	moves    []move
}

// move is an edit that leaves the lead at which it is kept.
type move struct {
	at   *node
	edit Edit
	to   []string // children; the lead at which it is kept may be among them
}

func (s *Service) newSplit(f *forest, m *Merge) *split {
	n := f.nodes[m.SurvivorID]
	sp := &split{f: f, m: m, n: n, path: f.path(n.row.ID), children: n.children[m.ID], sides: map[string]string{}}
	for _, c := range sp.children {
		for _, member := range f.members(c) {
			sp.sides[member] = c
		}
	}
	return sp
}

// root is the lead that lives.
func (sp *split) root() *node { return sp.path[len(sp.path)-1] }

// decide goes through everything that was changed since the merge.
func (s *Service) decide(tx *gorm.DB, sp *split, answers map[string]string) error {
	for i, p := range sp.path {
		if p.surv == nil {
			continue
		}
		since := sp.m.Pos
		if i > 0 {
			since = p.posOf(sp.path[i-1].row.ID)
		}
		p.collapse(since)
		for _, e := range p.surv.Edits.V {
			if e.Pos < since || e.Field == fieldActivity {
				continue
			}
			c, err := s.judge(tx, sp, i, e, answers)
			if err != nil {
				return err
			}
			sp.changes = append(sp.changes, c)
			if !slices.Equal(c.To, []string{sp.n.row.ID}) {
				sp.moves = append(sp.moves, move{p, e, c.To})
			}
		}
	}
	return nil
}

// collapse makes one edit of several of the same field that came after a place: who overwrites decides, by what stood there
// first. Tags add up, so theirs stay apart.
func (n *node) collapse(since int) {
	first := map[string]Edit{}
	var out []Edit
	for _, e := range n.surv.Edits.V {
		if e.Pos > since && e.Field != fieldTags {
			if was, again := first[e.Field]; again {
				e.Base, e.Source = was.Base, was.Source
				out = slices.DeleteFunc(out, func(old Edit) bool { return old.Pos > since && old.Field == e.Field })
			} else {
				first[e.Field] = e
			}
		}
		out = append(out, e)
	}
	n.surv.Edits.V = out
}

// posOf is the place of the merge by which a child came.
func (n *node) posOf(child string) int {
	for _, m := range n.merges {
		if slices.Contains(n.children[m.ID], child) {
			return m.Pos
		}
	}
	return 0
}

// judge decides one change of the lead at place at of the path.
func (s *Service) judge(tx *gorm.DB, sp *split, at int, e Edit, answers map[string]string) (Change, error) {
	stay := sp.n.row.ID
	c := Change{Field: e.Field, To: []string{stay}, Why: whyStays, Options: append([]string{stay}, sp.children...)}
	if e.Base != nil {
		c.Before = Readable(e.Field, *e.Base)
	}
	if e.Value != nil {
		c.After = Readable(e.Field, *e.Value)
	}
	if !identifies(e.Field) {
		c.Options = append(c.Options, All)
	}
	for _, child := range sp.children {
		if own := sp.f.nodes[child].img.get(e.Field); e.Field != fieldTags && e.Value != nil && same(own, e.Value) {
			c.To, c.Why = []string{child}, whyHas
			return c, nil
		}
	}
	switch e.Field {
	case fieldTags:
		return c, s.judgeTags(tx, sp, e, &c)
	case fieldGrade:
		return c, s.judgeGrade(tx, sp, &c)
	case fieldOwner, fieldStatus:
		return c, nil
	}
	from, err := s.foundBy(tx, sp, e.Field)
	if err != nil {
		return c, err
	}
	if from != nil {
		c.To, c.Why = []string{*from}, whyFound
		return c, nil
	}
	if e.Field == fieldLanguage && e.Value != nil {
		told, err := s.told(tx, sp, e)
		if err != nil || !told {
			return c, errors.Join(err, s.judgeGrade(tx, sp, &c))
		}
	}
	sp.compare(at, e, &c)
	if a, ok := answers[e.Field]; ok && c.Asked && slices.Contains(c.Options, a) {
		c.Asked, c.Why, c.To = false, whyAnswered, []string{a}
		if a == All {
			c.To = append([]string{stay}, sp.children...)
		}
	}
	return c, nil
}

// compare decides by who had a value before the change.
func (sp *split) compare(at int, e Edit, c *Change) {
	rest := sp.without(at).img[e.Field]
	have := map[string]string{}
	if rest != "" {
		have[sp.n.row.ID] = rest
	}
	for _, child := range sp.children {
		if v := sp.f.nodes[child].img[e.Field]; v != "" {
			have[child] = v
		}
	}
	source := e.Source
	if side, ok := sp.sides[source]; ok {
		source = side
	} else {
		source = sp.n.row.ID
	}
	switch {
	case len(have) == 1:
		c.To, c.Why = sortedKeys(have), whyOnly
	case len(have) == 0:
		c.Asked, c.Why = true, whyNobody
	case e.Base != nil && sp.sharedBy(have, *e.Base) > 1:
		c.Asked, c.Why = true, whyBothHad
		if !identifies(e.Field) {
			c.To = append([]string{sp.n.row.ID}, sp.children...)
		}
	case source == sp.n.row.ID:
		c.Why = whyShown
	default:
		c.Asked, c.Why, c.To = true, whyTheirs, []string{source}
	}
}

func (sp *split) sharedBy(have map[string]string, v string) int {
	n := 0
	for _, h := range have {
		if h == v {
			n++
		}
	}
	return n
}

// without is what the lead at place at of the path would show without the merge that is undone, later edits left out.
func (sp *split) without(at int) part {
	n := sp.path[at]
	p := part{n.row.ID, n.surv.Own.V.clone(), map[string]string{}}
	for _, m := range n.merges {
		if m.ID == sp.m.ID {
			continue
		}
		parts := []part{p}
		for _, child := range n.children[m.ID] {
			if at > 0 && child == sp.path[at-1].row.ID {
				parts = append(parts, sp.without(at-1))
			} else {
				parts = append(parts, sp.f.shown(child))
			}
		}
		p = combine(parts, m.Choices.V)
	}
	return p
}

// foundBy is the side of the lead by whose address an import or a run brought the value that stands, nil when a person
// gave it or nobody knows.
func (s *Service) foundBy(tx *gorm.DB, sp *split, field string) (*string, error) {
	var rows []struct {
		FirstLeadID *string
		Source      string
		SightingID  *string
		Value       string
	}
	root := sp.root()
	err := tx.Table("field_provenance").Where("lead_id = ? AND field = ? AND current", root.row.ID, field).
		Order("at DESC, id DESC").Limit(maxRows).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read provenance: %w", err)
	}
	for _, r := range rows {
		if r.Value != Readable(field, root.img[field]) || r.SightingID == nil {
			continue
		}
		if r.FirstLeadID == nil {
			return &sp.n.row.ID, nil
		}
		if side, ok := sp.sides[*r.FirstLeadID]; ok {
			return &side, nil
		}
		return &sp.n.row.ID, nil
	}
	return nil, nil //nolint:nilnil // nobody knows is no fault
}

// told reports whether somebody or something told a value: analyses leave no trace of the language that they read.
func (s *Service) told(tx *gorm.DB, sp *split, e Edit) (bool, error) {
	var n int64
	err := tx.Model(&lead.Provenance{}).Where("lead_id = ? AND field = ? AND value = ?", sp.root().row.ID, e.Field, *e.Value).Count(&n).Error
	if err != nil {
		return false, fmt.Errorf("read provenance: %w", err)
	}
	return n > 0, nil
}

const maxRows = 200

// judgeTags: what was taken away is taken from every lead, what was added stays, unless it was found by an address of a
// merged lead.
func (s *Service) judgeTags(tx *gorm.DB, sp *split, e Edit, c *Change) error {
	if len(e.Drop) > 0 {
		c.To, c.Why = append([]string{sp.n.row.ID}, sp.children...), whyRemoved
		return nil
	}
	var rows []lead.Provenance
	for side := range sp.sides {
		err := tx.Where("lead_id = ? AND first_lead_id = ? AND field = ? AND sighting_id IS NOT NULL", sp.root().row.ID, side, fieldTags).
			Limit(maxRows).Find(&rows).Error
		if err != nil {
			return fmt.Errorf("read provenance: %w", err)
		}
		for _, r := range rows {
			if r.At.After(sp.m.CreatedAt) && containsAll(r.Value, e.Add) {
				c.To, c.Why = []string{sp.sides[side]}, whyFound
				return nil
			}
		}
	}
	return nil
}

// judgeGrade: an analysis goes with the lead that it was made of.
func (s *Service) judgeGrade(tx *gorm.DB, sp *split, c *Change) error {
	if s.Judged == nil {
		return nil
	}
	first, err := s.Judged(tx, sp.root().row.ID)
	if err != nil {
		return err
	}
	if side, ok := sp.sides[first]; ok {
		c.To, c.Why = []string{side}, whyJudged
	}
	return nil
}

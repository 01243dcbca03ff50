package resolution

import (
	"fmt"
	"slices"

	"gorm.io/gorm"

	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
)

// look compares some leads, whose keys are stored, with all that share a key, and answers what may be the same. When all
// leads are looked at in the order of their ids, onward leaves out pairs with earlier ones, which were met there.
func (s *Service) look(tx *gorm.DB, ms map[group]*matcher, ready []*prepared, onward bool) ([]duplicate.Found, error) {
	near, err := s.near(tx, ready)
	if err != nil {
		return nil, err
	}
	if onward && len(ready) > 0 {
		first := ready[0].lead.ID
		for id, ids := range near {
			near[id] = slices.DeleteFunc(ids, func(other string) bool { return other < first })
		}
	}
	others, err := others(tx, ms, ready, near)
	if err != nil {
		return nil, err
	}
	var found []duplicate.Found
	done := map[[2]string]bool{}
	for _, p := range ready {
		for _, id := range near[p.lead.ID] {
			o := others[id]
			pair := [2]string{min(id, p.lead.ID), max(id, p.lead.ID)}
			if o == nil || o.group != p.group || done[pair] {
				continue
			}
			done[pair] = true
			if f := compare(ms[p.group], p, o); f != nil {
				found = append(found, *f)
			}
		}
	}
	return found, nil
}

// near lists for each lead those that share a telling key with it.
func (s *Service) near(tx *gorm.DB, ready []*prepared) (map[string][]string, error) {
	var hashes []int64
	for _, p := range ready {
		hashes = append(hashes, p.keys...)
	}
	under, err := sharing(tx, s.db.Dialect, hashes)
	if err != nil {
		return nil, err
	}
	near := make(map[string][]string, len(ready))
	for _, p := range ready {
		var ids []string
		for _, h := range p.keys {
			if len(under[h]) <= maxShared {
				ids = append(ids, under[h]...)
			}
		}
		slices.Sort(ids)
		ids = slices.Compact(ids)
		near[p.lead.ID] = slices.DeleteFunc(ids, func(id string) bool { return id == p.lead.ID })
	}
	return near, nil
}

// others readies the leads that some are near to.
func others(tx *gorm.DB, ms map[group]*matcher, ready []*prepared, near map[string][]string) (map[string]*prepared, error) {
	all := make(map[string]*prepared, 2*len(ready))
	for _, p := range ready {
		all[p.lead.ID] = p
	}
	var missing []string
	for _, ids := range near {
		for _, id := range ids {
			if all[id] == nil {
				missing = append(missing, id)
			}
		}
	}
	slices.Sort(missing)
	for chunk := range slices.Chunk(slices.Compact(missing), perStatement) {
		leads, err := read(tx, chunk)
		if err != nil {
			return nil, err
		}
		for _, p := range prepare(ms, leads) {
			all[p.lead.ID] = p
		}
	}
	return all, nil
}

// read reads what is compared of live leads.
func read(tx *gorm.DB, ids []string) ([]lead.Lead, error) {
	var leads []lead.Lead
	if err := tx.Select(columns()).Where("id IN ?", ids).Order("id").Find(&leads).Error; err != nil {
		return nil, fmt.Errorf("read leads to compare: %w", err)
	}
	return leads, nil
}

// compare is the pair for the review queue, nil when the two are different.
func compare(m *matcher, a, b *prepared) *duplicate.Found {
	if bits, held := m.Score(a.ready, b.ready); linkage.OutcomeOf(bits, held) == linkage.Different {
		return nil
	}
	match := m.Match(a.ready, b.ready)
	f := &duplicate.Found{A: a.lead.ID, B: b.lead.ID, Score: match.Probability, Model: m.name}
	if match.Held {
		f.Held = duplicate.HeldNames
	}
	for _, e := range match.Fields {
		f.Weights = append(f.Weights, duplicate.Weight{Field: e.Field, Agreement: agreement(e), Bits: e.Bits})
	}
	return f
}

func agreement(e linkage.Evidence) string {
	switch e.Label {
	case "same", "same address":
		return "same"
	case "different":
		return "differs"
	}
	return "similar"
}

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
// leads are looked at, onward leaves out pairs with leads of lower numbers, which are met there.
func (s *Service) look(tx *gorm.DB, ms map[group]*matcher, ready []*prepared, onward bool) ([]duplicate.Found, error) {
	near, err := s.near(tx, ready)
	if err != nil {
		return nil, err
	}
	if onward {
		for mine, numbers := range near {
			near[mine] = slices.DeleteFunc(numbers, func(other int64) bool { return other < mine })
		}
	}
	others, err := others(tx, ms, ready, near)
	if err != nil {
		return nil, err
	}
	var found []duplicate.Found
	done := map[[2]int64]bool{}
	for _, p := range ready {
		for _, number := range near[p.lead.Seq] {
			o := others[number]
			pair := [2]int64{min(number, p.lead.Seq), max(number, p.lead.Seq)}
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

// near lists for each lead, by numbers, those that share a telling key with it.
func (s *Service) near(tx *gorm.DB, ready []*prepared) (map[int64][]int64, error) {
	var hashes []int64
	for _, p := range ready {
		hashes = append(hashes, p.keys...)
	}
	under, err := sharing(tx, s.db.Dialect, hashes)
	if err != nil {
		return nil, err
	}
	near := make(map[int64][]int64, len(ready))
	for _, p := range ready {
		var numbers []int64
		for _, h := range p.keys {
			if len(under[h]) <= maxShared {
				numbers = append(numbers, under[h]...)
			}
		}
		slices.Sort(numbers)
		numbers = slices.Compact(numbers)
		near[p.lead.Seq] = slices.DeleteFunc(numbers, func(n int64) bool { return n == p.lead.Seq })
	}
	return near, nil
}

// others readies the leads that some are near to.
func others(tx *gorm.DB, ms map[group]*matcher, ready []*prepared, near map[int64][]int64) (map[int64]*prepared, error) {
	all := make(map[int64]*prepared, 2*len(ready))
	for _, p := range ready {
		all[p.lead.Seq] = p
	}
	var missing []int64
	for _, numbers := range near {
		for _, n := range numbers {
			if all[n] == nil {
				missing = append(missing, n)
			}
		}
	}
	slices.Sort(missing)
	for chunk := range slices.Chunk(slices.Compact(missing), perStatement) {
		var leads []lead.Lead
		if err := tx.Select(columns()).Where("seq IN ?", chunk).Order("seq").Find(&leads).Error; err != nil {
			return nil, fmt.Errorf("read leads to compare with: %w", err)
		}
		for _, p := range prepareOnly(ms, leads) {
			all[p.lead.Seq] = p
		}
	}
	return all, nil
}

// read reads what is compared of live leads.
func read(tx *gorm.DB, ids []string) ([]lead.Lead, error) {
	var leads []lead.Lead
	if err := tx.Select(columns()).Where("id IN ?", ids).Order("seq").Find(&leads).Error; err != nil {
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

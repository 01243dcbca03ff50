package resolution

import (
	"gorm.io/gorm"

	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/lead"
)

// leastTogether is how many bits the leads of two groups must have for each other on average to become one without a
// person's word; it is what a file's clusters are held to.
const leastTogether = 4.0

// Sure reports whether two leads as they are now are one beyond doubt. as and bs are what stands under each, the lead
// itself among them, with what each holds of its own: where groups meet, all pairs across are weighed, so that a chain of
// likenesses does not join what differs at its ends. held tells that only a person may say so, whatever the sum.
func (s *Service) Sure(tx *gorm.DB, a, b *lead.Lead, as, bs []lead.Lead) (sure, held bool, err error) {
	g := groupOf(a)
	if g == "" || g != groupOf(b) {
		return false, false, nil
	}
	m, err := s.matcherOf(tx, g)
	if err != nil {
		return false, false, err
	}
	bits, held := m.Score(m.Prepare(recordOf(g, a)), m.Prepare(recordOf(g, b)))
	if linkage.OutcomeOf(bits, held) != linkage.Same {
		return false, held, nil
	}
	if len(as) == 1 && len(bs) == 1 {
		return true, false, nil
	}
	return together(m, g, as, bs), false, nil
}

func together(m *matcher, g group, as, bs []lead.Lead) bool {
	others := make([]*linkage.Prepared, len(bs))
	for i := range bs {
		others[i] = m.Prepare(recordOf(g, &bs[i]))
	}
	sum, n := 0.0, 0
	for i := range as {
		one := m.Prepare(recordOf(g, &as[i]))
		for _, other := range others {
			match := m.Match(one, other)
			if match.Held && linkage.OutcomeOf(match.Bits, false) != linkage.Same {
				return false
			}
			sum += match.Bits - match.Prior
			n++
		}
	}
	return sum/float64(n) > leastTogether
}

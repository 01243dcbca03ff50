package linkage

import (
	"math"
	"slices"
)

// pattern is one combination of levels and how many candidate pairs show it.
type pattern struct {
	levels levels
	count  float64
	match  float64 // posterior that such a pair is a match
	other  float64 // posterior that it is a match or related: no chance
}

// How sure the starting shares are, in pairs: the data of a small set move them little.
const (
	believed    = 25.0 // behind m
	believedU0  = 2.0  // behind u
	believedU1  = 30.0 // behind u where a parent agrees
	rounds      = 40
	fewestShare = .0008
	// true pairs whose field differs outright, as a multiple of what is expected: more means that something else than
	// matches was learned
	mostDiffering = 3
)

// learn estimates the model by expectation and maximisation over the candidates. Chance agreement comes from random
// pairs less the matches and related pairs among them; how matches agree comes from the candidates, held by what is
// known of each kind.
func (e *engine) learn(ps []pattern, ch *chance, records int) {
	m := e.model
	e.refitU(ps, ch)
	m.Prior = clampPrior(0.15*float64(records)/ch.total, ch.total)
	for i := range m.Relations {
		m.Relations[i].Share = clampPrior(0.05*float64(records)/ch.total, ch.total)
	}
	for range rounds {
		was := m.Prior
		matches, relatives := e.expect(ps)
		m.Prior = clampPrior((matches+.5)/(ch.total+1), ch.total)
		for i := range m.Relations {
			m.Relations[i].Share = clampPrior((relatives[i]+.5)/(ch.total+1), ch.total)
		}
		e.refitM(ps)
		e.refitU(ps, ch)
		if math.Abs(m.Prior-was) < was*1e-4 {
			break
		}
	}
}

func clampPrior(p, total float64) float64 { return max(min(p, .2), .3/(total+1)) }

// expect sets each pattern's posteriors and counts the matches and the pairs of each relation.
func (e *engine) expect(ps []pattern) (matches float64, relatives []float64) {
	m := e.model
	relatives = make([]float64, len(m.Relations))
	odds := make([]float64, len(m.Relations))
	for i := range ps {
		p := &ps[i]
		var each [maxFields]float64
		sum := 0.0
		for c := range m.Fields {
			if l := p.levels[c]; l > 0 {
				each[c] = m.bits(c, m.row(c, &p.levels), l)
				sum += each[c]
			}
		}
		match := m.Prior * math.Exp2(sum)
		all := match + 1 - m.Prior
		for r := range m.Relations {
			odds[r] = m.Relations[r].Share * math.Exp2(m.inCommon(&m.Relations[r], &p.levels, &each))
			all += odds[r]
		}
		p.match, p.other = match/all, match/all
		matches += p.match * p.count
		for r := range odds {
			relatives[r] += odds[r] / all * p.count
			p.other += odds[r] / all
		}
	}
	return matches, relatives
}

func probability(bits float64) float64 { return 1 / (1 + math.Exp2(-bits)) }

// tally sums the matches, or all that is no chance, by level and row of one field.
func (e *engine) tally(ps []pattern, c int, related bool) (out [2][]float64) {
	n := len(specOf(e.model.Fields[c].Kind).levels)
	out = [2][]float64{make([]float64, n), make([]float64, n)}
	for i := range ps {
		if l := ps[i].levels[c]; l > 0 {
			p := ps[i].match
			if related {
				p = ps[i].other
			}
			out[e.model.row(c, &ps[i].levels)][l-1] += p * ps[i].count
		}
	}
	return out
}

func (e *engine) refitM(ps []pattern) {
	for c := range e.model.Fields {
		t := &e.model.Fields[c]
		sp := specOf(t.Kind)
		got := e.tally(ps, c, false)
		for row := range 2 {
			sum := believed
			for _, n := range got[row] {
				sum += n
			}
			for i := range t.M[row] {
				t.M[row][i] = max((got[row][i]+believed*sp.levels[i].m)/sum, fewestShare)
			}
			last := len(t.M[row]) - 1
			t.M[row][last] = min(t.M[row][last], mostDiffering*sp.levels[last].m, .5)
		}
	}
}

func (e *engine) refitU(ps []pattern, ch *chance) {
	for c := range e.model.Fields {
		t := &e.model.Fields[c]
		sp := specOf(t.Kind)
		matched := e.tally(ps, c, true)
		for row := range 2 {
			strength := believedU0
			if row == 1 {
				strength = believedU1
			}
			start := believedU(t.Kind, row)
			sum := strength
			rest := make([]float64, len(start))
			for i := range rest {
				rest[i] = max(ch.levels[c][row][i]-matched[row][i], 0)
				sum += rest[i]
			}
			for i := range rest {
				t.U[row][i] = max((rest[i]+strength*start[i])/sum, sp.levels[i].least)
			}
		}
	}
}

// patternsOf counts the combinations of levels among the candidates, in a fixed order.
func patternsOf(all []levels) []pattern {
	index := map[levels]int{}
	var out []pattern
	for i := range all {
		at, ok := index[all[i]]
		if !ok {
			at = len(out)
			index[all[i]] = at
			out = append(out, pattern{levels: all[i]})
		}
		out[at].count++
	}
	slices.SortFunc(out, func(a, b pattern) int { return slices.Compare(a.levels[:], b.levels[:]) })
	return out
}

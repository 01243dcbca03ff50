package linkage

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// chance is how random pairs of the records agree, matches among them included.
type chance struct {
	total  float64 // pairs there are
	levels [maxFields][2][]float64
}

// most pairs that are drawn to see how chance pairs agree
const (
	drawn        = 200_000
	drawnAlike   = 20_000 // among those that share a parent's value
	seedConstant = 0x9e3779b97f4a7c15
)

// digest is one number for all that an entry says.
func (e *entry) digest() uint64 {
	h := uint64(e.file) + 1
	for c := range e.values {
		h = (h ^ e.values[c].hash) * seedConstant
		h ^= h >> 31
		for i := range e.values[c].more {
			h = (h ^ e.values[c].more[i].hash) * seedConstant
		}
	}
	return h
}

// seedOf makes the draw depend on the records and nothing else.
func seedOf(es []entry) *rand.Rand {
	h := uint64(len(es))
	for i := range es {
		h = (h ^ es[i].digest()) * seedConstant
	}
	return rand.New(rand.NewPCG(h, seedConstant)) //nolint:gosec // a sample, no secret
}

// pairsOf counts the pairs that may match: all, or those across two files.
func pairsOf(es []entry, two bool) float64 {
	if !two {
		return float64(len(es)) * float64(len(es)-1) / 2
	}
	var n [2]float64
	for i := range es {
		n[es[i].file]++
	}
	return n[0] * n[1]
}

func (e *engine) sample(es []entry, two bool) *chance {
	ch := &chance{total: max(pairsOf(es, two), 1)}
	for c := range e.model.Fields {
		n := len(specOf(e.model.Fields[c].Kind).levels)
		ch.levels[c] = [2][]float64{make([]float64, n), make([]float64, n)}
	}
	rng := seedOf(es)
	e.drawAll(es, two, rng, ch)
	e.exactShares(es, two, ch)
	e.drawAlike(es, two, rng, ch)
	return ch
}

// drawAll draws random pairs; each stands for total/drawn of them.
func (e *engine) drawAll(es []entry, two bool, rng *rand.Rand, ch *chance) {
	each := func(i, j int, weight float64) {
		var ls levels
		e.compare(&es[i], &es[j], &ls)
		for c := range e.model.Fields {
			if ls[c] > 0 && e.model.row(c, &ls) == 0 {
				ch.levels[c][0][ls[c]-1] += weight
			}
		}
	}
	if ch.total <= drawn {
		for i := range es {
			for j := i + 1; j < len(es); j++ {
				if !two || es[i].file != es[j].file {
					each(i, j, 1)
				}
			}
		}
		return
	}
	for n := 0; n < drawn; {
		i, j := rng.IntN(len(es)), rng.IntN(len(es))
		if i == j || two && es[i].file == es[j].file {
			continue
		}
		each(i, j, ch.total/drawn)
		n++
	}
}

// exactShares replaces the drawn number of pairs that agree exactly by the true one, which the frequencies of values
// tell: agreement on rare values hardly turns up in a draw.
func (e *engine) exactShares(es []entry, two bool, ch *chance) {
	for c := range e.model.Fields {
		t := &e.model.Fields[c]
		if len(t.Parents) > 0 || t.Kind == Street || t.Kind == Email || t.Kind == Phone || t.Kind == Website {
			continue
		}
		count := map[uint64][2]float64{}
		for i := range es {
			if v := &es[i].values[c]; v.known() {
				n := count[v.hash]
				n[es[i].file]++
				count[v.hash] = n
			}
		}
		sum := 0.0
		for _, n := range count {
			if two {
				sum += n[0] * n[1]
			} else {
				sum += n[0] * (n[0] - 1) / 2
			}
		}
		ch.levels[c][0][0] = sum
	}
}

// drawAlike draws among pairs that share a value of a parent, to see how the child agrees then.
func (e *engine) drawAlike(es []entry, two bool, rng *rand.Rand, ch *chance) {
	for c := range e.model.Fields {
		for n, p := range e.model.Fields[c].Parents {
			groups, total := e.alikeBy(es, p)
			if total == 0 {
				continue
			}
			weight := max(1, total/drawnAlike)
			for _, g := range groups {
				want := float64(len(g)) * float64(len(g)-1) / 2 / weight
				for k := 0.0; k < want; k++ {
					i, j := g[rng.IntN(len(g))], g[rng.IntN(len(g))]
					if i == j || two && es[i].file == es[j].file {
						continue
					}
					var ls levels
					e.compare(&es[i], &es[j], &ls)
					if ls[c] > 0 && agrees(e.model.Fields[p].Kind, ls[p]) && e.firstAgreeing(c, &ls) == n {
						ch.levels[c][1][ls[c]-1] += weight
					}
				}
			}
		}
	}
}

func (e *engine) firstAgreeing(c int, ls *levels) int {
	for n, p := range e.model.Fields[c].Parents {
		if agrees(e.model.Fields[p].Kind, ls[p]) {
			return n
		}
	}
	return -1
}

// alikeBy groups the records by a field's value, where more than one has it, and the pairs in them.
func (e *engine) alikeBy(es []entry, c int) (out [][]int, pairs float64) {
	by := map[string][]int{}
	for i := range es {
		v := &es[i].values[c]
		if !v.known() {
			continue
		}
		key := v.tight
		if e.model.Fields[c].Kind == Email {
			key = v.alt2
		}
		by[key] = append(by[key], i)
	}
	keys := make([]string, 0, len(by))
	for k, g := range by {
		if len(g) > 1 {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		g := by[k]
		out = append(out, g)
		pairs += float64(len(g)) * float64(len(g)-1) / 2
	}
	return out, pairs
}

func sortWords(ws []word) {
	slices.SortFunc(ws, func(a, b word) int { return strings.Compare(a.text, b.text) })
}

package linkage

import (
	"cmp"
	"slices"
)

// link is a scored pair.
type link struct {
	pair
	evidence float64 // bits without the prior
	veto     bool    // something forbids merging without a person's word
}

// forest gathers records into clusters.
type forest struct {
	of      []int32   // each record's cluster
	members [][]int32 // each cluster's records
}

func newForest(n int) *forest {
	f := &forest{of: make([]int32, n), members: make([][]int32, n)}
	for i := range n {
		f.of[i] = int32(i)
		f.members[i] = []int32{f.of[i]}
	}
	return f
}

func (f *forest) join(x, y int32) {
	if len(f.members[x]) < len(f.members[y]) {
		x, y = y, x
	}
	for _, i := range f.members[y] {
		f.of[i] = x
	}
	f.members[x] = append(f.members[x], f.members[y]...)
	f.members[y] = nil
}

// cluster joins records by their links, the surest first. One link is not enough where clusters meet: all pairs across
// are weighed, so that a chain of likenesses does not join what differs at its ends.
func (e *engine) cluster(es []entry, links []link, least float64, auto, two bool) *forest {
	f := newForest(len(es))
	known := make(map[pair]verdict, len(links))
	for _, l := range links {
		known[l.pair] = verdict{l.evidence, l.veto}
	}
	sorted := slices.Clone(links)
	slices.SortStableFunc(sorted, func(a, b link) int { return -cmp.Compare(a.evidence, b.evidence) })
	prior := e.model.priorBits()
	for _, l := range sorted {
		if l.evidence+prior < least {
			break
		}
		x, y := f.of[l.a], f.of[l.b]
		if x == y || auto && l.veto {
			continue
		}
		if e.mayJoin(es, f.members[x], f.members[y], known, auto, two) {
			f.join(x, y)
		}
	}
	return f
}

// How much pairs across two clusters may speak against joining them, in bits: on average and each.
const (
	againstAverage = -1.0
	sameFileBits   = 7.0
)

func (e *engine) mayJoin(es []entry, xs, ys []int32, known map[pair]verdict, auto, two bool) bool {
	if len(xs) == 1 && len(ys) == 1 {
		return true
	}
	sum, n := 0.0, 0
	for _, i := range xs {
		for _, j := range ys {
			v := e.between(es, i, j, known)
			w := v.evidence
			if auto && v.veto && w+e.model.priorBits() < autoBits {
				return false
			}
			if two && es[i].file == es[j].file && w+e.model.priorBits() < sameFileBits {
				return false
			}
			sum += w
			n++
		}
	}
	average := sum / float64(n)
	if auto {
		return average > 4
	}
	return average > againstAverage
}

// verdict is what is known of a pair.
type verdict struct {
	evidence float64
	veto     bool
}

func (e *engine) between(es []entry, i, j int32, known map[pair]verdict) verdict {
	p := pair{min(i, j), max(i, j)}
	if w, ok := known[p]; ok {
		return w
	}
	var ls levels
	var each [maxFields]float64
	e.compare(&es[p.a], &es[p.b], &ls)
	v := verdict{e.evidence(&es[p.a], &es[p.b], &ls, &each), e.veto(&ls)}
	known[p] = v
	return v
}

package linkage

import (
	"cmp"
	"slices"
)

// Result is what was found about a set of records.
type Result struct {
	Model  *Model
	Auto   [][]int // clusters of records that are one beyond doubt, by their places; alone ones are left out
	Review [][]int // clusters when what a person should look at counts too
	Pairs  int     // candidate pairs that were compared
}

// Run finds which records are one. second is empty, or the records of another file: then only pairs across the two
// count, and a record has one partner unless its own file says the same twice. The order of records does not matter.
func Run(fields []Field, first, second []Record) Result {
	s := newSet(fields, first, second)
	s.learn()
	links := s.links()
	return Result{
		Model: s.model, Pairs: len(s.pairs),
		Auto:   s.groups(s.cluster(s.entries, links, autoBits, true, s.two)),
		Review: s.groups(s.cluster(s.entries, links, reviewBits, false, s.two)),
	}
}

// set is the records of one run, in an order that only their content gives.
type set struct {
	*engine
	entries []entry
	place   []int // where each stood before
	two     bool
	pairs   []pair
	levels  []levels
}

func newSet(fields []Field, first, second []Record) *set {
	p := newParser()
	es := make([]entry, 0, len(first)+len(second))
	for _, r := range first {
		es = append(es, p.entry(fields, r, 0))
	}
	for _, r := range second {
		es = append(es, p.entry(fields, r, 1))
	}
	s := &set{two: len(second) > 0, place: make([]int, len(es)), entries: make([]entry, len(es))}
	digests := make([]uint64, len(es))
	for i := range es {
		s.place[i], digests[i] = i, es[i].digest()
	}
	slices.SortStableFunc(s.place, func(a, b int) int { return cmp.Compare(digests[a], digests[b]) })
	for i, at := range s.place {
		s.entries[i] = es[at]
	}
	m := newModel(fields, anyPerson(fields))
	m.study(s.entries)
	s.engine = newEngine(p, m)
	return s
}

// learn finds the candidates, compares them, keeping how, and estimates the model.
func (s *set) learn() {
	found := s.candidates(s.entries, s.two)
	s.pairs, s.levels = make([]pair, len(found)), make([]levels, len(found))
	for i := range found {
		s.pairs[i] = found[i].pair()
		s.compare(&s.entries[s.pairs[i].a], &s.entries[s.pairs[i].b], &s.levels[i])
	}
	s.engine.learn(patternsOf(s.levels), s.sample(s.entries, s.two), len(s.entries))
}

// links scores the candidates and keeps those that may matter.
func (s *set) links() []link {
	var out []link
	var each [maxFields]float64
	least := reviewBits - s.model.priorBits()
	for i, p := range s.pairs {
		w := s.evidence(&s.entries[p.a], &s.entries[p.b], &s.levels[i], &each)
		if w >= least {
			out = append(out, link{pair: p, evidence: w, veto: s.veto(&s.levels[i])})
		}
	}
	return out
}

// groups gives clusters of more than one record, by the places that they came from.
func (s *set) groups(f *forest) (out [][]int) {
	for _, ms := range f.members {
		if len(ms) < 2 {
			continue
		}
		g := make([]int, len(ms))
		for i, m := range ms {
			g[i] = s.place[m]
		}
		slices.Sort(g)
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return out
}

// veto: names that have nothing in common are for a person to judge, whatever else agrees; so are given names that
// differ, for families and firms share all the rest, unless some authority's number is the same.
func (e *engine) veto(ls *levels) bool {
	if !e.model.Person {
		return e.organisation >= 0 && ls[e.organisation] == 7
	}
	surname := e.surname >= 0 && ls[e.surname] == 6
	given := e.given >= 0 && ls[e.given] == 7
	if surname && (given || e.given < 0) {
		return true
	}
	return given && !e.sameID(ls)
}

func (e *engine) sameID(ls *levels) bool {
	for c := range e.model.Fields {
		if k := e.model.Fields[c].Kind; (k == ID || k == Profile) && ls[c] == 1 {
			return true
		}
	}
	return false
}

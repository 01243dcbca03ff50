package linkage

// Thresholds on the probability that two records are one, in bits of log-odds.
const (
	autoBits   = 6.6 // 99 %
	reviewBits = 0.0 // 50 %
)

// Result is what was found about a set of records.
type Result struct {
	Model  *Model
	Auto   [][]int // clusters of records that are one beyond doubt, by their places; alone ones are left out
	Review [][]int // clusters when what a person should look at counts too
	Pairs  int     // candidate pairs that were compared
}

// Run finds which records are one. second is empty, or the records of another file: then only pairs across the two
// count, and a record has one partner unless its own file says the same twice.
func Run(fields []Field, first, second []Record) Result {
	p := newParser()
	es := make([]entry, 0, len(first)+len(second))
	for _, r := range first {
		es = append(es, p.entry(fields, r, 0))
	}
	for _, r := range second {
		es = append(es, p.entry(fields, r, 1))
	}
	two := len(second) > 0
	person := false
	for _, f := range fields {
		person = person || f.Kind == Given || f.Kind == Surname
	}
	m := newModel(fields, person)
	m.study(es)
	e := newEngine(p, m)
	ps := e.candidates(es, two)
	all := make([]levels, len(ps))
	for i, p := range ps {
		e.compare(&es[p.a], &es[p.b], &all[i])
	}
	e.learn(patternsOf(all), e.sample(es, two), len(es))
	links := e.links(es, ps, all)
	return Result{
		Model: m, Pairs: len(ps),
		Auto:   e.cluster(es, links, autoBits, true, two).groups(),
		Review: e.cluster(es, links, reviewBits, false, two).groups(),
	}
}

// links scores the candidates and keeps those that may matter.
func (e *engine) links(es []entry, ps []pair, all []levels) []link {
	var out []link
	var each [maxFields]float64
	least := reviewBits - e.model.priorBits()
	for i, p := range ps {
		w := e.evidence(&es[p.a], &es[p.b], &all[i], &each)
		if w >= least {
			out = append(out, link{pair: p, evidence: w, veto: e.veto(&all[i])})
		}
	}
	return out
}

// veto: names that have nothing in common are for a person to judge, whatever else agrees; so are given names that
// differ, for families and firms share all the rest, unless some authority's number is the same.
func (e *engine) veto(ls *levels) bool {
	if !e.person {
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

func (f *forest) groups() (out [][]int) {
	for _, ms := range f.members {
		if len(ms) < 2 {
			continue
		}
		g := make([]int, len(ms))
		for i, m := range ms {
			g[i] = int(m)
		}
		out = append(out, g)
	}
	return out
}

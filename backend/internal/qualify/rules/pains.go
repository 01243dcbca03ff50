package rules

// pain is a profile pain that is heard in a sentence.
type pain struct {
	index  int // of the profile's pain points
	sent   int
	lo, hi int
	weak   bool // a hint, a question, a wish
}

// hearPains finds the profile's pains by facets and by its own phrases and sorts out whose they are and when.
func (r *reading) hearPains() {
	seen := map[[2]int]bool{}
	add := func(index, s, lo, hi int, weak bool) {
		if index < 0 || seen[[2]int{index, s}] || r.notATrouble(s, lo, hi, weak) {
			return
		}
		seen[[2]int{index, s}] = true
		p := pain{index, s, lo, hi, weak}
		if r.ownCurrent(s) {
			r.pains = append(r.pains, p)
		} else {
			r.third = append(r.third, p)
		}
	}
	for _, f := range r.d.fire(r.a.facets) {
		add(r.m.facetPain[f.facet], f.sent, f.lo, f.hi, f.weak)
	}
	for _, f := range r.d.phrasesIn(r.m.phrases, r.a.voc.neg) {
		add(-1-f.facet, f.sent, f.lo, f.hi, false)
	}
}

// notATrouble: words of trouble in a wish, in praise or as a feature asked for.
func (r *reading) notATrouble(s, lo, hi int, weak bool) bool {
	v := r.a.voc
	if weak && (r.flags[s].want || r.d.has[s].has(v.evaluate)) {
		return true
	}
	if r.onlyTool(s, lo, hi) && (r.integrationTalk(s) || r.praised(s)) {
		return true
	}
	return false
}

// onlyTool: the trouble is but the name of a tool (Excel, register).
func (r *reading) onlyTool(s, lo, hi int) bool {
	if hi-lo > 3 {
		return false
	}
	for _, c := range []concept{r.a.voc.excel, r.a.voc.paper} {
		for _, h := range r.d.of(s, c) {
			if h.from <= lo && hi <= h.to {
				return true
			}
		}
	}
	return false
}

// integrationTalk: "export to Excel", "connect with Tally", "format in Excel" names a tool without complaint.
func (r *reading) integrationTalk(s int) bool {
	sent := r.d.sents[s]
	for i := sent.lo; i < sent.hi; i++ {
		switch r.d.toks[i].text {
		case "export", "import", "upload", "format", "attached", "attach", "download", "integrate", "integration", "connect", "template", "webinar", "course", "tutorial", "tips", "trick", "formula", "instead":
			return true
		}
	}
	return false
}

func (r *reading) praised(s int) bool {
	return r.d.has[s].has(r.a.voc.negated) && !r.negatedAll(s, r.a.voc.negated)
}

// ownCurrent: the sentence tells of the lead's own firm, now.
func (r *reading) ownCurrent(s int) bool {
	f := r.flags[s]
	return !f.past && !f.solved && !f.other && !(f.generic && !f.question)
}

// strong lists the pains that are stated outright.
func (r *reading) strong() []pain {
	var out []pain
	for _, p := range r.pains {
		if !p.weak && !r.hedged(p.sent) {
			out = append(out, p)
		}
	}
	return out
}

// hedged: a question about what others do, without a word on the own firm.
func (r *reading) hedged(s int) bool {
	return r.flags[s].question && !r.flags[s].first && r.d.has[s].has(r.a.voc.askPeers) && !r.review && !r.form
}

package rules

import "strings"

// pain is a profile pain that is heard in a sentence.
type pain struct {
	index  int // of the profile's pain points
	sent   int
	lo, hi int
	weak   bool // a hint, a question, a wish
}

// hearPains finds the profile's pains by facets and by its own phrases and sorts out whose they are and when.
func (r *reading) hearPains() {
	var heard []pain
	phrases := r.d.phrasesIn(r.m.phrases, r.a.voc.neg)
	for _, f := range phrases { // the profile's own words, word for word, come first
		if f.whole {
			heard = append(heard, pain{-1 - f.facet, f.sent, f.lo, f.hi, false})
		}
	}
	whole := len(heard)
	for _, f := range r.d.fire(r.a.facets) {
		i := r.m.facetPain[f.facet]
		if i < 0 || r.review && r.a.facets[f.facet].family == "cost" {
			continue
		}
		if p := (pain{i, f.sent, f.lo, f.hi, f.weak}); !overlapped(heard[:whole], p) {
			heard = append(heard, p)
		}
	}
	facets := len(heard)
	for _, f := range phrases {
		if p := (pain{-1 - f.facet, f.sent, f.lo, f.hi, false}); !f.whole && !overlapped(heard[:facets], p) {
			heard = append(heard, p)
		}
	}
	heard = r.hearBySubject(heard)
	seen := map[[2]int]bool{}
	for _, p := range heard {
		if seen[[2]int{p.index, p.sent}] || r.notATrouble(p) {
			continue
		}
		seen[[2]int{p.index, p.sent}] = true
		p.weak = p.weak && !r.sour(p.sent) // a hint beside plain trouble is none
		if r.ownCurrent(p.sent) || r.sinceThen(p) {
			r.pains = append(r.pains, p)
		} else {
			r.third = append(r.third, p)
		}
	}
	r.allPast()
	r.fineAsIs()
	if r.review && r.rave() {
		r.third, r.pains = append(r.third, r.pains...), nil
	}
	if r.hiring() && len(r.pains) > 1 {
		r.pains = r.pains[:1] // an advertisement lists duties; the first tells most
	}
}

// hearBySubject: a troubled sentence in which no wording was known still tells of the pain whose words it shares.
func (r *reading) hearBySubject(heard []pain) []pain {
	told := map[int]bool{}
	for _, p := range heard {
		told[p.sent] = true
	}
	for s := range r.d.sents {
		if told[s] || !r.sour(s) || !hasWord(r.d, r.d.sents[s]) {
			continue
		}
		enough := 2.0
		if r.review {
			enough = 1.0
		}
		if i, lo, hi := r.d.nearest(s, r.m.about, &r.a.meaning, enough); i >= 0 && (!r.review || !r.m.priced[i]) {
			heard = append(heard, pain{i, s, lo, hi, !r.review && !r.flags[s].first && !r.form && !r.note})
		}
	}
	return heard
}

// overlapped: another pain is heard in the same words by a surer way.
func overlapped(heard []pain, p pain) bool {
	for _, h := range heard {
		if h.sent == p.sent && h.lo < p.hi && p.lo < h.hi {
			return true
		}
	}
	return false
}

// allPast: "3 years back … Today: one system. To every owner still in Excel: do it" is over, whatever is left.
func (r *reading) allPast() {
	past := false
	for _, p := range r.third {
		past = past || r.flags[p.sent].past || r.flags[p.sent].solved
	}
	s := r.d.any(r.a.voc.solved)
	if !past || s < 0 || r.d.all.has(r.a.voc.stillBad) {
		return
	}
	if r.d.all.has(r.a.voc.askPeers) || r.d.all.has(r.a.voc.evaluate) {
		return
	}
	for _, p := range r.pains {
		if r.flags[p.sent].first && (r.flags[p.sent].want || p.sent >= s) {
			return
		}
	}
	r.third = append(r.third, r.pains...)
	r.pains = nil
}

// notATrouble: words of trouble in a wish, in praise, in the name of a download or as a feature asked for.
func (r *reading) notATrouble(p pain) bool {
	v := r.a.voc
	has := &r.d.has[p.sent]
	wish := r.flags[p.sent].want || has.has(v.evaluate) || has.has(v.featureAsk) && r.flags[p.sent].question || r.form && has.has(v.askVendor)
	switch {
	case r.tooShort(p):
		return true
	case p.weak && wish:
		return true
	case wish && !r.sour(p.sent) && (!has.has(v.evaluate) || !r.onlyTool(p.sent, p.lo, p.hi)):
		return true
	case r.d.all.has(v.want) && r.listItem(p.sent) && !r.sour(p.sent):
		return true // an item of a list of requirements
	case r.note && (r.engagement(p.sent) || r.heading(p)):
		return true
	case r.onlyTool(p.sent, p.lo, p.hi) && r.integrationTalk(p.sent):
		return true
	case has.has(v.offer) && !has.has(v.first):
		return true
	case r.praised(p.sent) || r.denied(p.sent) || r.review && r.turnsGood(p):
		return true
	case !r.review && r.count(v.greeting) > 0 && !r.sour(p.sent):
		return true
	}
	return r.review && r.applauded(p)
}

// tooShort: a word or two are no proof of a pain (qualify.Check wants eight code points).
func (r *reading) tooShort(p pain) bool {
	sp := r.d.around(p.sent, p.lo, p.hi)
	return sp.end-sp.start < 8
}

// sour: the sentence holds trouble: a state that is bad, or a good one denied.
func (r *reading) sour(s int) bool {
	for _, h := range r.d.hits[r.d.first[s]:r.d.first[s+1]] {
		if r.a.lex.state[h.c] && h.neg == r.a.good.has(h.c) {
			return true
		}
	}
	return false
}

// engagement: "Downloaded the stock accuracy guide" names a topic, no trouble; "no reply yet" is about our own mail.
func (r *reading) engagement(s int) bool {
	sent := r.d.sents[s]
	for _, h := range r.d.of(s, r.a.voc.engageHead) {
		if h.from <= sent.lo+1 {
			return true
		}
	}
	return strings.HasPrefix(foldText(r.d.text(r.d.sentSpan(s))), "no reply")
}

// heading: "Voicemail: …" at the head of a note says where it comes from.
func (r *reading) heading(p pain) bool {
	return r.note && p.lo == r.d.sents[p.sent].lo && r.wordAfter(p.hi) == ":"
}

// turnsGood: "was worried about waiting but got in right on time".
func (r *reading) turnsGood(p pain) bool {
	v := r.a.voc
	for _, b := range r.d.of(p.sent, v.but) {
		if b.from < p.hi {
			continue
		}
		for _, g := range r.d.of(p.sent, v.praise) {
			if g.from >= b.to && g.from-b.to <= 6 && !g.neg {
				return !r.d.has[p.sent].has(v.late)
			}
		}
	}
	return false
}

// listItem: the sentence opens with "1)", "2." or a bullet.
func (r *reading) listItem(s int) bool {
	i := r.d.sents[s].lo
	switch t := r.d.toks[i].text; {
	case t == "•", t == "-", t == "*", t == "–":
		return true
	case r.d.toks[i].num && len(t) <= 2:
		next := r.wordAfter(i + 1)
		return next == ")" || next == "."
	}
	return false
}

// denied: the next, short sentence takes it back ("… if we have stock problems. We don't.").
func (r *reading) denied(s int) bool {
	if s+1 >= len(r.d.sents) {
		return false
	}
	n := r.d.length(s + 1)
	return n <= 4 && r.d.has[s+1].has(r.a.voc.neg) && (r.flags[s+1].first || n <= 2)
}

// fineAsIs: tools are named, trouble is denied ("a whiteboard runs our dispatch. Nothing late since June").
func (r *reading) fineAsIs() {
	if r.review || r.asksAnything() {
		return
	}
	denied := false
	for s := range r.d.sents {
		if r.sour(s) {
			return
		}
		for _, h := range r.d.hits[r.d.first[s]:r.d.first[s+1]] {
			denied = denied || h.neg && r.a.lex.state[h.c] && !r.a.good.has(h.c)
		}
	}
	if !denied {
		return
	}
	for _, p := range r.pains {
		if !r.onlyTool(p.sent, p.lo, p.hi) {
			return
		}
	}
	r.third, r.pains = append(r.third, r.pains...), nil
}

func (r *reading) asksAnything() bool {
	v := r.a.voc
	return r.d.all.has(v.askPeers) || r.d.all.has(v.want) || r.d.all.has(v.evaluate)
}

// rave: full marks, or praise all over, outweigh one word that sounds like trouble.
func (r *reading) rave() bool {
	if len(r.pains) > 1 || r.d.all.has(r.a.voc.but) {
		return false
	}
	return r.fullMarks() || r.count(r.a.voc.praise) >= 3
}

func (r *reading) fullMarks() bool {
	text := r.shown
	for _, mark := range []string{"★★★★★", "⭐⭐⭐⭐⭐", "5/5", "5 / 5", "5 stars", "five stars", "5 star", "10/10", "5.0★"} {
		if strings.Contains(strings.ToLower(text), mark) {
			return true
		}
	}
	return false
}

// applauded: in a review that praises, a sentence without any trouble in it.
func (r *reading) applauded(p pain) bool {
	return r.count(r.a.voc.praise) >= 1 && !r.sour(p.sent) && !r.d.has[p.sent].has(r.a.voc.but) && !r.d.has[p.sent].has(r.a.voc.neg)
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

// praised: "works fine", "no problems", "no plans to change" in the same sentence, with no "but".
func (r *reading) praised(s int) bool {
	return r.d.has[s].has(r.a.voc.negated) && !r.d.has[s].has(r.a.voc.but)
}

// sinceThen: what stands behind "now" is not over, whatever was before ("two years ago … and now orders get lost").
func (r *reading) sinceThen(p pain) bool {
	f := r.flags[p.sent]
	if !f.past || f.other || f.generic {
		return false
	}
	for _, n := range r.d.of(p.sent, r.a.voc.nowW) {
		if n.to <= p.lo && r.sour(p.sent) {
			return true
		}
	}
	return false
}

// ownCurrent: the sentence tells of the lead's own firm, now.
func (r *reading) ownCurrent(s int) bool {
	f := r.flags[s]
	return !f.past && !f.solved && !f.other && !f.generic
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

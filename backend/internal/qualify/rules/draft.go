package rules

import (
	"strings"
	"unicode"

	"winnow/backend/internal/qualify"
)

// draft puts what was read together.
func (r *reading) draft() qualify.Draft {
	d := qualify.Draft{Language: r.lang, Evidence: qualify.EvidenceNone, Urgency: qualify.UrgencyNone, Authority: qualify.AuthorityUnknown, Fit: r.fit}
	if code, claim := r.nothing(); code != "" {
		return r.turnedAway(d, code, claim)
	}
	if !readable(r.lang) {
		return r.unread(d)
	}
	if code, claim := r.speaker(); code != "" {
		return r.turnedAway(d, code, claim)
	}
	if r.declines() {
		return r.turnedAway(d, qualify.DisqNegated, r.sentClaim(r.a.voc.decline))
	}
	evidence, claims := r.evidence()
	if evidence == qualify.EvidenceNone || r.consumerVoice() || r.joke() {
		code, claim := r.standing()
		return r.turnedAway(d, code, claim)
	}
	return r.lead(d, evidence, claims)
}

// lead fills in the parts of somebody who may buy, or would but for where, what or how big they are.
func (r *reading) lead(d qualify.Draft, evidence string, claims []qualify.Claim) qualify.Draft {
	d.Evidence, d.Claims = evidence, claims
	const mentions = 3 // of one pain; more prove nothing more
	told := map[int]int{}
	for _, p := range r.pains {
		if told[p.index]++; told[p.index] > mentions {
			continue
		}
		level := evidence
		if p.weak && evidence == qualify.EvidenceExplicit {
			level = qualify.EvidenceImplied
		}
		c := r.contentClaim(r.d.around(p.sent, p.lo, p.hi))
		c.Part, c.ID, c.Value = qualify.PartPain, r.m.set.PainPoints.PainPoints[p.index].ID, level
		d.Claims = append(d.Claims, c)
	}
	var c qualify.Claim
	if d.Authority, c = r.authority(); c.Quote != "" {
		c.Part, c.Value = qualify.PartAuthority, d.Authority
		d.Claims = append(d.Claims, c)
	}
	if d.Urgency, c = r.urgency(); c.Quote != "" {
		c.Part, c.Value = qualify.PartUrgency, d.Urgency
		d.Claims = append(d.Claims, c)
	}
	spec := r.specificity()
	d.Claims = append(d.Claims, spec...)
	d.Specificity = qualify.Derive(spec).Specificity
	if r.audience != "" {
		d.Disqualifier = r.audience
		c := r.audienceClaim
		d.Claims = append(d.Claims, c)
		c.Part, c.ID, c.Value = qualify.PartDisqualifier, r.audience, ""
		d.Claims = append(d.Claims, c)
	} else {
		d.Claims = append(d.Claims, r.fitClaims...)
	}
	d.Reasoning = r.reasoning(d)
	return d
}

// turnedAway is the draft of somebody who will not buy.
func (r *reading) turnedAway(d qualify.Draft, code string, claim qualify.Claim) qualify.Draft {
	d.Disqualifier = code
	switch code {
	case qualify.DisqPastSolved, qualify.DisqNegated, qualify.DisqOffTopic, qualify.DisqOtherParty, qualify.DisqSarcasm, qualify.DisqNews:
		var c qualify.Claim
		if d.Authority, c = r.authority(); c.Quote != "" {
			c.Part, c.Value = qualify.PartAuthority, d.Authority
			d.Claims = append(d.Claims, c)
		}
	default:
		d.Authority = qualify.AuthorityNone
	}
	switch r.fit {
	case qualify.FitIn:
		d.Claims = append(d.Claims, r.fitClaims...)
	case qualify.FitOut:
		d.Claims = append(d.Claims, r.audienceClaim)
	}
	claim.Part, claim.ID, claim.Value = qualify.PartDisqualifier, code, ""
	d.Claims = append(d.Claims, claim)
	d.Reasoning = r.reasoning(d)
	return d
}

// unread says that the language is not one of those the rules know: where and what the firm is still counts.
func (r *reading) unread(d qualify.Draft) qualify.Draft {
	d.Unreadable = true
	if d.Fit == qualify.FitIn {
		d.Claims = append(d.Claims, r.fitClaims...)
	}
	if r.audience != "" {
		return r.turnedAway(d, r.audience, r.audienceClaim)
	}
	d.Reasoning = "The rules cannot read this language; judge it by eye or with a model."
	return d
}

// nothing: no content, only a test of the form, or only orders to the scorer.
func (r *reading) nothing() (string, qualify.Claim) {
	words := r.words()
	switch {
	case r.masked && words < 6 && len(r.pains) == 0 && !r.asks.looking():
		return qualify.DisqInjection, r.allContent()
	case words == 0 || words <= 6 && r.gibberish():
		return qualify.DisqEmpty, r.allContent()
	}
	return "", qualify.Claim{}
}

// gibberish: tests of a form, greetings and key mashing.
func (r *reading) gibberish() bool {
	sense := 0
	for i := range r.d.toks {
		t := &r.d.toks[i]
		if !t.word || !r.legible(t) {
			continue
		}
		switch t.text {
		case "test", "testing", "tests", "asdf", "asdfgh", "asd", "qwerty", "qwe", "abc", "xyz", "xxx", "xx", "x", "na", "n", "a", "hi", "hello", "hey", "ok", "okay", "none", "nil", "null", "nothing", "foo", "bar", "lorem", "ipsum", "blah", "dummy", "sample", "123", "message", "hii", "hiii", "yes", "no", "anyone", "there", "anybody", "dear", "sir", "madam", "good", "morning", "aaaa", "bbbb", "cccc", "aaa", "ignore", "please", "form", "this":
			continue
		}
		if t.num || mashed(t.text) {
			continue
		}
		sense++
	}
	return sense == 0
}

// mashed: a longer Latin word without a vowel.
func mashed(w string) bool {
	if len(w) < 4 {
		return false
	}
	for _, r := range w {
		if r >= 0x80 || strings.ContainsRune("aeiouy", unicode.ToLower(r)) {
			return false
		}
	}
	return true
}

// consumerVoice: a customer complains of a firm that is not theirs to mend.
func (r *reading) consumerVoice() bool {
	v := r.a.voc
	if r.review || r.form || r.note || r.asks.product >= 0 {
		return false
	}
	n := r.count(v.consumer)
	if n == 0 {
		return false
	}
	for _, p := range r.strong() {
		if r.d.has[p.sent].has(v.we) || r.d.has[p.sent].has(v.customer) && r.flags[p.sent].first {
			return false
		}
	}
	return n >= 2 || !r.d.all.has(v.we)
}

// joke: mock praise and memes without a figure or a wish of their own.
func (r *reading) joke() bool {
	v := r.a.voc
	if r.review || r.form || r.note || r.count(v.sarcasm) == 0 || r.asks.product >= 0 || r.asks.evaluate >= 0 || r.asks.peers >= 0 && len(r.strong()) > 0 {
		return false
	}
	for _, p := range r.strong() {
		if r.flags[p.sent].first || r.d.has[p.sent].has(v.num) {
			return false
		}
	}
	return true
}

// declines: says outright that nothing is wanted.
func (r *reading) declines() bool {
	s := r.d.any(r.a.voc.decline)
	return s >= 0 && !r.review && r.asks.product < 0 && r.asks.peers < 0 && !r.flags[s].other
}

// evidence is how plainly a need is told, with claims beyond those of the pains.
func (r *reading) evidence() (string, []qualify.Claim) {
	strong := r.strong()
	claim := func(level string, s int) (string, []qualify.Claim) {
		c := r.sentenceQuote(s)
		c.Part, c.Value = qualify.PartEvidence, level
		return level, []qualify.Claim{c}
	}
	switch {
	case len(strong) > 0 && r.hiring() && (!r.flags[strong[0].sent].first || !r.sour(strong[0].sent) || r.flags[strong[0].sent].second):
		return claim(qualify.EvidenceImplied, strong[0].sent)
	case len(strong) > 0:
		return qualify.EvidenceExplicit, nil
	case r.review:
		if len(r.pains) > 0 {
			return qualify.EvidenceImplied, nil
		}
		return qualify.EvidenceNone, nil
	case r.form && r.count(r.a.voc.consumer) > 0 && !r.d.all.has(r.a.voc.we) && !r.d.all.has(r.a.voc.system):
		return qualify.EvidenceNone, nil
	case r.offTopicAsk() || r.elsewhere():
		return qualify.EvidenceNone, nil
	case r.asks.peers < 0 && !r.form && !r.note && r.settled() && !r.d.all.has(r.a.voc.want):
		return qualify.EvidenceNone, nil
	case r.asks.product >= 0 && (r.bareQuestion() || r.asks.product == r.asks.deferred):
		return claim(qualify.EvidenceImplied, r.asks.product)
	case r.asks.product >= 0 && !r.hiring():
		return claim(qualify.EvidenceRequirement, r.asks.product)
	case len(r.pains) > 0:
		return claim(qualify.EvidenceImplied, r.pains[0].sent)
	case r.asks.declined >= 0 && r.asks.vendor < 0:
		return qualify.EvidenceNone, nil
	}
	return r.hint(claim)
}

// hint: signs of a need that nobody states.
func (r *reading) hint(claim func(string, int) (string, []qualify.Claim)) (string, []qualify.Claim) {
	words, sent := r.onTopic()
	a := r.asks
	if a.product < 0 && r.settled() {
		return qualify.EvidenceNone, nil
	}
	switch {
	case r.form && (a.vendor >= 0 || a.feature >= 0):
		return claim(qualify.EvidenceImplied, max(a.vendor, a.feature))
	case r.note && r.words() >= 3:
		return claim(qualify.EvidenceImplied, max(a.first(), 0))
	case a.grow >= 0 && words >= 1 && !r.cheerful():
		return claim(qualify.EvidenceImplied, a.grow)
	case a.soon >= 0 && !r.cheerful():
		return claim(qualify.EvidenceImplied, a.soon)
	case a.engaged >= 0 && (a.soon >= 0 || a.deferred >= 0 || a.vendor >= 0):
		return claim(qualify.EvidenceImplied, a.engaged)
	case (a.peers >= 0 || a.evaluate >= 0 || a.soon >= 0 || a.grow >= 0 || r.hiring()) && words >= 3:
		s := max(a.first(), 0)
		return claim(qualify.EvidenceImplied, s)
	case words >= 4 && r.d.all.has(r.a.voc.first) && !r.cheerful() && (r.sour(sent) || r.flags[sent].question):
		return claim(qualify.EvidenceImplied, sent)
	}
	return qualify.EvidenceNone, nil
}

// bareQuestion: a few words that wonder about a kind of tool, with no word on the own firm.
func (r *reading) bareQuestion() bool {
	v := r.a.voc
	return r.words() < 10 && r.flags[r.asks.product].question && !r.d.all.has(v.first) && !r.d.all.has(v.want) && !r.physical()
}

// settled: what trouble there is belongs to others or is over.
func (r *reading) settled() bool {
	for _, p := range r.third {
		if f := r.flags[p.sent]; f.other || f.past || f.solved {
			return true
		}
	}
	for s := range r.flags {
		if r.flags[s].solved && r.flags[s].first {
			return true
		}
	}
	return false
}

// cheerful: greetings, awards, praise, offers of goods.
func (r *reading) cheerful() bool {
	v := r.a.voc
	return r.count(v.greeting) > 0 || r.count(v.praise) > 1 || r.count(v.offer) > 0 || r.count(v.consumer) > 0
}

// offTopicAsk: something is wanted, but neither software nor anything we sell.
func (r *reading) offTopicAsk() bool {
	if r.asks.product >= 0 {
		return false
	}
	return r.asks.goods >= 0 && r.physical()
}

// elsewhere: software or things that we do not sell are asked for.
func (r *reading) elsewhere() bool {
	s := r.asks.first()
	if s < 0 {
		return false
	}
	sent := r.d.sents[s]
	for i := sent.lo; i < sent.hi; i++ {
		if t := &r.d.toks[i]; r.m.notOffered[t.stem] {
			return r.topicWords(s) <= 2
		}
	}
	if r.count(r.a.voc.consumer) > 0 && !r.d.all.has(r.a.voc.system) {
		return true
	}
	for _, h := range r.d.of(s, r.a.voc.otherProduct) {
		if !r.m.topic[r.d.toks[h.to-1].stem] && r.topicWords(s) <= 1 {
			return true
		}
	}
	return false
}

// reasoning says in a sentence or two how the judgement came about.
func (r *reading) reasoning(d qualify.Draft) string {
	var parts []string
	if d.Disqualifier != "" {
		parts = append(parts, "Turned away: "+strings.ReplaceAll(d.Disqualifier, "_", " ")+".")
	} else {
		parts = append(parts, "Evidence "+d.Evidence+", authority "+strings.ReplaceAll(d.Authority, "_", " ")+", urgency "+d.Urgency+", fit "+d.Fit+".")
	}
	if r.masked {
		parts = append(parts, "Text addressed to the scorer was ignored.")
	}
	return strings.Join(parts, " ")
}

package rules

import "winnow/backend/internal/qualify"

// urgency reads how soon the lead must or wants to act; with the claim that shows it.
func (r *reading) urgency() (string, qualify.Claim) {
	if r.review {
		return r.reviewUrgency()
	}
	looking := r.asks.looking()
	if r.hiring() {
		s := max(r.d.any(r.a.voc.hireStrong), 0)
		return qualify.UrgencyLow, r.sentenceQuote(s)
	}
	if looking || len(r.pains) > 0 {
		if c, ok := r.pressing(looking); ok {
			return qualify.UrgencyHigh, c
		}
	}
	if d := r.asks.deferred; d >= 0 && (r.asks.product < 0 || r.asks.product == d) && (r.asks.evaluate < 0 || r.asks.evaluate == d) {
		return qualify.UrgencyLow, r.contentClaim(r.d.trim(r.d.sentSpan(r.asks.deferred)))
	}
	if looking && !r.hiring() {
		return qualify.UrgencyMedium, r.sentenceQuote(r.asks.first())
	}
	if s, ok := r.dated(isMiddling); ok && len(r.pains) > 0 {
		return qualify.UrgencyMedium, r.sentenceQuote(s)
	}
	if r.form && r.words() > 0 && len(r.pains) > 0 {
		return qualify.UrgencyMedium, r.firstSentence()
	}
	if len(r.pains) > 0 {
		return qualify.UrgencyLow, r.sentenceQuote(r.pains[0].sent)
	}
	if s := r.asks.first(); s >= 0 {
		return qualify.UrgencyLow, r.sentenceQuote(s)
	}
	return qualify.UrgencyLow, r.firstSentence()
}

func (r *reading) sentenceQuote(s int) qualify.Claim {
	sent := r.d.sents[s]
	if !hasWord(r.d, sent) {
		return r.firstSentence() // a lone "?" is no quote
	}
	return r.contentClaim(r.d.around(s, sent.lo, min(sent.lo+16, sent.hi)))
}

// pressing: urgent words, a near date with an intent, or a crisis being acted on.
func (r *reading) pressing(looking bool) (qualify.Claim, bool) {
	v := r.a.voc
	for s := range r.d.sents {
		if r.flags[s].past || r.flags[s].other {
			continue
		}
		for _, h := range r.d.of(s, v.urgent) {
			if !h.neg && looking && !r.urgentThing(h.to) {
				return r.contentClaim(r.d.around(s, h.from, h.to)), true
			}
		}
		for _, h := range r.d.of(s, v.nearTime) {
			if !h.neg {
				if looking || r.d.has[s].has(v.deadline) {
					return r.contentClaim(r.d.around(s, h.from, h.to)), true
				}
			}
		}
		if looking && r.intentHere(s) {
			for _, h := range r.d.of(s, v.thisTime) {
				if r.intentNear(s, h.from) {
					return r.contentClaim(r.d.around(s, h.from, h.to)), true
				}
			}
		}
	}
	if s, ok := r.dated(isNear); ok {
		return r.sentenceQuote(s), true
	}
	if s := r.losing(); s >= 0 && looking && r.asks.deferred < 0 {
		return r.sentenceQuote(s), true
	}
	if s := r.d.any(v.crisis); s >= 0 && looking && !r.flags[s].past && !r.flags[s].other && r.asks.deferred < 0 {
		return r.sentClaim(v.crisis), true
	}
	return qualify.Claim{}, false
}

// losing: the sentence where customers are being lost, -1 when they are not.
func (r *reading) losing() int {
	v := r.a.voc
	for s := range r.d.sents {
		if r.flags[s].past || r.flags[s].other || r.flags[s].generic {
			continue
		}
		for _, l := range r.d.of(s, v.lost) {
			w := r.d.toks[l.from].text
			if l.neg || w != "lost" && w != "losing" && w != "lose" {
				continue
			}
			for _, c := range r.d.of(s, v.customer) {
				if c.from >= l.to && c.from-l.to <= 3 && r.wordAfter(c.to) != "order" && r.wordAfter(c.to) != "orders" {
					return s
				}
			}
		}
	}
	return -1
}

// urgentThing: "urgent orders get missed" is about orders, not about the need.
func (r *reading) urgentThing(i int) bool {
	switch r.wordAfter(i) {
	case "order", "orders", "dispatch", "dispatches", "delivery", "deliveries", "tickets", "ticket", "cases", "patients", "parts", "spares", "jobs", "queries", "emails", "messages", "requests", "mails", "material", "indents", "calls":
		return true
	}
	return false
}

func (r *reading) intentHere(s int) bool {
	v := r.a.voc
	has := &r.d.has[s]
	return has.has(v.want) || has.has(v.evaluate) || has.has(v.askPeers) || has.has(v.askVendor) || has.has(v.deadline)
}

// intentNear: the intent stands in the same clause as the time.
func (r *reading) intentNear(s, at int) bool {
	v := r.a.voc
	for _, c := range []concept{v.want, v.evaluate, v.askPeers, v.askVendor, v.deadline} {
		for _, h := range r.d.of(s, c) {
			if h.from <= at && at-h.to <= 8 && r.unbroken(h.to, at) || h.from > at && h.from-at <= 3 {
				return true
			}
		}
	}
	return false
}

func (r *reading) unbroken(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if r.d.toks[i].brk {
			return false
		}
	}
	return true
}

// reviewUrgency: a review is low; medium when it digests many complaints, or many failures make customers leave.
func (r *reading) reviewUrgency() (string, qualify.Claim) {
	if len(r.pains) == 0 {
		return qualify.UrgencyNone, qualify.Claim{}
	}
	v := r.a.voc
	if s := r.d.any(v.ownerReply); s >= 0 && r.asks.looking() {
		return qualify.UrgencyMedium, r.sentenceQuote(s)
	}
	sents, ids := map[int]bool{}, map[int]bool{}
	for _, p := range r.pains {
		sents[p.sent], ids[p.index] = true, true
	}
	several := len(sents) >= 3 || len(ids) >= 3
	leaving := r.d.any(v.leaving) >= 0
	if several && (leaving || r.digest()) || len(sents) >= 4 {
		return qualify.UrgencyMedium, r.sentenceQuote(r.pains[0].sent)
	}
	return qualify.UrgencyLow, r.sentenceQuote(r.pains[0].sent)
}

// digest: several reviewers speak, each with stars or in quotes of their own.
func (r *reading) digest() bool {
	stars, quotes := 0, 0
	for i := range r.d.toks {
		switch r.d.toks[i].text {
		case "★", "☆", "⭐", "*":
			if i == 0 || r.d.toks[i-1].text != r.d.toks[i].text {
				stars++
			}
		case "\"", "“", "”":
			quotes++
		}
	}
	return stars >= 3 || quotes >= 6
}

package rules

// asks is what the lead wants, with the sentence that says so (-1: it does not).
type asks struct {
	product   int // this kind of product: "we need order software"
	peers     int // advice from peers
	vendor    int // price, demo, a call
	feature   int // a bare question on a feature
	evaluate  int // choosing, replacing, tendering
	soon      int // thinking of it
	engaged   int // downloads, webinars, badges
	grow      int
	goods     int // something else than software
	deferred  int // not now
	declined  int // not at all
	anyVendor bool
}

func (r *reading) hearAsks() {
	v := r.a.voc
	r.asks = asks{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, false}
	set := func(at *int, s int) {
		if *at < 0 {
			*at = s
		}
	}
	for s := range r.d.sents {
		has, f := &r.d.has[s], r.flags[s]
		if f.past || f.other && !f.want {
			continue
		}
		live := func(c concept) bool { return has.has(c) && !r.negatedAll(s, c) }
		want := live(v.want)
		switch {
		case r.note && r.engagement(s):
		case (want || live(v.askPeers) || live(v.askVendor) && (r.form || r.note || has.has(v.system)) || live(v.evaluate) && (f.first || r.form || r.note)) && r.namesProduct(s):
			set(&r.asks.product, s)
		case r.physical() && has.has(v.system):
			set(&r.asks.product, s)
		case want && r.form && !r.namesProduct(s):
			set(&r.asks.goods, s)
		}
		if live(v.askPeers) && (f.question || f.want) || f.question && has.has(v.system) && !f.generic && !r.review && !r.form {
			set(&r.asks.peers, s)
		}
		if live(v.askVendor) && (f.question || r.form || r.note || want || r.polite(s)) {
			set(&r.asks.vendor, s)
		}
		if r.form && (live(v.featureAsk) || f.question) || live(v.featureAsk) && f.question {
			set(&r.asks.feature, s)
		}
		if live(v.evaluate) {
			set(&r.asks.evaluate, s)
		}
		if live(v.soon) {
			set(&r.asks.soon, s)
		}
		if live(v.engaged) {
			set(&r.asks.engaged, s)
		}
		if live(v.grow) {
			set(&r.asks.grow, s)
		}
		if has.has(v.notNow) {
			set(&r.asks.deferred, s)
		}
		if has.has(v.negated) {
			set(&r.asks.declined, s)
		}
	}
}

func (r *reading) polite(s int) bool {
	sent := r.d.sents[s]
	for i := sent.lo; i < sent.hi; i++ {
		switch r.d.toks[i].text {
		case "please", "pls", "plz", "kindly", "send", "share", "need", "want", "por", "bitte", "कृपया":
			return true
		}
	}
	return false
}

// namesProduct: the sentence names software, or two or more words of what we sell.
func (r *reading) namesProduct(s int) bool {
	if r.d.has[s].has(r.a.voc.system) {
		return true
	}
	n := r.topicWords(s)
	return n >= 3 || (n >= 2 && !r.physical())
}

// physical: enquiries from a marketplace of goods are for goods unless they say software.
func (r *reading) physical() bool {
	return r.in.Source == "indiamart" || r.in.Source == "tradeindia"
}

func (r *reading) topicWords(s int) int {
	seen := map[string]bool{}
	sent := r.d.sents[s]
	for i := sent.lo; i < sent.hi; i++ {
		if t := &r.d.toks[i]; r.m.topic[t.stem] {
			seen[t.stem] = true
		}
	}
	return len(seen)
}

// onTopic counts the sentences' different topic words.
func (r *reading) onTopic() (words, sent int) {
	best := 0
	sent = -1
	for s := range r.d.sents {
		n := r.topicWords(s)
		words += n
		if n > best {
			best, sent = n, s
		}
	}
	return words, sent
}

// looking: the lead acts on its need.
func (a asks) looking() bool {
	return a.product >= 0 || a.peers >= 0 || a.vendor >= 0 || a.evaluate >= 0 || a.soon >= 0 || a.feature >= 0
}

// first is the sentence of the plainest ask.
func (a asks) first() int {
	for _, s := range []int{a.product, a.evaluate, a.peers, a.vendor, a.feature, a.soon, a.engaged, a.grow} {
		if s >= 0 {
			return s
		}
	}
	return -1
}

package rules

import (
	"strings"

	"winnow/backend/internal/profile"
)

// model is a profile made ready for matching.
type model struct {
	set         *profile.Set
	facetPain   []int // by facet: index of the pain it speaks for, -1 none
	phrases     []phrase
	about       []subject
	priced      []bool          // the pain is what our kind of product costs the lead, not what its customers pay
	topic       map[string]bool // stems that the offer and its pains are talked about with
	category    map[string]bool // stems of the category of product
	competitors []string        // folded
	countries   map[string]bool // nil: anywhere
	kindsIn     map[concept]bool
	kindsOut    map[concept]string // kind → exclusion it comes from
	softwareIn  bool               // software companies are customers
	minSize     int
	maxSize     int
	overSize    int // an exclusion names this size ("above 2000 employees"); 0 none
	overSites   int
	deciders    []string // folded titles
	influencers []string
	notOffered  map[string]bool // stems of what we do not sell
}

// phrase is a pain's own wording, for what no facet covers.
type phrase struct {
	pain  int
	words []phraseWord
	neg   bool
}

type phraseWord struct {
	stem     string
	concepts bitset
	any      bool // concepts is not empty
}

func (a *Analyzer) newModel(set *profile.Set) *model {
	m := &model{set: set, topic: map[string]bool{}, category: map[string]bool{}}
	a.mapFacets(m)
	for i, p := range set.PainPoints.PainPoints {
		for _, text := range append([]string{p.Name}, p.Phrases...) {
			if ph, ok := a.phrase(i, text); ok {
				m.phrases = append(m.phrases, ph)
			}
		}
		a.addTopic(m.topic, p.Name, p.Description, strings.Join(p.Phrases, ". "))
		m.about = append(m.about, a.subject(p))
	}
	a.addTopic(m.topic, set.Company.Category, set.Company.OneLiner, strings.Join(set.Company.Features, ". "))
	a.addTopic(m.category, set.Company.Category)
	for _, c := range set.Company.Competitors {
		if f := fold([]rune(strings.TrimSpace(c))); f != "" {
			m.competitors = append(m.competitors, f)
		}
	}
	m.notOffered = map[string]bool{}
	a.addTopic(m.notOffered, m.set.Company.NotOffered...)
	for _, w := range []string{"work", "service", "software", "firm", "agent", "consumer", "management", "mail", "process", "custom", "customer", "system", "tool"} {
		delete(m.notOffered, stemOf(w)) // says too little to turn anybody away
	}
	for stem := range m.topic {
		delete(m.notOffered, stem)
	}
	a.readAudience(m)
	return m
}

// mapFacets lets each pain's own words fire facets; a facet speaks for the pain that fires it and its family most.
func (a *Analyzer) mapFacets(m *model) {
	pains := m.set.PainPoints.PainPoints
	votes := make([][]int, len(a.facets))
	family := map[string][]int{}
	for f := range votes {
		votes[f] = make([]int, len(pains))
		if family[a.facets[f].family] == nil {
			family[a.facets[f].family] = make([]int, len(pains))
		}
	}
	for i, p := range pains {
		vote := func(text string, weight int) {
			seen := map[int]bool{}
			for _, f := range a.plain(text).fire(a.facets) {
				if f.weak || seen[f.facet] {
					continue
				}
				seen[f.facet] = true
				votes[f.facet][i] += weight
				family[a.facets[f.facet].family][i] += weight
			}
		}
		vote(p.Name, 4)
		vote(p.Description, 2)
		vote(strings.ReplaceAll(p.ID, "-", " "), 2)
		for _, ph := range p.Phrases {
			vote(ph, 3)
		}
	}
	homes := a.homes(len(pains), family)
	m.priced = make([]bool, len(pains))
	for i := range pains {
		m.priced[i] = homes[i]["cost"]
	}
	m.facetPain = make([]int, len(a.facets))
	for f := range a.facets {
		best, most := -1, 0
		for i := range pains {
			if !homes[i][a.facets[f].family] {
				continue
			}
			if n := 2*votes[f][i] + family[a.facets[f].family][i]; n > most {
				best, most = i, n
			}
		}
		m.facetPain[f] = best
	}
}

// homes says which families of facets a pain is at home in: those that its own words fire nearly as often as the one
// they fire most. A word of delay in "customers cancel due to delay" does not make slow replies its matter.
func (a *Analyzer) homes(pains int, family map[string][]int) []map[string]bool {
	const nearly = 0.3
	homes := make([]map[string]bool, pains)
	for i := range homes {
		top := 0
		for _, v := range family {
			top = max(top, v[i])
		}
		homes[i] = map[string]bool{}
		for name, v := range family {
			homes[i][name] = v[i] > 1 && float64(v[i]) >= nearly*float64(top)
		}
	}
	return homes
}

// plain reads a text of our own: nothing in it is masked.
func (a *Analyzer) plain(text string) *doc {
	rs := []rune(text)
	toks, sents := tokenize(rs)
	return read(a.lex, a.voc, rs, toks, sents)
}

func (a *Analyzer) phrase(pain int, text string) (phrase, bool) {
	d := a.plain(text)
	ph := phrase{pain: pain}
	if len(d.sents) == 0 {
		return ph, false
	}
	ph.neg = d.all.has(a.voc.neg)
	for i := range d.toks {
		t := &d.toks[i]
		if !t.word || stopWord(t.text) || a.negWord[t.text] {
			continue
		}
		w := phraseWord{stem: t.stem}
		for _, h := range d.hits {
			if h.from == i && h.to == i+1 && a.meaning.has(h.c) {
				w.concepts.set(h.c)
				w.any = true
			}
		}
		ph.words = append(ph.words, w)
	}
	return ph, len(ph.words) >= 2
}

func (a *Analyzer) addTopic(into map[string]bool, texts ...string) {
	for _, text := range texts {
		toks, _ := tokenize([]rune(text))
		for i := range toks {
			if toks[i].word && !toks[i].num && len(toks[i].text) > 2 && !stopWord(toks[i].text) {
				into[toks[i].stem] = true
			}
		}
	}
}

// phrasesIn finds pains by their own phrases: most of a phrase's words, or words of the same concept, near each other.
func (d *doc) phrasesIn(phrases []phrase, neg concept) []fired {
	var out []fired
	for s, sent := range d.sents {
		for i := range phrases {
			if lo, hi, whole, ok := d.phraseAt(s, sent, &phrases[i], neg); ok {
				out = append(out, fired{facet: -1 - phrases[i].pain, sent: s, lo: lo, hi: hi, whole: whole})
			}
		}
	}
	return out
}

func (d *doc) phraseAt(s int, sent sentence, ph *phrase, neg concept) (lo, hi int, whole, ok bool) {
	need := (len(ph.words)*3 + 3) / 4
	if ph.neg && !d.has[s].has(neg) || !ph.neg && len(ph.words) < 3 && d.has[s].has(neg) {
		return 0, 0, false, false
	}
	lo, hi = sent.hi, sent.lo
	found, exact := 0, 0
	for i := range ph.words {
		at, same := d.wordAt(s, sent, &ph.words[i])
		if at < 0 {
			continue
		}
		found++
		if same {
			exact++
		}
		lo, hi = min(lo, at), max(hi, at+1)
	}
	whole = exact == len(ph.words) && hi-lo <= len(ph.words)+3
	return lo, hi, whole, found >= max(2, need) && exact >= 1 && exact*2 >= found && hi-lo <= len(ph.words)+6
}

// wordAt is the first unmasked token of the sentence with the word's stem, or else with one of its concepts.
func (d *doc) wordAt(s int, sent sentence, w *phraseWord) (int, bool) {
	for i := sent.lo; i < sent.hi; i++ {
		if d.toks[i].stem == w.stem {
			return i, true
		}
	}
	if w.any {
		for _, h := range d.hits[d.first[s]:d.first[s+1]] {
			if w.concepts.has(h.c) {
				return h.from, false
			}
		}
	}
	return -1, false
}

func stopWord(w string) bool {
	switch w {
	case "a", "an", "the", "is", "are", "was", "were", "be", "been", "to", "of", "in", "on", "at", "by", "for", "with", "from", "and", "or", "it", "its", "this", "that", "these", "those", "we", "our", "i", "my", "they", "their", "you", "your", "have", "has", "had", "do", "does", "did", "what", "which", "who", "when", "where", "how", "why", "as", "than", "then", "so", "too", "very", "can", "could", "will", "would", "should", "may", "might", "just", "only", "also", "all", "any", "some", "each", "every", "out", "up", "down", "over", "into", "one", "two", "there", "here", "if", "but", "s", "t", "own", "other", "per", "us", "me":
		return true
	}
	return false
}

// subject is what a pain talks about: its stems and the concepts of its words.
type subject struct {
	stems    map[string]bool
	concepts bitset
}

func (a *Analyzer) subject(p profile.PainPoint) subject {
	sub := subject{stems: map[string]bool{}}
	for _, text := range append([]string{p.Name, p.Description}, p.Phrases...) {
		d := a.plain(text)
		for i := range d.toks {
			if t := &d.toks[i]; t.word && !t.num && len(t.text) > 2 && !stopWord(t.text) && !a.negWord[t.text] {
				sub.stems[t.stem] = true
			}
		}
		for _, h := range d.hits {
			if a.meaning.has(h.c) {
				sub.concepts.set(h.c)
			}
		}
	}
	return sub
}

// nearest is the pain whose words the sentence shares most, with the tokens they span; -1 when too few.
func (d *doc) nearest(s int, about []subject, meaning *bitset, enough float64) (best, lo, hi int) {
	best, top := -1, enough-0.01
	for i := range about {
		score, from, to := d.shared(s, &about[i], meaning)
		if score > top {
			best, top, lo, hi = i, score, from, to
		}
	}
	return best, lo, hi
}

// inTrouble: the word is but a word of trouble ("bad", "wrong"), which tells nothing of the subject.
func (d *doc) inTrouble(hits []hit, i int) bool {
	for _, h := range hits {
		if h.from <= i && i < h.to && d.lex.list[h.c] == "MESS" {
			return true
		}
	}
	return false
}

func (d *doc) shared(s int, sub *subject, meaning *bitset) (score float64, lo, hi int) {
	sent := d.sents[s]
	lo, hi = sent.hi, sent.lo
	counted := map[concept]bool{}
	stems := map[string]bool{}
	hits := d.hits[d.first[s]:d.first[s+1]]
	for i := sent.lo; i < sent.hi; i++ {
		t := &d.toks[i]
		if !t.word || stems[t.stem] || d.inTrouble(hits, i) {
			continue
		}
		worth := 0.0
		if sub.stems[t.stem] {
			worth = 1
		}
		for _, h := range hits {
			if h.from <= i && i < h.to && meaning.has(h.c) && sub.concepts.has(h.c) {
				if worth == 0 && !counted[h.c] {
					worth = 0.6
				}
				counted[h.c] = true
			}
		}
		if worth > 0 {
			stems[t.stem] = true
			score += worth
			lo, hi = min(lo, i), max(hi, i+1)
		}
	}
	return score, lo, hi
}

package rules

import (
	"sort"
	"strings"
)

// doc is a text with its concepts.
type doc struct {
	runes []rune
	toks  []token
	sents []sentence
	hits  []hit // sorted by sentence, concept, place
	first []int // first[s] is the index of sentence s's first hit; one more entry closes the last
	has   []bitset
	all   bitset // over all sentences
	lex   *lexicon
	voc   *vocabulary
}

// read finds the concepts of a tokenized text.
func read(l *lexicon, v *vocabulary, rs []rune, toks []token, sents []sentence) *doc {
	d := &doc{runes: rs, toks: toks, sents: sents, lex: l, voc: v}
	d.has = make([]bitset, len(d.sents))
	d.first = make([]int, 0, len(d.sents)+1)
	for s := range d.sents {
		d.first = append(d.first, len(d.hits))
		d.readSentence(s)
	}
	d.first = append(d.first, len(d.hits))
	return d
}

func (d *doc) readSentence(s int) {
	sent := d.sents[s]
	from := len(d.hits)
	for i := sent.lo; i < sent.hi; i++ {
		d.hits = d.lex.find(d.toks, i, sent.hi, d.hits)
		if _, word := numberWord(d.toks[i].text); word && !d.toks[i].num {
			if n := d.durationAt(i, sent.hi); n > 0 {
				d.hits = append(d.hits, hit{c: d.voc.numDur, from: i, to: i + n})
			}
		}
		if d.toks[i].num {
			d.hits = append(d.hits, hit{c: d.voc.num, from: i, to: i + 1})
			if n := d.durationAt(i, sent.hi); n > 0 {
				d.hits = append(d.hits, hit{c: d.voc.numDur, from: i, to: i + n})
			}
			if n, ok := number(d.toks[i].text); ok && n >= 100 {
				d.hits = append(d.hits, hit{c: d.voc.bigFig, from: i, to: i + 1})
			}
			if n := d.clockAt(i, sent.hi); n > 0 {
				d.hits = append(d.hits, hit{c: d.voc.clock, from: i, to: i + n})
			}
		}
		if t := d.toks[i].text; (t == "head" || t == "heads") && i > sent.lo && possessive(d.toks[i-1].text) {
			d.hits = append(d.hits, hit{c: d.voc.headOf, from: i - 1, to: i + 1})
		}
	}
	d.dropBlocked(from)
	hits := d.hits[from:]
	d.negate(hits)
	sort.Slice(hits, func(a, b int) bool {
		if hits[a].c != hits[b].c {
			return hits[a].c < hits[b].c
		}
		return hits[a].from < hits[b].from
	})
	for _, h := range hits {
		d.has[s].set(h.c)
		d.all.set(h.c)
	}
}

func possessive(w string) bool {
	switch w {
	case "his", "her", "my", "their", "people's":
		return true
	}
	return strings.HasSuffix(w, "'s")
}

// dropBlocked throws out what only looks like a concept: the register in "purchase register" is no paper.
func (d *doc) dropBlocked(from int) {
	hits := d.hits[from:]
	blocked := false
	for _, h := range hits {
		if _, ok := d.lex.block[h.c]; ok {
			blocked = true
		}
	}
	if !blocked {
		return
	}
	kept := d.hits[:from]
	for _, h := range append([]hit(nil), hits...) {
		if !d.blocked(h, hits) {
			kept = append(kept, h)
		}
	}
	d.hits = kept
}

func (d *doc) blocked(h hit, hits []hit) bool {
	for _, b := range hits {
		if c, ok := d.lex.block[b.c]; ok && c == h.c && b.from <= h.from && h.to <= b.to {
			return true
		}
	}
	return false
}

// negate marks the states that a negator of the same clause turns round. A negator inside a phrase of trouble
// ("no-show", "not working") belongs to the phrase. Hindi and a few others put it behind.
func (d *doc) negate(hits []hit) {
	var negs []hit
	for _, h := range hits {
		if h.c == d.voc.neg && !d.insidePhrase(h, hits) {
			negs = append(negs, h)
		}
	}
	if len(negs) == 0 {
		return
	}
	for i := range hits {
		h := &hits[i]
		if h.c == d.voc.neg {
			continue
		}
		for _, n := range negs {
			if n.to <= h.from && h.from-n.to <= 5 && d.sameClause(n.to, h.from) {
				h.neg = true
			}
			if n.from >= h.to && n.from-h.to <= 3 && d.follows(n) && d.sameClause(h.to, n.from) {
				h.neg = true
			}
		}
	}
}

func (d *doc) insidePhrase(n hit, hits []hit) bool {
	for _, h := range hits {
		if h.to-h.from > 1 && h.from <= n.from && n.to <= h.to && d.lex.state[h.c] && h.c != d.voc.neg {
			return true
		}
	}
	return false
}

func (d *doc) follows(n hit) bool {
	switch d.toks[n.from].text {
	case "nahi", "nahin", "nahee", "nhi", "नहीं", "नही", "nicht", "koi", "mat":
		return true
	}
	return false
}

// sameClause reports whether no clause ends between tokens lo and hi.
func (d *doc) sameClause(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		t := &d.toks[i]
		if t.brk {
			return false
		}
		switch t.text {
		case "but", "because", "so", "then", "while", "until", "till", "unless", "and", "when", "since", "aur", "lekin", "pero", "aber", "und", "y":
			return false
		}
	}
	return true
}

// of lists the hits of a concept in sentence s.
func (d *doc) of(s int, c concept) []hit {
	if !d.has[s].has(c) {
		return nil
	}
	hits := d.hits[d.first[s]:d.first[s+1]]
	lo := sort.Search(len(hits), func(i int) bool { return hits[i].c >= c })
	hi := lo
	for hi < len(hits) && hits[hi].c == c {
		hi++
	}
	return hits[lo:hi]
}

// any is the first sentence that holds the concept, -1 when none does.
func (d *doc) any(c concept) int {
	if !d.all.has(c) {
		return -1
	}
	for s := range d.sents {
		if d.has[s].has(c) {
			return s
		}
	}
	return -1
}

// span is a run of code points, half-open.
type span struct{ start, end int }

// sentSpan is the text of a sentence without the space around it.
func (d *doc) sentSpan(s int) span { return d.tokSpan(d.sents[s].lo, d.sents[s].hi) }

func (d *doc) tokSpan(lo, hi int) span {
	if lo >= hi {
		return span{}
	}
	return span{d.toks[lo].start, d.toks[hi-1].end}
}

func (d *doc) text(sp span) string { return string(d.runes[sp.start:sp.end]) }

// around widens tokens lo ≤ i < hi of sentence s to clause borders and bounds the length, for a quote people can read.
func (d *doc) around(s, lo, hi int) span {
	const most = 220
	sent := d.sents[s]
	whole := d.tokSpan(sent.lo, sent.hi)
	if whole.end-whole.start <= 110 && whole.end > whole.start {
		return d.trim(whole)
	}
	for lo > sent.lo && !d.toks[lo-1].brk {
		lo--
	}
	for hi < sent.hi && !d.toks[hi].brk {
		hi++
	}
	sp := d.tokSpan(lo, hi)
	if sp.end-sp.start > most {
		sp.end = sp.start + most
		for sp.end > sp.start && d.runes[sp.end-1] != ' ' {
			sp.end--
		}
	}
	return d.trim(sp)
}

// trim drops signs at the ends that say nothing.
func (d *doc) trim(sp span) span {
	const loose = " \t\n\r,;:-–—•*|>→\"“”"
	for sp.start < sp.end && (strings.ContainsRune(loose, d.runes[sp.start]) || invisible(d.runes[sp.start])) {
		sp.start++
	}
	for sp.end > sp.start && (strings.ContainsRune(loose, d.runes[sp.end-1]) || invisible(d.runes[sp.end-1])) {
		sp.end--
	}
	return sp
}

// clockAt: "10.30", "12:15", "5pm", "7 pm" is a time of day; the number of its tokens, 0 when it is none.
func (d *doc) clockAt(i, hi int) int {
	w := d.toks[i].text
	next := ""
	if i+1 < hi {
		next = d.toks[i+1].text
	}
	switch {
	case strings.HasSuffix(w, "pm") || strings.HasSuffix(w, "am"):
		return 1
	case (next == "pm" || next == "am" || next == "o'clock" || next == "baje") && len(w) <= 5:
		return 2
	case next == ":" && i+2 < hi && len(w) <= 2 && len(d.toks[i+2].text) == 2 && d.toks[i+2].num:
		return 3
	case len(w) >= 4 && len(w) <= 5 && w[len(w)-3] == '.' && w[len(w)-2] < '6':
		return 1
	}
	return 0
}

// durationAt: "53 hours", "5-6 ghante", "two days", "1h20" is a length of time; the number of its tokens, 0 when none.
func (d *doc) durationAt(i, hi int) int {
	w := d.toks[i].text
	if strings.HasSuffix(w, "h") && len(w) <= 3 || strings.HasSuffix(w, "hrs") || strings.HasSuffix(w, "min") || (len(w) >= 3 && len(w) <= 5 && strings.IndexByte(w, 'h') > 0 && w[len(w)-1] <= '9') {
		return 1
	}
	for j := i + 1; j < hi && j <= i+3; j++ {
		t := &d.toks[j]
		if !t.word || t.num || t.text == "or" || t.text == "to" || t.text == "full" || t.text == "whole" || t.text == "long" {
			continue
		}
		if strings.HasPrefix(t.text, "min") || t.text == "seconds" || t.text == "second" {
			if n, ok := number(w); ok && n < 20 {
				return 0 // a few minutes are no trouble
			}
		}
		for _, h := range d.lex.find(d.toks, j, hi, nil) {
			if h.c == d.voc.duration {
				return h.to - i
			}
		}
		return 0
	}
	return 0
}

// length is the number of tokens of sentence s.
func (d *doc) length(s int) int { return d.sents[s].hi - d.sents[s].lo }

package rules

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"winnow/backend/internal/qualify"
)

// reading is one lead being judged.
type reading struct {
	a              *Analyzer
	m              *model
	in             qualify.Input
	d              *doc // content
	title, company *doc
	masked         bool   // some of the content was addressed to the scorer
	shown          string // the content without that
	lang           string
	review         bool // the text is a customer's about the listed business
	form           bool // the text was sent to us: a form, an enquiry
	note           bool // the text is a colleague's note about the lead
	flags          []sentFlags
	pains          []pain
	third          []pain // heard, but past, of others, or in general
	asks           asks

	fit           string
	audience      string // wrong_* code
	audienceClaim qualify.Claim
	fitClaims     []qualify.Claim
}

// sentFlags says of a sentence who and when.
type sentFlags struct {
	first, second, past, solved, other, generic, question, want bool
}

// judge is the whole way from a lead to a draft.
func (a *Analyzer) judge(m *model, in qualify.Input) qualify.Draft {
	in.Content = norm.NFC.String(in.Content)
	in.Title, in.Company, in.Location = norm.NFC.String(in.Title), norm.NFC.String(in.Company), norm.NFC.String(in.Location)
	r := &reading{a: a, m: m, in: in}
	r.readContent()
	r.title, r.company = a.plain(in.Title), a.plain(in.Company)
	r.readSource()
	r.flagSentences()
	r.hearPains()
	r.hearAsks()
	r.judgeFit()
	d := r.draft()
	r.widen(d.Claims)
	return d
}

// widen gives claims that would quote a single letter or a pictogram the whole text instead.
func (r *reading) widen(claims []qualify.Claim) {
	for i := range claims {
		c := &claims[i]
		if c.Field != qualify.FieldContent || c.Quote == "" || c.End-c.Start > 1 && strings.ContainsFunc(c.Quote, isWordRune) {
			continue
		}
		whole := span{0, min(len(r.d.runes), 300)}
		c.Quote, c.Start, c.End = r.d.text(whole), whole.start, whole.end
	}
}

func (r *reading) readContent() {
	rs := []rune(r.in.Content)
	toks, sents := tokenize(rs)
	if masks := r.a.inject.masks(rs, toks, sents); len(masks) > 0 {
		r.masked = true
		toks, sents = visible(toks, masks)
		r.shown = unmasked(rs, masks)
	} else {
		r.shown = r.in.Content
	}
	r.d = read(r.a.lex, r.a.voc, rs, toks, sents)
	r.lang = language(r.d)
}

func (r *reading) readSource() {
	switch strings.ToLower(r.in.Source) {
	case "google_maps", "google", "maps", "yelp", "trustpilot", "tripadvisor", "justdial", "reviews":
		r.review = true
	case "website", "form", "indiamart", "tradeindia", "email", "chat":
		r.form = true
	case "csv", "file", "xlsx", "crm", "import", "note", "notes":
		r.note = true
	}
}

func (r *reading) flagSentences() {
	v := r.a.voc
	r.flags = make([]sentFlags, len(r.d.sents))
	past := false
	asking := r.d.all.has(v.askPeers) || r.d.all.has(v.evaluate) // who asks for a tool has not solved it
	for s := range r.d.sents {
		has := &r.d.has[s]
		f := &r.flags[s]
		f.first, f.second = has.has(v.first), has.has(v.second)
		f.question, f.want = has.has(v.question), r.ownWish(s) || has.has(v.askPeers)
		still := has.has(v.still) || has.has(v.stillBad)
		f.past = has.has(v.usedTo) && !still
		f.solved = has.has(v.solved) && !still && !r.negatedAll(s, v.solved) && (!asking || has.has(v.usedTo)) && (r.d.all.has(v.usedTo) || !r.sour(s))
		switch {
		case f.past && r.endsWith(s, ":"):
			past = true
		case past && f.solved:
			past = false
		case past && !f.first && !still:
			f.past = true
		default:
			past = false
		}
		f.solved = f.solved || r.improved(s) || has.has(v.solvedStrong) && !r.negatedAll(s, v.solvedStrong)
		f.other = !r.review && r.otherParty(s)
		f.generic = !r.review && !r.note && !r.form && (!f.first && (f.second || has.has(v.addressAll)) || r.hearsay(s))
	}
}

// hearsay: "distributors keep telling us …", "someone asked how we …" tells of others' trouble; a sentence that goes on
// about "he" or "they" belongs to it.
func (r *reading) hearsay(s int) bool {
	v := r.a.voc
	if r.d.has[s].has(v.hearsay) {
		return true
	}
	return s > 0 && r.flags[s-1].generic && r.d.has[s-1].has(v.hearsay) && !r.d.has[s].has(v.we)
}

// ownWish: a wish that is not ascribed to others ("people wanting to book").
func (r *reading) ownWish(s int) bool {
	v := r.a.voc
	for _, w := range r.d.of(s, v.want) {
		others := false
		for _, c := range []concept{v.customer, v.they} {
			for _, h := range r.d.of(s, c) {
				others = others || h.to <= w.from && w.from-h.to <= 1
			}
		}
		if w.from > r.d.sents[s].lo {
			switch r.d.toks[w.from-1].text {
			case "people", "patients", "who", "customers", "callers":
				others = true
			}
		}
		if !others {
			return true
		}
	}
	return false
}

// improved: trouble that was cut "from 18% to 4%", or that stopped.
func (r *reading) improved(s int) bool {
	v := r.a.voc
	for _, h := range r.d.of(s, v.stopped) {
		if h.from > r.d.sents[s].lo && !h.neg && r.badAt(s, h.from-2, h.from) {
			return true
		}
	}
	if !r.d.has[s].has(v.improve) || !r.sour(s) {
		return false
	}
	sent := r.d.sents[s]
	for i := sent.lo; i+3 < sent.hi; i++ {
		if r.d.toks[i].text != "from" {
			continue
		}
		from, ok := number(r.d.toks[i+1].text)
		for j := i + 2; ok && j < min(i+6, sent.hi-1); j++ {
			if to, isNum := number(r.d.toks[j+1].text); isNum && r.d.toks[j].text == "to" {
				return to < from
			}
		}
	}
	return false
}

// badAt: a state of trouble stands between tokens lo and hi.
func (r *reading) badAt(s, lo, hi int) bool {
	for _, h := range r.d.hits[r.d.first[s]:r.d.first[s+1]] {
		if h.from >= lo && h.to <= hi && r.a.lex.state[h.c] && !r.a.good.has(h.c) && !h.neg {
			return true
		}
	}
	return false
}

func (r *reading) endsWith(s int, sign string) bool {
	return r.d.toks[r.d.sents[s].hi-1].text == sign
}

func (r *reading) negatedAll(s int, c concept) bool {
	for _, h := range r.d.of(s, c) {
		if !h.neg {
			return false
		}
	}
	return true
}

// otherParty: the sentence is about a supplier, a courier, a friend's firm, or goes on about "them".
func (r *reading) otherParty(s int) bool {
	v := r.a.voc
	has := &r.d.has[s]
	if has.has(v.otherParty) {
		return !r.ownInSentence(s)
	}
	if s > 0 && r.flags[s-1].other && has.has(v.they) && !has.has(v.we) {
		return true
	}
	return false
}

// ownInSentence: beside the other party the own firm's trouble is told ("and I have no system to see …").
func (r *reading) ownInSentence(s int) bool {
	v := r.a.voc
	for _, h := range r.d.of(s, v.first) {
		switch r.d.toks[h.from].text {
		case "we", "i", "we're", "we've", "i've":
			for _, o := range r.d.of(s, v.otherParty) {
				if h.from > o.to {
					return true
				}
			}
		}
	}
	return false
}

// legible: a word in a script that the vocabularies know, or in the text's own script.
func (r *reading) legible(t *token) bool {
	c, _ := utf8.DecodeRuneInString(t.text)
	if !unicode.IsLetter(c) {
		return true
	}
	s := script(c)
	return s == "latin" || s == "ar" || s == "hi" || s == r.lang
}

// words counts the words of the content that count.
func (r *reading) words() int {
	n := 0
	for i := range r.d.toks {
		if t := &r.d.toks[i]; t.word && r.legible(t) {
			n++
		}
	}
	return n
}

func (r *reading) contentClaim(sp span) qualify.Claim {
	return qualify.Claim{Field: qualify.FieldContent, Quote: r.d.text(sp), Start: sp.start, End: sp.end}
}

func wholeField(part, value, field, text string) qualify.Claim {
	return qualify.Claim{Part: part, Value: value, Field: field, Quote: text, Start: 0, End: utf8.RuneCountInString(text)}
}

// sentClaim quotes the words around the first hit of a concept, else the first sentence.
func (r *reading) sentClaim(c concept) qualify.Claim {
	if s := r.d.any(c); s >= 0 {
		h := r.d.of(s, c)[0]
		return r.contentClaim(r.d.around(s, h.from, h.to))
	}
	return r.firstSentence()
}

// firstSentence quotes the first words that are not masked; the whole content when all is.
func (r *reading) firstSentence() qualify.Claim {
	for s := range r.d.sents {
		sent := r.d.sents[s]
		if sp := r.d.tokSpan(sent.lo, sent.hi); sp.end > sp.start && hasWord(r.d, sent) {
			return r.contentClaim(r.d.around(s, sent.lo, min(sent.lo+12, sent.hi)))
		}
	}
	return r.allContent()
}

func hasWord(d *doc, s sentence) bool {
	for i := s.lo; i < s.hi; i++ {
		if d.toks[i].word {
			return true
		}
	}
	return false
}

func (r *reading) allContent() qualify.Claim {
	const most = 300
	sp := span{0, min(len(r.d.runes), most)}
	return r.contentClaim(r.d.trim(sp))
}

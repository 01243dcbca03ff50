package rules

import (
	"strings"

	"winnow/backend/internal/qualify"
)

// specificity claims the kinds of concrete detail that the text gives, each worth two points or, when vague, one.
func (r *reading) specificity() []qualify.Claim {
	var out []qualify.Claim
	for _, kind := range []struct {
		id string
		of func() (string, qualify.Claim)
	}{
		{qualify.SpecificQuantified, r.quantified},
		{qualify.SpecificScale, r.scale},
		{qualify.SpecificTool, r.namedTool},
		{qualify.SpecificMechanism, r.mechanism},
		{qualify.SpecificRequirement, r.requirement},
	} {
		if value, c := kind.of(); value != "" {
			c.Part, c.ID, c.Value = qualify.PartSpecificity, kind.id, value
			out = append(out, c)
		}
	}
	return out
}

// ownSentences visits what tells of the own firm now.
func (r *reading) ownSentences(visit func(s int, sent sentence) bool) {
	for s, sent := range r.d.sents {
		if r.ownCurrent(s) && hasWord(r.d, sent) && !visit(s, sent) {
			return
		}
	}
}

// quantified: figures in a sentence that tells trouble.
func (r *reading) quantified() (value string, c qualify.Claim) {
	if value, c = r.measured(); value == "2" {
		return value, c
	}
	figures, first := 0, qualify.Claim{}
	r.ownSentences(func(s int, _ sentence) bool {
		for _, h := range r.d.of(s, r.a.voc.num) {
			if !r.isListMark(h.from) && !r.isScaleOnly(s, h.from) && len(r.pains) > 0 {
				if figures++; figures == 1 {
					first = r.contentClaim(r.d.around(s, h.from, h.to))
				}
			}
		}
		return true
	})
	switch {
	case figures >= 3 || r.review && figures >= 2:
		return "2", first
	case figures >= 1 && value == "":
		return "1", first
	}
	return value, c
}

// measured: a figure that says how much the trouble is.
func (r *reading) measured() (value string, c qualify.Claim) {
	v := r.a.voc
	painful := map[int]bool{}
	for _, p := range r.pains {
		painful[p.sent] = true
	}
	r.ownSentences(func(s int, sent sentence) bool {
		has := &r.d.has[s]
		trouble := painful[s] || r.troubled(s)
		if !trouble {
			return true
		}
		for _, h := range r.d.of(s, v.num) {
			if !r.isListMark(h.from) && !r.isScaleOnly(s, h.from) && r.measures(s, h.from) {
				value, c = "2", r.contentClaim(r.d.around(s, h.from, h.to))
				return false
			}
		}
		if value == "" && painful[s] && (has.has(v.numword) || has.has(v.freq)) {
			at := r.d.of(s, v.freq)
			if len(at) == 0 {
				at = r.d.of(s, v.numword)
			}
			value, c = "1", r.contentClaim(r.d.around(s, at[0].from, at[0].to))
			if has.has(v.numword) && has.has(v.duration) {
				value = "2"
			}
		}
		return true
	})
	return value, c
}

// measures: the figure stands by money, per cent, time or by the trouble itself.
func (r *reading) measures(s, i int) bool {
	t := r.d.toks[i].text
	if next := r.wordAfter(i + 1); next == "%" || strings.HasSuffix(t, "%") || strings.HasSuffix(t, "k") || strings.HasSuffix(t, "h") {
		return true
	}
	for _, h := range r.d.hits[r.d.first[s]:r.d.first[s+1]] {
		if h.from > i+4 || h.to < i-4 {
			continue
		}
		close := h.from >= i-1 && h.from <= i+2
		switch {
		case (h.c == r.a.voc.duration || h.c == r.a.voc.money) && close:
			return true
		case r.a.lex.state[h.c] && h.neg == r.a.good.has(h.c):
			return true
		case h.c == r.a.voc.freq && h.from >= i && h.from <= i+4:
			return true
		}
	}
	return false
}

func (r *reading) troubled(s int) bool {
	v := r.a.voc
	for _, c := range []concept{v.wrong, v.late, v.lost, v.cancel} {
		for _, h := range r.d.of(s, c) {
			if !h.neg {
				return true
			}
		}
	}
	return false
}

// isListMark: "1)" and "2." at the start of an item are no figures.
func (r *reading) isListMark(i int) bool {
	t := r.d.toks[i].text
	next := r.wordAfter(i + 1)
	return len(t) <= 2 && (next == ")" || next == ".") && (i == 0 || r.d.toks[i-1].sent != r.d.toks[i].sent || !r.d.toks[i-1].word)
}

// isScaleOnly: the figure counts people, sites or products of the firm.
func (r *reading) isScaleOnly(s, i int) bool {
	for _, u := range r.d.of(s, r.a.voc.peopleUnit) {
		if u.from > i && u.from <= i+2 {
			return true
		}
	}
	return false
}

// scale: a figure with a unit of business size.
func (r *reading) scale() (value string, c qualify.Claim) {
	v := r.a.voc
	r.ownSentences(func(s int, sent sentence) bool {
		for _, u := range r.d.of(s, v.scaleUnit) {
			n := r.scaleNumber(s, u)
			switch {
			case n >= 2 && value != "2":
				value, c = "2", r.contentClaim(r.d.around(s, u.from, u.to))
			case n == 1 && value == "":
				value, c = "1", r.contentClaim(r.d.around(s, u.from, u.to))
			}
		}
		return value != "2"
	})
	return value, c
}

// scaleNumber is 2 for a figure in digits (or a word of two or more) before the unit, 0 when there is none or when
// trouble stands between ("9 wrong orders").
func (r *reading) scaleNumber(s int, u hit) int {
	for j := u.from - 1; j >= r.d.sents[s].lo && j >= u.from-4; j-- {
		t := &r.d.toks[j]
		if t.brk {
			break
		}
		if n, ok := number(t.text); ok {
			if n == 1 {
				return 0
			}
			return 2
		}
		if t.num {
			return 2
		}
		if r.troubleAt(s, j) {
			return 0
		}
	}
	if r.wordAfter(u.to) == ":" || r.wordAfter(u.to) == "of" {
		if n, ok := number(r.wordAfter(u.to + 1)); ok && n > 1 {
			return 2
		}
	}
	return 0
}

func (r *reading) troubleAt(s, j int) bool {
	v := r.a.voc
	for _, c := range []concept{v.wrong, v.late, v.lost, v.cancel} {
		for _, h := range r.d.of(s, c) {
			if h.from <= j && j < h.to && !h.neg {
				return true
			}
		}
	}
	return false
}

// namedTool: the present tool or process by name.
func (r *reading) namedTool() (value string, c qualify.Claim) {
	v := r.a.voc
	named := map[string]bool{}
	r.ownSentences(func(s int, sent sentence) bool {
		for _, h := range r.d.of(s, v.toolName) {
			val := "2"
			named[r.d.toks[h.from].stem] = true
			switch r.d.toks[h.from].text {
			case "phone", "email", "erp", "crm", "our", "current", "present", "calendar", "access", "telefono", "telefonisch", "wms", "whatsapp", "instagram", "facebook", "telegram", "voicemail", "fax", "paper", "handwritten", "barcode":
				val = "1"
			}
			if value == "" || val > value {
				value, c = val, r.contentClaim(r.d.around(s, h.from, h.to))
			}
		}
		return value != "2"
	})
	if value == "1" && len(named) >= 3 {
		value = "2" // "email, chat and phone" is the whole process
	}
	if value != "2" && r.review && r.words() >= 25 {
		return r.processSeen(value, c)
	}
	return value, c
}

// processSeen: a long review tells how the place works: whom it sends you to, what the screen said.
func (r *reading) processSeen(value string, c qualify.Claim) (string, qualify.Claim) {
	for s := range r.d.sents {
		for _, name := range []string{"VOICE", "DESK", "BRANCH", "RECORDS", "ONLINE"} {
			if hits := r.d.of(s, r.a.lex.names[name]); len(hits) > 0 {
				return "2", r.contentClaim(r.d.around(s, hits[0].from, hits[0].to))
			}
		}
	}
	return value, c
}

// mechanism: how it goes wrong, or one time it did.
func (r *reading) mechanism() (value string, c qualify.Claim) {
	v := r.a.voc
	sents := map[int]bool{}
	for _, p := range r.pains {
		sents[p.sent] = true
	}
	for _, p := range r.pains {
		long := r.d.length(p.sent) >= 20
		told := r.d.has[p.sent].has(v.incident)
		val := "1"
		if told || long || len(sents) >= 3 || r.review && r.words() >= 25 {
			val = "2"
		}
		if p.weak || (!told && !long && r.d.length(p.sent) < 8) {
			continue
		}
		if val > value {
			value, c = val, r.contentClaim(r.d.around(p.sent, p.lo, p.hi))
		}
	}
	return value, c
}

// requirement: what is wanted, how much it may cost, until when.
func (r *reading) requirement() (value string, c qualify.Claim) {
	v := r.a.voc
	if !r.asks.looking() || r.review {
		return "", c
	}
	r.ownSentences(func(s int, sent sentence) bool {
		has := &r.d.has[s]
		asks := r.intentHere(s)
		detail := has.has(v.reqDetail) || has.has(v.budget)
		switch {
		case asks && (has.has(v.budget) && has.has(v.num) || detail && (has.has(v.num) || len(r.d.of(s, v.reqDetail)) >= 2)):
			value, c = "2", r.sentenceQuote(s)
			return false
		case value == "" && asks && r.d.length(s) >= 5:
			value, c = "1", r.sentenceQuote(s)
		}
		return true
	})
	if s, ok := r.dated(func(days int, _ bool) bool { return days != 0 && days < 250 }); ok {
		value, c = "2", r.sentenceQuote(s)
	}
	return value, c
}

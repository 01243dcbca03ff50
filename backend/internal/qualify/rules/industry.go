package rules

import (
	"slices"

	"winnow/backend/internal/qualify"
)

// industry looks at the company's name first, then at how the text describes the own firm.
func (r *reading) industry() verdict {
	kinds := r.a.kindsOf(r.company)
	if r.in.Industry != "" {
		kinds = append(kinds, r.a.kindsOf(r.a.plain(r.in.Industry))...)
	}
	claim := wholeField(qualify.PartFit, "", qualify.FieldCompany, r.in.Company)
	if v, ok := r.kindVerdict(kinds, claim); ok {
		return v
	}
	if len(kinds) == 0 && r.in.Company != "" {
		if v, ok := r.kindVerdict(r.a.kindsOf(r.title), wholeField(qualify.PartFit, "", qualify.FieldTitle, r.in.Title)); ok && v.in {
			return v
		}
	}
	self, sp := r.selfKinds()
	if v, ok := r.kindVerdict(self, r.contentClaim(sp)); ok && (v.in || r.placeKind(self[len(self)-1])) {
		return v
	}
	if r.in.Company == "" {
		if v, ok := r.strayKind(); ok {
			return v
		}
		for _, h := range r.d.hits {
			if r.m.kindsIn[h.c] {
				return verdict{in: true, claim: r.contentClaim(r.d.around(r.d.toks[h.from].sent, h.from, h.to))}
			}
		}
	}
	return verdict{border: len(kinds) > 0 && !r.m.softwareIn}
}

func (r *reading) kindVerdict(kinds []concept, claim qualify.Claim) (verdict, bool) {
	for _, k := range kinds {
		if r.m.kindsIn[k] && !r.strictlyOut(kinds) && !r.headOut(kinds) {
			return verdict{in: true, claim: claim}, true
		}
	}
	for _, k := range kinds {
		if _, out := r.m.kindsOut[k]; out || r.neverKind(k) {
			return verdict{out: claim.Quote != "", claim: claim}, true
		}
	}
	return verdict{}, false
}

// strictlyOut: an animal clinic is no clinic, a council's works department no maker.
func (r *reading) strictlyOut(kinds []concept) bool {
	for _, name := range []string{"K_VET", "K_GOV", "K_BPO"} {
		k := r.a.lex.names[name]
		if _, out := r.m.kindsOut[k]; out && slices.Contains(kinds, k) {
			return true
		}
	}
	return false
}

// headOut: the last word of a name says what it is: a spice restaurant is a restaurant, restaurant supplies are not.
func (r *reading) headOut(kinds []concept) bool {
	last := kinds[len(kinds)-1]
	if r.m.kindsIn[last] {
		return false
	}
	switch r.a.lex.list[last] {
	case "K_RESTAURANT", "K_SALON", "K_HOTEL", "K_GYM", "K_LAW", "K_SCHOOL", "K_NGO", "K_CONSULT", "K_AGENCY":
		return true
	}
	return false
}

// strayKind: without a company's name, "our restaurant" and the like tell, when nothing else of our trade is named.
func (r *reading) strayKind() (verdict, bool) {
	for _, h := range r.d.hits {
		if r.m.kindsIn[h.c] {
			return verdict{}, false
		}
	}
	for s := range r.d.sents {
		if !r.flags[s].first || r.flags[s].other {
			continue
		}
		for _, h := range r.d.hits[r.d.first[s]:r.d.first[s+1]] {
			_, excluded := r.m.kindsOut[h.c]
			if r.a.isKind(h.c) && (r.neverKind(h.c) || excluded && r.placeKind(h.c)) && !r.servedKind(s, h) {
				return verdict{out: true, claim: r.contentClaim(r.d.around(s, h.from, h.to))}, true
			}
		}
	}
	return verdict{}, false
}

// servedKind: "we supply restaurants", "for hotels and salons" names customers.
func (r *reading) servedKind(s int, h hit) bool {
	for j := max(r.d.sents[s].lo, h.from-4); j < min(r.d.sents[s].hi, h.to+2); j++ {
		switch r.d.toks[j].text {
		case "supply", "supplies", "supplying", "sell", "sells", "selling", "to", "customers", "clients", "dealers", "serve", "serving", "deliver", "delivering", "other":
			return true
		}
	}
	return false
}

// placeKind: kinds that people name plainly when they say what they run.
func (r *reading) placeKind(k concept) bool {
	switch r.a.lex.list[k] {
	case "K_AGENCY", "K_MANUFACTURING", "K_WHOLESALE", "K_ECOM", "K_LOGISTICS", "K_TRAVEL", "K_EDTECH", "K_FINTECH", "K_REALESTATE", "K_TELCO", "K_EVENT":
		return false
	}
	return true
}

// neverKind: kinds so far from goods, software or clinics that a list without them clearly fails.
func (r *reading) neverKind(k concept) bool {
	if r.m.kindsIn[k] || len(r.m.kindsIn) == 0 {
		return false
	}
	switch r.a.lex.list[k] {
	case "K_VET", "K_GOV":
		return true
	case "K_RESTAURANT", "K_SALON", "K_HOTEL", "K_GYM", "K_LAW", "K_SCHOOL", "K_NGO", "K_INSURANCE":
		return !r.m.softwareIn // software firms are named after the trade they serve
	case "K_DENTAL", "K_CLINIC", "K_HOSPITAL":
		return !r.m.softwareIn && !r.m.kindsIn[r.a.lex.names["K_CLINIC"]] && !r.m.kindsIn[r.a.lex.names["K_DENTAL"]]
	}
	return false
}

// selfKinds reads "we are a …", "I run a …", "my …" for kinds of organisation close behind.
func (r *reading) selfKinds() ([]concept, span) {
	var out []concept
	var at span
	for s, sent := range r.d.sents {
		if r.flags[s].other {
			continue
		}
		for i := sent.lo; i < sent.hi; i++ {
			if !r.opensSelf(i, sent.hi) {
				continue
			}
			for _, h := range r.d.hits[r.d.first[s]:r.d.first[s+1]] {
				if h.from > i && h.from <= i+6 && slices.Contains(r.a.kinds, h.c) && !r.a.speakerKind(h.c) && !slices.Contains(out, h.c) {
					out = append(out, h.c)
					at = r.d.around(s, i, h.to)
				}
			}
		}
	}
	return out, at
}

func (r *reading) opensSelf(i, hi int) bool {
	next := ""
	if i+1 < hi {
		next = r.d.toks[i+1].text
	}
	article := next == "a" || next == "an" || next == "the"
	switch w := r.d.toks[i].text; w {
	case "we":
		return next == "are" || next == "run" || next == "own" || next == "make"
	case "we're", "i'm", "im", "i":
		return article || w == "i" && (next == "run" || next == "own" || next == "manage" || next == "have" || next == "am" || next == "work" || next == "sell")
	case "somos", "for":
		return w == "somos" || article
	case "our", "my":
		return next == "company" || next == "small" || next == "family" || next == "firm" || next == "shop" || next == "business" || next == "restaurant" || next == "salon" || next == "clinic" || next == "factory"
	case "restaurant", "hotel", "salon":
		return false
	}
	return false
}

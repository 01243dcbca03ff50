package rules

import (
	"strings"

	"winnow/backend/internal/qualify"
)

// size reads how many people work there, as the text or the field says.
func (r *reading) size() verdict {
	n, claim := r.people()
	if n == 0 {
		return r.sites()
	}
	if n > 1 && n < r.m.minSize && r.in.Company != "" {
		return verdict{} // a shift or a team, rather than the whole of a company that has a name
	}
	v := verdict{claim: claim}
	over, least := r.m.overSize, r.m.minSize
	switch {
	case over > 0 && n > over, over == 0 && r.m.maxSize > 0 && n > 2*r.m.maxSize:
		v.out = claim.Quote != ""
	case r.m.maxSize > 0 && n > r.m.maxSize:
		v.border = true
	case least > 0 && 2*n < least && (r.in.Company == "" || n == 1):
		v.out = claim.Quote != ""
	case least > 0 && n < least:
		v.border = true
	default:
		v.in = true
	}
	return v
}

func (r *reading) sites() verdict {
	if r.m.overSites == 0 {
		return verdict{}
	}
	for s := range r.d.sents {
		for _, u := range r.d.of(s, r.a.voc.siteUnit) {
			if n := r.numberBefore(u.from, 2); n > float64(r.m.overSites) {
				return verdict{out: true, claim: r.contentClaim(r.d.around(s, u.from-1, u.to))}
			}
		}
	}
	return verdict{}
}

// people is the number of people of the own firm, 0 when it is not told.
func (r *reading) people() (int, qualify.Claim) {
	best, claim := 0, qualify.Claim{}
	for s := range r.d.sents {
		if r.flags[s].other || r.review {
			continue
		}
		for _, u := range r.d.of(s, r.a.voc.peopleUnit) {
			n := r.numberBefore(u.from, 3)
			if n == 0 && u.to+1 < r.d.sents[s].hi && r.d.toks[u.to].text == ":" {
				n, _ = number(r.d.toks[u.to+1].text)
			}
			if int(n) > best {
				best, claim = int(n), r.contentClaim(r.d.around(s, u.from, u.to))
			}
		}
		if best > 0 {
			continue
		}
		for _, u := range r.d.of(s, r.a.voc.peopleSoft) {
			if n := r.numberBefore(u.from, 1); n >= 2 && r.speaksOfSelf(s, u.from) {
				best, claim = int(n), r.contentClaim(r.d.around(s, u.from, u.to))
			}
		}
	}
	if best == 0 {
		best, claim = r.soloOrField()
	}
	return best, claim
}

func (r *reading) soloOrField() (int, qualify.Claim) {
	if s := r.d.any(r.a.voc.solo); s >= 0 && !r.review && r.in.Company == "" {
		u := r.d.of(s, r.a.voc.solo)[0]
		return 1, r.contentClaim(r.d.around(s, u.from, u.to))
	}
	for _, f := range strings.FieldsFunc(r.in.CompanySize, func(c rune) bool { return c == '-' || c == '–' || c == ' ' || c == '+' }) {
		if n, ok := number(f); ok {
			return int(n), qualify.Claim{} // the field cannot be quoted: it can show "in" or "unclear", never "out"
		}
	}
	return 0, qualify.Claim{}
}

// speaksOfSelf: "we are 80 people", "26 of us", "45-person SaaS", "180 people?" but not "call three people".
func (r *reading) speaksOfSelf(s, i int) bool {
	if n := r.numberBefore(i, 1); n >= 15 {
		return true
	}
	for j := max(r.d.sents[s].lo, i-5); j < i; j++ {
		switch r.d.toks[j].text {
		case "we", "we're", "team", "are", "somos", "wir", "sind", "hum":
			return true
		}
	}
	return r.d.toks[i].text == "of" || r.d.toks[i].text == "person"
}

// numberBefore is the number within reach tokens before token i, in the same clause; 0 when there is none.
func (r *reading) numberBefore(i, reach int) float64 {
	for j := i - 1; j >= 0 && j >= i-reach-1; j-- {
		t := &r.d.toks[j]
		if n, ok := number(t.text); ok {
			return n
		}
		if t.brk || (!t.word && t.text != "-" && t.text != "+") {
			return 0
		}
	}
	return 0
}

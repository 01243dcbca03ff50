package rules

import (
	"slices"
	"strings"

	"winnow/backend/internal/qualify"
)

func foldText(s string) string {
	toks, _ := tokenize([]rune(s))
	var words []string
	for i := range toks {
		if toks[i].word {
			words = append(words, toks[i].text)
		}
	}
	return strings.Join(words, " ")
}

// verdict is in, out or neither of one question of fit, with the claim that shows it.
type verdict struct {
	in, out bool
	border  bool // close to a bound: neither in nor out
	claim   qualify.Claim
}

func (r *reading) judgeFit() {
	geo, kind, size := r.geography(), r.industry(), r.size()
	for _, v := range []struct {
		verdict
		code string
	}{{geo, qualify.DisqWrongGeo}, {kind, qualify.DisqWrongIndust}, {size, qualify.DisqWrongSize}} {
		if v.out {
			r.fit = qualify.FitOut
			r.audience = v.code
			c := v.claim
			c.Part, c.Value = qualify.PartFit, qualify.FitOut
			r.audienceClaim = c
			return
		}
	}
	r.fit = qualify.FitUnclear
	known := kind.in || (r.in.Company != "" && !kind.border)
	if geo.in && known && !size.border {
		r.fit = qualify.FitIn
		for _, v := range []verdict{geo, kind, size} {
			if v.in && v.claim.Quote != "" {
				c := v.claim
				c.Part, c.Value = qualify.PartFit, qualify.FitIn
				r.fitClaims = append(r.fitClaims, c)
			}
		}
		if !kind.in && r.in.Company != "" {
			r.fitClaims = append(r.fitClaims, wholeField(qualify.PartFit, qualify.FitIn, qualify.FieldCompany, r.in.Company))
		}
	}
}

func (r *reading) geography() verdict {
	if r.m.countries == nil {
		if r.in.Location != "" {
			return verdict{in: true, claim: wholeField(qualify.PartFit, "", qualify.FieldLocation, r.in.Location)}
		}
		return verdict{in: true}
	}
	if found := r.a.places.resolve(r.in.Location); len(found) > 0 {
		v := verdict{claim: wholeField(qualify.PartFit, "", qualify.FieldLocation, r.in.Location)}
		v.in = slices.ContainsFunc(found, func(c string) bool { return r.m.countries[c] })
		v.out = !v.in
		return v
	}
	if r.in.Location == "" {
		if c, sp := r.a.places.inText(r.d); c != "" && r.m.countries[c] {
			return verdict{in: true, claim: r.contentClaim(sp)}
		}
	}
	return verdict{}
}

package rules

import (
	"slices"
	"strings"
)

// readAudience turns the audience document into sets that a lead is held against.
func (a *Analyzer) readAudience(m *model) {
	aud := m.set.Audience
	m.kindsIn, m.kindsOut = map[concept]bool{}, map[concept]string{}
	for _, text := range aud.Industries {
		for _, k := range a.kindsOf(a.plain(text)) {
			m.kindsIn[k] = true
		}
	}
	m.softwareIn = m.kindsIn[a.lex.names["K_SOFTWARE"]]
	m.minSize, m.maxSize = aud.CompanySize.MinEmployees, aud.CompanySize.MaxEmployees
	for _, text := range aud.Exclusions {
		a.readExclusion(m, text)
	}
	for k := range m.kindsIn {
		delete(m.kindsOut, k)
	}
	m.countries = a.readGeographies(aud.Geographies)
	for _, t := range aud.Seniority.DecisionMaker {
		m.deciders = append(m.deciders, " "+foldText(t)+" ")
	}
	for _, t := range aud.Seniority.Influencer {
		m.influencers = append(m.influencers, " "+foldText(t)+" ")
	}
}

// readExclusion: "above 2000 employees" bounds size, other words exclude kinds of organisation.
func (a *Analyzer) readExclusion(m *model, text string) {
	d := a.plain(text)
	folded := " " + foldText(text) + " "
	for i := range d.toks {
		n, ok := number(d.toks[i].text)
		if !ok || n < 2 {
			continue
		}
		if strings.Contains(folded, " above ") || strings.Contains(folded, " over ") || strings.Contains(folded, " more than ") || strings.Contains(folded, " larger than ") {
			if d.all.has(a.voc.siteUnit) && !d.all.has(a.voc.peopleUnit) {
				m.overSites = int(n)
			} else {
				m.overSize = int(n)
			}
			return
		}
	}
	for _, k := range a.kindsOf(d) {
		if !a.speakerKind(k) {
			m.kindsOut[k] = text
		}
	}
	if strings.Contains(folded, " non ") { // "non-medical businesses": whatever is known to be something else
		for _, k := range a.kinds {
			if _, out := m.kindsOut[k]; !out && !a.speakerKind(k) {
				m.kindsOut[k] = text
			}
		}
	}
}

// speakerKind: vendors, coaches, recruiters and students are told by what they say, not by a word of their name.
func (a *Analyzer) speakerKind(k concept) bool {
	switch a.lex.list[k] {
	case "K_VENDOR", "K_CONSULT", "K_RECRUIT", "K_STUDENT", "K_JOBSEEKER", "K_SOFTWARE", "K_SOLO", "K_ECOM", "K_MEDIA":
		return true
	}
	return false
}

// readGeographies: nil when anywhere will do, or when no name is known (better unclear than wrong).
func (a *Analyzer) readGeographies(names []string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		key := strings.ToLower(strings.TrimSpace(n))
		list := a.places.regions[key]
		if len(list) == 0 {
			list = a.places.resolve(n)
		}
		for _, c := range list {
			if c == "*" {
				return nil
			}
			out[c] = true
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// kindsOf lists the kinds of organisation that a text names, in its order.
func (a *Analyzer) kindsOf(d *doc) []concept {
	var hits []hit
	for _, h := range d.hits {
		if a.isKind(h.c) && !a.insideKind(d, h) {
			hits = append(hits, h)
		}
	}
	slices.SortStableFunc(hits, func(x, y hit) int { return x.from - y.from })
	var out []concept
	for _, h := range hits {
		if !slices.Contains(out, h.c) {
			out = append(out, h.c)
		}
	}
	return out
}

func (a *Analyzer) isKind(c concept) bool { return slices.Contains(a.kinds, c) }

// insideKind: "makers" in "solo makers" is part of a longer name of a kind.
func (a *Analyzer) insideKind(d *doc, h hit) bool {
	for _, o := range d.hits {
		if a.isKind(o.c) && o.from <= h.from && h.to <= o.to && o.to-o.from > h.to-h.from {
			return true
		}
	}
	return false
}

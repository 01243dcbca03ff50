package evalset

import (
	"slices"
	"strings"

	"winnow/backend/internal/intake/normalise"
)

// tally is what is counted about one document: what was expected and found for recall, what was found and is right for precision.
type tally struct {
	fields map[string]*fieldCount
	faults []string
}

type fieldCount struct{ expected, recalled, found, right int }

func (t *tally) of(field string) *fieldCount {
	if t.fields[field] == nil {
		t.fields[field] = &fieldCount{}
	}
	return t.fields[field]
}

func (t *tally) recall(field, value string, ok bool) {
	c := t.of(field)
	c.expected++
	if ok {
		c.recalled++
	} else {
		t.faults = append(t.faults, "missed "+field+": "+value)
	}
}

func (t *tally) precision(field, value string, ok bool) {
	c := t.of(field)
	c.found++
	if ok {
		c.right++
	} else {
		t.faults = append(t.faults, "wrong "+field+": "+value)
	}
}

// identity are the fields that are always judged in a list of leads: it says who is on the page, and how to reach them.
func identity(field string) bool {
	return slices.Contains([]string{"name", "title", "email", "phone", "linkedin_url"}, field)
}

// context are the fields that the leads of one page share: an answer may write them at one of the leads only.
func context(field string) bool {
	return slices.Contains([]string{"company", "url", "country", "location", "industry", "company_size", "language", "source"}, field)
}

// scorer compares the finds of one document with the list of leads that is right.
type scorer struct {
	eq     equality
	want   []Lead
	got    []Lead
	region string
	pairs  [][]int // for each wanted lead the finds that answer it
	tally  *tally
}

func scoreLeads(eq equality, want, got []Lead) *tally {
	s := &scorer{eq: eq, want: foldCustom(want), got: foldCustom(got), tally: &tally{fields: map[string]*fieldCount{}}}
	s.region = s.regionOf()
	s.pair()
	for i, w := range s.want {
		for _, field := range keys(w) {
			for _, v := range w[field] {
				s.tally.recall(field, v, s.answered(i, field, v))
			}
		}
	}
	for j, g := range s.got {
		judged := 0
		for _, field := range keys(g) {
			if !identity(field) && !s.named(field) {
				continue
			}
			for _, v := range g[field] {
				judged++
				s.tally.precision(field, v, s.right(j, field, v))
			}
		}
		if judged == 0 && len(s.want) == 0 {
			s.tally.precision("lead", strings.Join(keys(g), ","), false)
		}
	}
	return s.tally
}

func foldCustom(leads []Lead) []Lead {
	out := make([]Lead, len(leads))
	for i, l := range leads {
		out[i] = Lead{}
		for k, v := range l {
			if strings.HasPrefix(k, "custom.") {
				k = "custom." + customName(k)
			}
			out[i][k] = append(out[i][k], v...)
		}
	}
	return out
}

func keys(l Lead) []string {
	out := make([]string, 0, len(l))
	for k := range l {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// regionOf is the country that national phone numbers of the document belong to.
func (s *scorer) regionOf() string {
	for _, l := range append(slices.Clone(s.want), s.got...) {
		for _, c := range l["country"] {
			if code := s.eq.countries.Code(c); code != "" {
				return code
			}
		}
	}
	return ""
}

// named reports whether the answer speaks of a field at all: where it is silent nothing can be said about what was found.
func (s *scorer) named(field string) bool {
	return slices.ContainsFunc(s.want, func(w Lead) bool { return len(w[field]) > 0 })
}

func (s *scorer) has(l Lead, field, v string) bool {
	return slices.ContainsFunc(l[field], func(o string) bool { return s.eq.same(field, v, o, s.region) })
}

func (s *scorer) answered(i int, field, v string) bool {
	if slices.ContainsFunc(s.pairs[i], func(j int) bool { return s.has(s.got[j], field, v) }) {
		return true
	}
	return context(field) && len(s.pairs[i]) > 0 && slices.ContainsFunc(s.got, func(g Lead) bool { return s.has(g, field, v) })
}

func (s *scorer) right(j int, field, v string) bool {
	partners := 0
	spoken := false
	for i, js := range s.pairs {
		if !slices.Contains(js, j) {
			continue
		}
		partners++
		spoken = spoken || len(s.want[i][field]) > 0
		if s.has(s.want[i], field, v) {
			return true
		}
	}
	if context(field) && (partners == 0 || !spoken) {
		return slices.ContainsFunc(s.want, func(w Lead) bool { return s.has(w, field, v) })
	}
	return false
}

// pair finds for each wanted lead the finds that speak of it: of a named person those of that name, else those that share what
// tells leads apart, else the most similar one that speaks of nobody else.
func (s *scorer) pair() {
	s.pairs = make([][]int, len(s.want))
	used := map[int]bool{}
	for i, w := range s.want {
		for j, g := range s.got {
			if s.sameLead(w, g) {
				s.pairs[i] = append(s.pairs[i], j)
				used[j] = true
			}
		}
	}
	for i, w := range s.want {
		if len(s.pairs[i]) > 0 {
			continue
		}
		best, most := -1, 0
		for j, g := range s.got {
			if n := s.shared(w, g); n > most && (!used[j] || len(w["name"]) == 0) && !s.conflict(w, g) {
				best, most = j, n
			}
		}
		if best >= 0 {
			s.pairs[i] = []int{best}
			used[best] = true
		}
	}
}

func (s *scorer) conflict(w, g Lead) bool {
	return len(w["name"]) > 0 && len(g["name"]) > 0 && !s.any(w, g, "name")
}

func (s *scorer) sameLead(w, g Lead) bool {
	if s.any(w, g, "source_id") {
		return true
	}
	if len(w["source_id"]) > 0 && len(g["source_id"]) > 0 && w["source_id"][0] != "" {
		if s.conflict(w, g) || !s.any(w, g, "url") {
			return false
		}
	}
	if len(w["name"]) > 0 && len(g["name"]) > 0 {
		otherWords := len(w["content"]) > 0 && len(g["content"]) > 0 && !s.any(w, g, "content") && !s.any(w, g, "email")
		return s.any(w, g, "name") && !otherWords
	}
	for _, field := range []string{"email", "phone", "linkedin_url"} {
		if s.any(w, g, field) {
			return true
		}
	}
	if len(w["name"]) > 0 || len(g["name"]) > 0 {
		return false
	}
	if len(w["company"]) == 0 {
		return s.any(w, g, "url")
	}
	otherPage := len(w["url"]) > 0 && len(g["url"]) > 0 && !s.any(w, g, "url")
	return s.any(w, g, "company") && (!otherPage || !s.repeated(w["company"][0]))
}

// repeated reports whether several wanted leads have a company: then its name alone tells none of them.
func (s *scorer) repeated(company string) bool {
	n := 0
	for _, w := range s.want {
		if len(w["company"]) > 0 && normalise.Fold(w["company"][0]) == normalise.Fold(company) {
			n++
		}
	}
	return n > 1
}

func (s *scorer) any(w, g Lead, field string) bool {
	return slices.ContainsFunc(w[field], func(v string) bool { return s.has(g, field, v) })
}

// shared counts the fields in which two leads agree, what all leads of a page share left out.
func (s *scorer) shared(w, g Lead) (n int) {
	for field := range w {
		if field != "source" && field != "country" && field != "language" && s.any(w, g, field) {
			n++
		}
	}
	return n
}

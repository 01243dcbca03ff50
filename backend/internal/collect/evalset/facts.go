package evalset

import "slices"

// scoreFacts compares with an answer that lists values without saying which lead has them.
func scoreFacts(eq equality, f *Facts, got []Lead) *tally {
	t := &tally{fields: map[string]*fieldCount{}}
	s := &scorer{eq: eq, got: got, tally: t}
	s.region = s.regionOf()
	all := func(field string) (vals []string) {
		for _, g := range got {
			for _, v := range g[field] {
				if !slices.ContainsFunc(vals, func(o string) bool { return eq.same(field, v, o, s.region) }) {
					vals = append(vals, v)
				}
			}
		}
		return vals
	}
	in := func(list []string, field, v string) bool {
		return slices.ContainsFunc(list, func(o string) bool { return eq.same(field, v, o, s.region) })
	}
	for _, field := range keys(f.Must) {
		found := all(field)
		for _, v := range f.Must[field] {
			t.recall(field, v, in(found, field, v))
		}
		for _, v := range found {
			if in(f.May[field], field, v) {
				continue
			}
			t.precision(field, v, in(f.Must[field], field, v))
		}
	}
	flagged := all("custom.system_emails")
	for _, v := range f.Flagged["email"] {
		ok := slices.ContainsFunc(flagged, func(o string) bool { return slices.Contains(split("email", o), v) })
		t.recall("flagged email", v, ok)
	}
	scorePeople(t, eq, f, got)
	return t
}

func scorePeople(t *tally, eq equality, f *Facts, got []Lead) {
	if len(f.People) == 0 {
		return
	}
	var people []Lead
	for _, g := range got {
		if len(g["name"]) > 0 {
			l := Lead{}
			for _, k := range []string{"name", "title", "custom.seniority"} {
				if len(g[k]) > 0 {
					l[k] = g[k]
				}
			}
			people = append(people, l)
		}
	}
	sub := scoreLeads(eq, f.People, people)
	for field, c := range sub.fields {
		have := t.of(field)
		have.expected += c.expected
		have.recalled += c.recalled
		have.found += c.found
		have.right += c.right
	}
	t.faults = append(t.faults, sub.faults...)
}

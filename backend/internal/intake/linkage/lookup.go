package linkage

import (
	"slices"
	"strings"

	"winnow/backend/internal/intake/linkage/similar"
)

// Lookup is a key under which a record is found again in a database: records that share one are candidates.
type Lookup struct {
	Kind string // what the key is made of; short and stable
	Hash uint64
}

// Lookups lists the keys of a record, about a dozen. Unlike the keys of a sweep they must be narrow as they
// are, since nothing is known of how many others share them: each but an address or a number joins two facts. A typo
// in any one field leaves keys of others; names go in order of sound, so that swapped ones meet.
func (m *Matcher) Lookups(p *Prepared) []Lookup {
	l := &lookups{engine: m.engine, entry: &p.entry}
	l.alone()
	if m.engine.model.Person {
		l.person()
	} else {
		l.firm()
	}
	slices.SortFunc(l.out, func(a, b Lookup) int {
		if c := strings.Compare(a.Kind, b.Kind); c != 0 {
			return c
		}
		return int(a.Hash>>1) - int(b.Hash>>1)
	})
	return slices.Compact(l.out)
}

type lookups struct {
	*engine
	entry *entry
	out   []Lookup
}

func (l *lookups) add(kind string, parts ...string) {
	if !slices.Contains(parts, "") {
		l.out = append(l.out, Lookup{kind, uint64(keyOf(kind, parts...))})
	}
}

// each calls f for every value of the fields of a kind.
func (l *lookups) each(k Kind, f func(v *value)) {
	for c := range l.model.Fields {
		if l.model.Fields[c].Kind != k || !l.entry.values[c].known() {
			continue
		}
		v := &l.entry.values[c]
		f(v)
		for i := range v.more {
			f(&v.more[i])
		}
	}
}

// alone adds the keys that are narrow by themselves.
func (l *lookups) alone() {
	l.each(Email, func(v *value) {
		if !v.flag {
			l.add("email", v.tight)
		}
		if len(v.alt) > 6 {
			l.add("local", v.alt)
		}
	})
	l.each(Phone, func(v *value) { l.add("phone", v.alt2) })
	l.each(Profile, func(v *value) { l.add("profile", v.tight) })
	for c := range l.model.Fields {
		if t := &l.model.Fields[c]; t.Kind == ID && l.entry.values[c].known() {
			l.add("id", t.Name, l.entry.values[c].tight)
		}
	}
}

func (l *lookups) person() {
	given, family := l.first(Given), l.first(Surname)
	exact := []string{given.tight, family.tight}
	slices.Sort(exact)
	l.add("name", exact...)
	firm := l.first(Organisation)
	l.add("family+firm", family.alt2, head(firm.tight, 6))
	l.add("given+firm", given.alt2, head(firm.tight, 6))
	l.each(Email, func(v *value) {
		if !freemail(v.alt2) {
			l.add("given+host", given.alt2, v.alt2)
			l.add("family+host", family.alt2, v.alt2)
		}
	})
	l.each(Date, func(v *value) { l.add("family+date", head(family.tight, 2), v.tight) })
	l.byName(given.alt2, family.alt2)
	for n, root := range l.names.roots[given.alt] { // Dan and Daniel meet at Daniel
		if s := similar.Sound(root); n < 2 && s != given.alt2 {
			l.byName(s, family.alt2)
		}
	}
}

// byName joins how a name sounds, in whichever order it was written, to a second fact.
func (l *lookups) byName(given, family string) {
	if given == "" || family == "" {
		return
	}
	both := min(given, family) + " " + max(given, family)
	l.add("name+firm", both, head(l.first(Organisation).tight, 4))
	l.add("name+town", both, l.first(Locality).alt2)
	l.add("name+code", both, l.first(Postcode).tight)
	l.each(Date, func(v *value) { l.add("name+year", both, v.tight[:4]) })
}

func (l *lookups) firm() {
	name, town := l.first(Organisation), l.first(Locality)
	code := l.first(Postcode).tight
	l.add("name", name.tight)
	ws := slices.Clone(name.words)
	slices.SortStableFunc(ws, func(a, b word) int {
		if a.weight != b.weight {
			return int(1000 * (b.weight - a.weight))
		}
		return strings.Compare(a.text, b.text)
	})
	for i, w := range ws[:min(2, len(ws))] {
		s := similar.Sound(w.text)
		l.add("word+town", s, town.alt2)
		l.add("word+code", s, code)
		if i == 1 {
			two := []string{s, similar.Sound(ws[0].text)}
			slices.Sort(two)
			l.add("words", two...)
		}
	}
	l.each(Street, func(v *value) {
		l.add("street", v.alt2, head(v.alt, 5), head(code+town.alt2, 5))
	})
	l.each(Website, func(v *value) { l.add("host", v.tight) })
	l.each(Email, func(v *value) {
		if !freemail(v.alt2) {
			l.add("host", v.alt2)
		}
	})
}

// first is the value of the first field of a kind; one that says nothing if there is none.
func (l *lookups) first(k Kind) *value {
	for c := range l.model.Fields {
		if l.model.Fields[c].Kind == k {
			return &l.entry.values[c]
		}
	}
	return &value{}
}

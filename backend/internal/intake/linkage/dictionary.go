package linkage

import "math"

// study counts how often values and words occur, and weighs the words of every entry by their rarity.
func (m *Model) study(es []entry) {
	m.Records = len(es)
	for c := range m.Fields {
		t := &m.Fields[c]
		if specOf(t.Kind).common {
			t.Shares = shares(es, c)
		} else {
			t.Shares = sharedBy(es, c, m.nameField())
		}
		if t.Kind.wordy() {
			t.Words = wordShares(es, c)
		}
	}
	for i := range es {
		m.weigh(&es[i])
	}
}

// wordy kinds are compared word by word.
func (k Kind) wordy() bool { return k == Organisation || k == Street || k == Label || k == Text }

// nameField is the field by which holders of one value are told apart: -1 if there is none.
func (m *Model) nameField() int {
	for _, k := range []Kind{Surname, Organisation, Given, Label} {
		for c := range m.Fields {
			if m.Fields[c].Kind == k {
				return c
			}
		}
	}
	return -1
}

func shares(es []entry, c int) map[uint64]float64 {
	count, known := map[uint64]int{}, 0
	for i := range es {
		if v := &es[i].values[c]; v.known() {
			count[v.hash]++
			known++
		}
	}
	out := map[uint64]float64{}
	for h, n := range count {
		if n > 1 {
			out[h] = float64(n) / float64(known)
		}
	}
	return out
}

// sharedBy finds values of three or more holders with different names, such as a switchboard: agreement on them is no
// identity. A value that one holder's records repeat is none of them.
func sharedBy(es []entry, c, name int) map[uint64]float64 {
	type holders struct {
		n     int
		names map[string]bool
	}
	by := map[uint64]*holders{}
	known := 0
	take := func(v *value, who string) {
		h := by[v.hash]
		if h == nil {
			h = &holders{names: map[string]bool{}}
			by[v.hash] = h
		}
		h.n++
		if len(h.names) < 8 {
			h.names[who] = true
		}
	}
	for i := range es {
		v := &es[i].values[c]
		if !v.known() {
			continue
		}
		known++
		who := ""
		if name >= 0 && es[i].values[name].known() {
			n := &es[i].values[name]
			if who = n.alt2; who == "" {
				who = n.tight[:min(4, len(n.tight))]
			}
		}
		take(v, who)
		for j := range v.more {
			take(&v.more[j], who)
		}
	}
	out := map[uint64]float64{}
	for h, x := range by {
		if len(x.names) > 3 {
			out[h] = float64(x.n) / float64(known)
		}
	}
	return out
}

func wordShares(es []entry, c int) map[uint64]float64 {
	count, known := map[uint64]int{}, 0
	for i := range es {
		if !es[i].values[c].known() {
			continue
		}
		known++
		for _, w := range es[i].values[c].words {
			count[hashOf(w.text)]++
		}
	}
	out := map[uint64]float64{}
	for h, n := range count {
		if n > 2 {
			out[h] = float64(n) / float64(known)
		}
	}
	return out
}

// weigh gives the words of an entry their weights: rare ones tell more.
func (m *Model) weigh(e *entry) {
	for c := range m.Fields {
		if t := &m.Fields[c]; t.Kind.wordy() {
			m.weighValue(t, &e.values[c])
			for i := range e.values[c].more {
				m.weighValue(t, &e.values[c].more[i])
			}
		}
	}
}

func (m *Model) weighValue(t *Terms, v *value) {
	for i := range v.words {
		w := &v.words[i]
		share := max(t.Words[hashOf(w.text)], 2/float64(m.Records+20))
		switch {
		case t.Kind == Organisation && generic(w.text):
			share = max(share, .05)
		case t.Kind == Street && streetType(w.text):
			share = max(share, .6)
		}
		w.weight = float32(math.Log(1 + 1/share))
	}
	if t.Kind == Text {
		sortWords(v.words)
	}
}

// generic words name the trade and not the firm.
func generic(w string) bool {
	switch w {
	case "restaurant", "cafe", "coffee", "bar", "grill", "hotel", "inn", "house", "kitchen", "pizza", "deli", "bakery", "club", "shop", "store", "market", "center",
		"school", "academy", "university", "college", "institute", "hospital", "clinic", "medical", "dental", "pharmacy", "church", "company", "group", "service",
		"solution", "system", "tech", "international", "national", "global", "american", "america", "usa", "india", "consulting", "partner", "partners", "holding",
		"industry", "enterprise", "association", "foundation", "community", "management", "marketing", "media", "digital", "software", "data", "engineering",
		"construction", "manufacturing", "trading", "supply", "product", "distributor", "bank", "insurance", "financial", "law", "office", "studio", "design",
		"salon", "spa", "gym", "auto", "motors", "travel", "agency", "energy", "new", "city", "north", "south", "east", "west", "first", "saint":
		return true
	}
	return false
}

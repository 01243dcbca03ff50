package linkage

import "math"

// relation is a way in which two different entities come to agree that is no chance: neighbours in one building,
// branches of one chain, a household, colleagues. Pairs of each are counted like matches are, and what such a pair has
// in common for that reason is not held to be proof.
type relation struct {
	name   string
	shares []Kind
}

// owners: one person's two firms share a telephone and a word of the name.
const owners = "one owner"

// branches share a name and a site; which of them a record means, only an address or a telephone tells.
const (
	branches       = "branches of one name"
	branchesInTown = "branches in one town"
)

// namesakes share what people make of a name, too: the part of an e-mail address before the @.
const namesakes = "namesakes"

// relationsOf lists what to expect among people or organisations.
func relationsOf(person bool) []relation {
	town := []Kind{Locality, Postcode, State, Country}
	site := append([]Kind{Street}, town...)
	with := func(a []Kind, b ...Kind) []Kind { return append(append([]Kind{}, a...), b...) }
	if person {
		return []relation{
			{"one household", with(site, Surname, Phone)},
			{"colleagues", with(site, Organisation, Website, Email, Phone)},
			{"a family's firm", with(site, Organisation, Website, Email, Phone, Surname)},
			{namesakes, []Kind{Given, Surname, Email}},
			{"one building", site},
		}
	}
	return []relation{
		{"neighbours in one building", site},
		{branches, []Kind{Organisation, Website, Email}},
		{branchesInTown, with(town, Organisation, Website, Email)},
		{owners, []Kind{Phone, Website, Email, Organisation}},
	}
}

// related is a relation as the model knows it.
type related struct {
	Name   string  `json:"name"`
	Fields []int   `json:"fields"`
	Share  float64 `json:"share"` // of all pairs
}

func (m *Model) layRelations(person bool) {
	for _, r := range relationsOf(person) {
		x := related{Name: r.name}
		own := false // has something that not all others of the list have by chance
		for c := range m.Fields {
			for _, k := range r.shares {
				if m.Fields[c].Kind == k {
					x.Fields = append(x.Fields, c)
					own = own || k != Locality && k != Postcode && k != State && k != Country
				}
			}
		}
		if own && len(x.Fields) < len(m.Fields) {
			m.Relations = append(m.Relations, x)
		}
	}
}

// own is the share of a relation's pairs at a level, where it is another than among matches: colleagues share a host and
// not an address, one owner's firms a word of the name. ok is false where nothing special is known.
func (r *related) own(k Kind, l uint8) (share float64, ok bool) {
	var shares []float64
	switch {
	case k == Email && r.Name == namesakes:
		shares = []float64{0, 0, .3, 0, 0, 0}
	case k == Email:
		shares = []float64{0, 0, 0, .1, .85, 0}
	case k == Organisation && r.Name == owners:
		shares = []float64{0, 0, .02, .15, .15, .5, 0}
	default:
		return 0, false
	}
	return shares[l-1], true
}

// discount is how many bits of the evidence relations explain: each[c] are the bits of each field.
func (m *Model) discount(ls *levels, each *[maxFields]float64) float64 {
	sum := 1.0
	for i := range m.Relations {
		r := &m.Relations[i]
		if r.branches() && m.nothingTellsBranches(ls) {
			continue
		}
		sum += r.Share / (1 - m.Prior) * math.Exp2(m.inCommon(r, ls, each))
	}
	return math.Log2(sum)
}

// inCommon is the bits of the fields that a relation explains.
func (m *Model) inCommon(r *related, ls *levels, each *[maxFields]float64) (bits float64) {
	for _, c := range r.Fields {
		l := ls[c]
		if l == 0 {
			continue
		}
		k := m.Fields[c].Kind
		if share, ok := r.own(k, l); !ok {
			bits += each[c]
		} else if share > 0 {
			bits += clampBits(k, math.Log2(share/m.Fields[c].U[m.row(c, ls)][l-1]))
		}
	}
	return bits
}

// likeliest names the relation that explains most of what a pair has in common.
func (m *Model) likeliest(ls *levels, each *[maxFields]float64) (name string) {
	best := math.Inf(-1)
	for i := range m.Relations {
		r := &m.Relations[i]
		if r.branches() && m.nothingTellsBranches(ls) {
			continue
		}
		if b := math.Log2(r.Share) + m.inCommon(r, ls, each); b > best {
			best, name = b, r.Name
		}
	}
	return name
}

func (r *related) branches() bool { return r.Name == branches || r.Name == branchesInTown }

// nothingTellsBranches: a name and a site, and no address or telephone on one of the two: then it is the firm that is
// meant, and a firm with its own site is one.
func (m *Model) nothingTellsBranches(ls *levels) bool {
	if m.Person {
		return false
	}
	site := false
	for c := range m.Fields {
		switch m.Fields[c].Kind {
		case Street, Phone:
			if ls[c] > 0 {
				return false
			}
		case Website:
			site = site || ls[c] == 1
		default:
		}
	}
	return site
}

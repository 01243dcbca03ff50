package linkage

import "math"

// entry is a record ready to be compared.
type entry struct {
	values []value
	file   uint8 // 0, or 1 for the second of two files
}

// engine compares entries under one model.
type engine struct {
	*parser
	model          *Model
	given, surname int // places of the fields of a person's name; -1 if there are none
	organisation   int
}

func newEngine(p *parser, m *Model) *engine {
	e := &engine{parser: p, model: m, given: -1, surname: -1, organisation: -1}
	for i := range m.Fields {
		switch k := m.Fields[i].Kind; {
		case k == Given && e.given < 0:
			e.given = i
		case k == Surname && e.surname < 0:
			e.surname = i
		case k == Organisation && e.organisation < 0:
			e.organisation = i
		}
	}
	return e
}

func (p *parser) entry(fields []Field, r Record, file uint8) entry {
	e := entry{values: make([]value, min(len(fields), maxFields)), file: file}
	for i := range e.values {
		if i < len(r.Values) {
			e.values[i] = p.parse(fields[i].Kind, r.Values[i])
		}
	}
	return e
}

// compare fills in the levels of a pair.
func (e *engine) compare(a, b *entry, out *levels) {
	swapped := false
	if e.given >= 0 && e.surname >= 0 {
		swapped = swappedNames(&a.values[e.given], &a.values[e.surname], &b.values[e.given], &b.values[e.surname])
	}
	for c := range e.model.Fields {
		out[c] = e.level(e.model.Fields[c].Kind, &a.values[c], &b.values[c], swapped)
	}
}

func (e *engine) level(k Kind, a, b *value, swapped bool) uint8 {
	switch k {
	case Given:
		return e.compareGiven(a, b, swapped)
	case Surname:
		return compareSurname(a, b, swapped)
	case Organisation:
		return compareOrganisation(a, b)
	case Street:
		return compareStreet(a, b)
	case Locality:
		return compareLocality(a, b)
	case Postcode:
		return comparePostcode(a, b)
	case State:
		return compareState(a, b)
	case Date:
		return compareDate(a, b)
	case Phone:
		return comparePhone(a, b)
	case Email:
		return compareEmail(a, b)
	case Website:
		return compareWebsite(a, b)
	case ID:
		return compareID(a, b)
	case Number:
		return compareNumber(a, b)
	case Category:
		return compareCategory(a, b)
	case Text:
		return compareText(a, b)
	case Label:
		return compareLabel(a, b)
	default:
		return compareSame(a, b)
	}
}

// evidence is what all fields together say, in bits, without the prior and less what relations explain. each gets the
// bits of each field.
func (e *engine) evidence(a, b *entry, ls *levels, each *[maxFields]float64) float64 {
	sum := 0.0
	for c := range e.model.Fields {
		if l := ls[c]; l > 0 {
			each[c] = e.fieldBits(c, l, ls, &a.values[c], &b.values[c])
			sum += each[c]
		}
	}
	sum -= e.model.discount(ls, each)
	if e.branch(ls) {
		return min(sum, branchBits)
	}
	return sum
}

// branchBits is the most that is thought of an organisation at two addresses with nothing to tie them.
const branchBits = -4

// branch reports whether two organisations have addresses that differ and nothing that one organisation owns in common:
// then the same name means a branch, or chance, and a like one next door a neighbour.
func (e *engine) branch(ls *levels) bool {
	if e.model.Person || e.organisation < 0 {
		return false
	}
	apart := false
	for c := range e.model.Fields {
		l := ls[c]
		switch e.model.Fields[c].Kind {
		case Street:
			nextDoor := l == 5 && ls[e.organisation] > 4
			if l > 0 && l < 8 && !nextDoor {
				return false
			}
			apart = apart || l >= 8 || nextDoor
		case Phone:
			if l > 0 && l < 4 {
				return false
			}
		case Website, ID, Profile:
			if l == 1 {
				return false
			}
		case Email:
			if l > 0 && l < 5 {
				return false
			}
		default:
		}
	}
	return apart
}

func (e *engine) fieldBits(c int, l uint8, ls *levels, a, b *value) float64 {
	m := e.model
	t := &m.Fields[c]
	row := m.row(c, ls)
	sp := specOf(t.Kind)
	if l != sp.exact {
		return m.bits(c, row, l)
	}
	u := t.U[row][l-1]
	share := max(t.Shares[a.hash], t.Shares[b.hash])
	switch {
	case row == 1:
		u = max(u, share)
	case sp.common:
		switch {
		case share == 0 && len(t.Shares) == 0:
			share = u
		case share == 0:
			share = 1.5 / float64(m.Records+1)
		}
		u = max(share, u/64, sp.levels[0].least)
	default:
		u = max(u, share)
	}
	return clampBits(t.Kind, math.Log2(t.M[row][l-1]/u))
}

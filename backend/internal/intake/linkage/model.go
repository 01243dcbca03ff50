package linkage

import (
	"math"
)

// maxFields is how many fields are compared; further ones are left out.
const maxFields = 32

// levels are the levels of agreement of one pair, field by field.
type levels [maxFields]uint8

// Model is what was learned from one set of records: how to weigh each level of each field. It is stored as JSON and
// applied to single pairs later; it holds no values, only hashes of frequent ones.
type Model struct {
	Version int     `json:"version"`
	Person  bool    `json:"person"`  // people are compared, not organisations
	Records int     `json:"records"` // that it was learned from
	Prior   float64 `json:"prior"`   // share of all pairs that are matches
	Fields  []Terms `json:"fields"`

	Relations []related `json:"relations,omitempty"`
}

// Terms is the part of a model about one field.
type Terms struct {
	Field
	Parents []int              `json:"parents,omitempty"` // fields whose agreement makes this one's likely anyway
	M       [2][]float64       `json:"m"`                 // by level; second row: a parent agrees
	U       [2][]float64       `json:"u"`
	Shares  map[uint64]float64 `json:"shares,omitempty"` // of frequent values: by hash, share of records that have it
	Words   map[uint64]float64 `json:"words,omitempty"`  // of frequent words: by hash, share of records that have it
}

// modelVersion is raised when stored models can no longer be applied.
const modelVersion = 1

// parentsOf lists which kinds' agreement explains that of k: in one building town and code agree, and colleagues share
// a host. Without this, one fact would count several times.
func parentsOf(k Kind, person bool) []Kind {
	var work []Kind
	if person {
		work = []Kind{Organisation}
	}
	switch k {
	case Street, Phone:
		return work
	case Locality:
		return append(work, Street)
	case Postcode:
		return append(work, Street, Locality)
	case State:
		return append(work, Street, Locality, Postcode)
	case Country:
		return append(work, Street, Locality, Postcode, State)
	case Email:
		return work
	case Website:
		return []Kind{Organisation, Email}
	default:
		return nil
	}
}

// explained is the believable share of chance pairs that agree exactly when a parent does.
func explained(k Kind) float64 {
	switch k {
	case Street:
		return .3
	case Phone:
		return .05
	case Email:
		return 5e-5
	case Locality:
		return .9
	case Postcode:
		return .85
	case State:
		return .97
	case Country:
		return .99
	case Website:
		return .1
	default:
		return .5
	}
}

// agrees reports whether a level of a parent is agreement enough to explain others.
func agrees(k Kind, l uint8) bool {
	switch k {
	case Street:
		return l == 1 || l == 2 || l == 6
	case Locality:
		return l == 1 || l == 2
	case Organisation:
		return l >= 1 && l <= 3
	case Email:
		return l == 1 || l == 4 || l == 5
	default:
		return l == 1
	}
}

// row is 1 when some parent of field c agrees.
func (m *Model) row(c int, ls *levels) int {
	if m.Fields[c].Kind == Website && m.nothingTellsBranches(ls) {
		return 0
	}
	for _, p := range m.Fields[c].Parents {
		if agrees(m.Fields[p].Kind, ls[p]) {
			return 1
		}
	}
	return 0
}

// bits is what level l of field c says for (or against) a match, before the frequency of its value is looked at.
func (m *Model) bits(c, row int, l uint8) float64 {
	if l == 0 {
		return 0
	}
	t := &m.Fields[c]
	return clampBits(t.Kind, math.Log2(t.M[row][l-1]/t.U[row][l-1]))
}

// mostAgainst is the most bits that one field may speak against a match: no single field is beyond doubt.
const mostAgainst = -9

func clampBits(k Kind, b float64) float64 { return max(mostAgainst, min(specOf(k).cap, b)) }

// priorBits is the log-odds of any two records.
func (m *Model) priorBits() float64 { return math.Log2(m.Prior / (1 - m.Prior)) }

// newModel lays out the fields with what is believed before data are seen.
func newModel(fields []Field, person bool) *Model {
	m := &Model{Version: modelVersion, Prior: 1e-5, Person: person}
	for _, f := range fields[:min(len(fields), maxFields)] {
		t := Terms{Field: f, Shares: map[uint64]float64{}, Words: map[uint64]float64{}}
		sp := specOf(f.Kind)
		for row := range 2 {
			t.M[row] = make([]float64, len(sp.levels))
			t.U[row] = make([]float64, len(sp.levels))
			for i, l := range sp.levels {
				t.M[row][i] = l.m
			}
			t.U[row] = believedU(f.Kind, row)
		}
		m.Fields = append(m.Fields, t)
	}
	for i := range m.Fields {
		for _, k := range parentsOf(m.Fields[i].Kind, person) {
			for j := range m.Fields {
				if m.Fields[j].Kind == k && j != i {
					m.Fields[i].Parents = append(m.Fields[i].Parents, j)
				}
			}
		}
	}
	m.layRelations(person)
	return m
}

// believedU is the shares of chance pairs before data are seen.
func believedU(k Kind, row int) []float64 {
	sp := specOf(k)
	u := make([]float64, len(sp.levels))
	sum := 0.0
	for i, l := range sp.levels[:len(sp.levels)-1] {
		u[i] = l.least * 3
		if i == 0 && sp.usual > 0 {
			u[i] = sp.usual
		}
		if row == 1 && i == 0 {
			u[i] = explained(k)
		}
		if row == 1 && k == Email && i == 4 { // colleagues at one host
			u[i] = .8
		}
		sum += u[i]
	}
	u[len(u)-1] = max(1-sum, .005)
	return u
}

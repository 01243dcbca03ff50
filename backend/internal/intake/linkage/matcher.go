package linkage

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
)

// Outcome is what is done with a pair.
type Outcome string

// The outcomes.
const (
	Same      Outcome = "same"      // merged without asking
	Unsure    Outcome = "unsure"    // shown to a person
	Different Outcome = "different" // left alone
)

// Thresholds on the probability that two records are one, in bits of log-odds.
const (
	autoBits   = 6.6 // 99 %
	reviewBits = 0.0 // 50 %
)

// Matcher applies a model to pairs. It is safe for concurrent use.
type Matcher struct {
	engine *engine
	fields []Field
}

// Prepared is a record whose values were brought into the form that is compared. Preparing costs more than comparing:
// do it once.
type Prepared struct{ entry entry }

// Match is what is thought of a pair, and why.
type Match struct {
	Outcome     Outcome    `json:"outcome"`
	Probability float64    `json:"probability"` // that the two are one
	Bits        float64    `json:"bits"`        // log-odds of that, base two
	Prior       float64    `json:"prior"`       // bits before anything is compared
	Fields      []Evidence `json:"fields"`      // what each field says, the most telling first
	Relation    string     `json:"relation,omitempty"`
	Discount    float64    `json:"discount,omitempty"` // bits that the relation explains without the two being one
	Held        bool       `json:"held,omitempty"`     // the names differ so much that a person must judge
}

// Evidence is what one field says: bits above zero speak for a match, below zero against it.
type Evidence struct {
	Field string  `json:"field"`
	Kind  string  `json:"kind"`
	Level int     `json:"level"`
	Label string  `json:"label"` // the level in words
	Bits  float64 `json:"bits"`
}

// NewMatcher makes a matcher of a model, which Learn, Believe or Load give.
func NewMatcher(m *Model) *Matcher {
	fields := make([]Field, len(m.Fields))
	for i := range m.Fields {
		fields[i] = m.Fields[i].Field
	}
	return &Matcher{engine: newEngine(newParser(), m), fields: fields}
}

// Believe is the model before any data are seen: for a workspace with a handful of leads.
func Believe(fields []Field, records int) *Model {
	m := newModel(fields, anyPerson(fields))
	m.Records = records
	total := max(float64(records)*float64(records-1)/2, 1)
	m.Prior = clampPrior(.15*float64(records)/total, total)
	for i := range m.Relations {
		m.Relations[i].Share = clampPrior(.05*float64(records)/total, total)
	}
	return m
}

// Learn estimates a model from records: all of a workspace, or a random part of them.
func Learn(fields []Field, records []Record) *Model {
	s := newSet(fields, records, nil)
	s.learnOnly()
	return s.model
}

// Load reads a stored model.
func Load(data []byte) (*Model, error) {
	var m Model
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("read linkage model: %w", err)
	}
	if m.Version != modelVersion {
		return nil, fmt.Errorf("read linkage model: it is of version %d, this program reads %d", m.Version, modelVersion)
	}
	for i := range m.Fields {
		t := &m.Fields[i]
		if int(t.Kind) >= len(specs) || t.Kind == 0 {
			return nil, fmt.Errorf("read linkage model: field %q is of no known kind", t.Name)
		}
		for row := range 2 {
			if n := len(specOf(t.Kind).levels); len(t.M[row]) != n || len(t.U[row]) != n {
				return nil, fmt.Errorf("read linkage model: field %q has not %d levels", t.Name, n)
			}
		}
	}
	return &m, nil
}

func anyPerson(fields []Field) bool {
	return slices.ContainsFunc(fields, func(f Field) bool { return f.Kind == Given || f.Kind == Surname })
}

// Prepare brings a record into the form that is compared. Its values stand in the order of the model's fields.
func (m *Matcher) Prepare(r Record) *Prepared {
	p := &Prepared{entry: m.engine.entry(m.fields, r, 0)}
	m.engine.model.weigh(&p.entry)
	return p
}

// Score is the log-odds, in bits, that two records are one, and whether a person must judge whatever it says. It
// allocates nothing.
func (m *Matcher) Score(a, b *Prepared) (bits float64, held bool) {
	var ls levels
	var each [maxFields]float64
	m.engine.compare(&a.entry, &b.entry, &ls)
	return m.engine.model.priorBits() + m.engine.evidence(&a.entry, &b.entry, &ls, &each), m.engine.veto(&ls)
}

// OutcomeOf tells what a score leads to.
func OutcomeOf(bits float64, held bool) Outcome {
	switch {
	case bits >= autoBits && !held:
		return Same
	case bits >= reviewBits:
		return Unsure
	}
	return Different
}

// Match scores a pair and says why.
func (m *Matcher) Match(a, b *Prepared) Match {
	e := m.engine
	var ls levels
	var each [maxFields]float64
	e.compare(&a.entry, &b.entry, &ls)
	out := Match{Prior: e.model.priorBits(), Held: e.veto(&ls)}
	out.Bits = out.Prior + e.evidence(&a.entry, &b.entry, &ls, &each)
	out.Probability = probability(out.Bits)
	out.Outcome = OutcomeOf(out.Bits, out.Held)
	for c := range e.model.Fields {
		if l := ls[c]; l > 0 {
			t := &e.model.Fields[c]
			out.Fields = append(out.Fields, Evidence{Field: t.Name, Kind: t.Kind.String(), Level: int(l), Label: specOf(t.Kind).levels[l-1].label, Bits: each[c]})
		}
	}
	slices.SortStableFunc(out.Fields, func(x, y Evidence) int {
		switch {
		case math.Abs(x.Bits) > math.Abs(y.Bits):
			return -1
		case math.Abs(x.Bits) < math.Abs(y.Bits):
			return 1
		}
		return 0
	})
	if d := e.model.discount(&ls, &each); d > 0.5 {
		out.Discount, out.Relation = d, e.model.likeliest(&ls, &each)
	}
	return out
}

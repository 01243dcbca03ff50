package evalset

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake/normalise"
)

// Figure is how well values were read.
type Figure struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	N         int     `json:"n"` // scored documents
}

// Connector is the measurement of one folder.
type Connector struct {
	Figure
	Values   int               `json:"values"` // expected values in all scored documents
	Fields   map[string]Figure `json:"fields"` // n: expected values
	Unscored []string          `json:"unscored"`

	tallies map[string]*fieldCount
	faults  []string
}

// Report is one measurement, by folder.
type Report map[string]*Connector

// Run reads every case and compares.
func Run(cases []Case) (Report, error) {
	report := Report{}
	eq := equality{countries: normalise.NewCountries()}
	for _, c := range cases {
		source, read := readerOf(c.Connector)
		con := report[c.Connector]
		if con == nil {
			con = &Connector{Fields: map[string]Figure{}, Unscored: []string{}, tallies: map[string]*fieldCount{}}
			report[c.Connector] = con
		}
		if read == nil {
			if c.Answer != nil {
				return nil, fault.Newf(fault.Invalid, "connector_unknown", "No connector reads the pages of the folder %q. Folders are named after connectors: indiamart, google_places, website, linkedin, feeds, generic.", c.Connector)
			}
			con.Unscored = append(con.Unscored, c.Path)
			continue
		}
		reading := read(c.Document, c.Beside)
		if c.Answer == nil {
			con.Unscored = append(con.Unscored, c.Path)
			continue
		}
		con.take(c.Path, compare(eq, c.Answer, reading, source))
	}
	for _, con := range report {
		con.sum()
	}
	return report, nil
}

func compare(eq equality, a *Answer, reading page.Reading, source string) *tally {
	var got []Lead
	for _, f := range reading.Finds {
		got = append(got, leadOf(f, source))
	}
	if a.Facts != nil {
		return scoreFacts(eq, a.Facts, got)
	}
	return scoreLeads(eq, a.Leads, got)
}

func (c *Connector) take(path string, t *tally) {
	c.N++
	for field, n := range t.fields {
		have := c.tallies[field]
		if have == nil {
			have = &fieldCount{}
			c.tallies[field] = have
		}
		have.expected += n.expected
		have.recalled += n.recalled
		have.found += n.found
		have.right += n.right
	}
	for _, f := range t.faults {
		c.faults = append(c.faults, path+": "+f)
	}
}

func (c *Connector) sum() {
	var all fieldCount
	for field, n := range c.tallies {
		c.Fields[field] = n.figure()
		all.expected += n.expected
		all.recalled += n.recalled
		all.found += n.found
		all.right += n.right
	}
	n := c.N
	c.Figure, c.Values = all.figure(), all.expected
	c.N = n
}

// figure: where nothing was found nothing was wrong; where nothing was to be found nothing was missed.
func (n fieldCount) figure() Figure {
	f := Figure{Precision: 1, Recall: 1, N: n.expected}
	if n.found > 0 {
		f.Precision = float64(n.right) / float64(n.found)
	}
	if n.expected > 0 {
		f.Recall = float64(n.recalled) / float64(n.expected)
	}
	return f
}

// Text is the report for people; with details every fault is listed.
func (r Report) Text(details bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-16s %9s %9s %6s %7s\n", "connector", "precision", "recall", "pages", "values")
	names := make([]string, 0, len(r))
	for n := range r {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		c := r[n]
		if c.N == 0 {
			fmt.Fprintf(&b, "%-16s %9s %9s %6d %7d\n", n, "-", "-", 0, 0)
			continue
		}
		fmt.Fprintf(&b, "%-16s %9.3f %9.3f %6d %7d\n", n, c.Precision, c.Recall, c.N, c.Values)
	}
	for _, n := range names {
		r[n].text(&b, n, details)
	}
	return b.String()
}

func (c *Connector) text(b *strings.Builder, name string, details bool) {
	if details && len(c.Fields) > 0 {
		fields := make([]string, 0, len(c.Fields))
		for f := range c.Fields {
			fields = append(fields, f)
		}
		slices.Sort(fields)
		for _, f := range fields {
			fmt.Fprintf(b, "\n%s %-24s %9.3f %9.3f %6d", name, f, c.Fields[f].Precision, c.Fields[f].Recall, c.Fields[f].N)
		}
		b.WriteByte('\n')
		for _, f := range c.faults {
			fmt.Fprintf(b, "  %s\n", f)
		}
	}
	if len(c.Unscored) > 0 {
		fmt.Fprintf(b, "\n%s, unscored for want of an answer: %s\n", name, strings.Join(c.Unscored, ", "))
	}
}

// MarshalJSON writes {CONNECTOR: {precision, recall, n, …}}; folders without one scored page have null figures.
func (c *Connector) MarshalJSON() ([]byte, error) {
	type scored Connector
	if c.N > 0 {
		return json.Marshal((*scored)(c))
	}
	return json.Marshal(map[string]any{"precision": nil, "recall": nil, "n": 0, "unscored": c.Unscored})
}

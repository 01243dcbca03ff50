package intake

import (
	"slices"
	"strings"
	"time"

	"winnow/backend/internal/intake/mapping"
	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/intake/read"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

const (
	maxShort  = 500  // characters of a name, title, company …
	maxCustom = 4000 // characters of a field of the user's own
	maxKeys   = 100  // such fields in one lead
)

// shaper turns rows of one file into candidates. It is made once per file and used by one goroutine.
type shaper struct {
	mapping   mapping.Mapping
	columns   []string
	orders    []normalise.DateOrder
	region    string // default country of phones
	source    string // when no column names it
	tags      []string
	countries *normalise.Countries
	index     map[mapping.Field][]int
	defaults  map[string]string
	clear     bool // candidates say what their row leaves empty
}

// Reject is a row that cannot become a lead.
type Reject struct {
	Row                   int
	Column, Code, Message string
	text                  string
}

func newShaper(m mapping.Mapping, columns []string, orders []normalise.DateOrder, o Options, countries *normalise.Countries) *shaper {
	s := &shaper{
		mapping: m, columns: columns, orders: orders, region: strings.ToUpper(o.DefaultRegion), source: slug(o.Source), tags: o.Tags,
		countries: countries, index: map[mapping.Field][]int{}, defaults: normalDefaults(o.Defaults, countries), clear: o.ClearEmpty,
	}
	s.orders = ordersUnder(orders, o.DateOrder)
	for _, f := range mapping.Fields() {
		if idx := m.Of(f.Name); len(idx) > 0 {
			s.index[f.Name] = idx
		}
	}
	if s.source == "" {
		s.source = m.Source
	}
	if s.source == "" {
		s.source = "file"
	}
	return s
}

// ordersUnder lets the user's word decide where a column's own dates prove nothing.
func ordersUnder(orders []normalise.DateOrder, said string) []normalise.DateOrder {
	out := slices.Clone(orders)
	for i, o := range out {
		if o == normalise.OrderUnknown {
			out[i] = normalise.DateOrder(said)
		}
	}
	return out
}

// row makes a candidate, or says why it cannot.
func (s *shaper) row(r read.Row) (*Candidate, *Reject) {
	if r.Reject != nil {
		return nil, &Reject{Row: r.Number, Column: r.Reject.Column, Code: r.Reject.Code, Message: r.Reject.Message, text: rejectText(r)}
	}
	f := &filler{shaper: s, c: &Candidate{Row: r.Number}, cells: make([]string, len(r.Cells))}
	for _, p := range r.Problems {
		f.warn(p.Code, p.Column, p.Message)
	}
	custom := map[string]string{}
	f.c.Lead.Custom = db.NewJSON(custom)
	for i, cell := range r.Cells {
		text, removed := normalise.Text(normalise.Unquote(cell))
		if removed > 0 {
			f.warn("characters_removed", s.columns[i], "invisible or damaged characters were taken out")
		}
		f.cells[i] = text
	}
	f.who()
	f.reach()
	f.where()
	f.what()
	f.own()
	c := f.c
	c.Raw = rawMap(s.columns, f.cells)
	c.RawHash = hashRaw(s.columns, f.cells)
	c.cells = r.Cells
	if p := nobody(&c.Lead); p != nil {
		rej := &Reject{Row: r.Number, Code: p.Code, Message: p.Message, text: rawText(c.cells)}
		if len(c.Warnings) > 0 {
			w := c.Warnings[0]
			rej.Column, rej.Code, rej.Message = w.Column, w.Code, w.Message+"; nothing else in the row tells who it is"
		}
		return nil, rej
	}
	if f.clear {
		c.Empty = f.empties()
	}
	f.fillDefaults() // a default alone makes nobody a lead, and is no word of the row
	return c, nil
}

func rejectText(r read.Row) string {
	if len(r.Cells) > 0 {
		return rawText(r.Cells)
	}
	return rawText([]string{r.Raw})
}

// nobody: a row without any of these is no lead.
func nobody(l *lead.Lead) *normalise.Problem {
	if l.Name == "" && l.Email == "" && l.Phone == "" && l.LinkedinURL == "" && l.Content == "" && l.Company == "" {
		return &normalise.Problem{Code: "lead_empty", Message: "nothing here tells who the lead is: no name, company, e-mail, phone, profile or text"}
	}
	return nil
}

func rawMap(columns, cells []string) map[string]string {
	m := make(map[string]string, len(cells))
	for i, c := range cells {
		if c != "" {
			m[columns[i]] = clip(c, maxCustom)
		}
	}
	return m
}

// clip cuts s to n characters.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// slug is the form of a source's name: "Organic Search" → "organic_search".
func slug(s string) string { return clip(strings.ReplaceAll(normalise.Fold(s), " ", "_"), 60) }

func dateText(t time.Time, dayOnly bool) string {
	if dayOnly {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}

package mapping

import (
	"sort"
	"strings"

	"winnow/backend/internal/fault"
)

// Column is one column of a file and what it is taken for.
type Column struct {
	Header     string   `json:"header"`
	Samples    []string `json:"samples"`
	Field      Field    `json:"field"` // empty: left out
	Confidence float64  `json:"confidence"`
	Reason     string   `json:"reason"`
	Date       bool     `json:"date"` // the values are dates

	rank int
}

// RejectPrefix begins the columns that a rejects report adds; they are left out when it is imported again.
const RejectPrefix = "winnow_"

// Mapping is what a file's columns are taken for.
type Mapping struct {
	Tool    string // of a recognised export, else empty
	Source  string // the source that ids belong to, else empty
	Holds   string // not empty: the file holds this and no leads
	Columns []Column
}

// Known reports whether the file is a tool's export of something else than leads, whatever its columns are taken for.
func (mp Mapping) Known() bool {
	headers := make([]string, len(mp.Columns))
	for i, c := range mp.Columns {
		headers[i] = c.Header
	}
	t, known := recognise(headers)
	return known && t.holds != ""
}

// Suggest maps columns by name and value. values holds, for each header, some of its values.
func (m *Mapper) Suggest(headers []string, values [][]string) Mapping {
	var out Mapping
	t, known := recognise(headers)
	if known {
		out.Tool, out.Source, out.Holds = t.name, t.source, t.holds
	}
	for i, h := range headers {
		var vals []string
		if i < len(values) {
			vals = values[i]
		}
		out.Columns = append(out.Columns, m.column(h, vals, t))
	}
	settle(out.Columns)
	if !known {
		m.longText(out.Columns, values)
	}
	datePosts(out.Columns)
	if out.Holds == "" {
		out.Holds = holdsNoLeads(out.Columns)
	}
	return out
}

func (m *Mapper) column(header string, values []string, t tool) Column {
	c := Column{Header: header, Samples: samples(values)}
	if strings.HasPrefix(strings.ToLower(header), RejectPrefix) {
		c.Confidence, c.Reason = 1, "written by a rejects report"
		return c
	}
	p := profileOf(values)
	base := header
	if i := strings.LastIndex(header, " ("); i > 0 && strings.HasSuffix(header, ")") { // "Name (2)"
		base = header[:i]
	}
	a, conf, reason := m.byHeader(base)
	if f, ok := t.fields[fold(base)]; ok {
		a, conf, reason = alias{f, 2}, 1, "known column of "+t.name
	}
	a, conf, reason = p.correct(a, conf, reason)
	c.Field, c.Confidence, c.Reason, c.rank = a.field, conf, reason, a.rank
	if reason == "" {
		c.Field, c.Confidence, c.Reason = Field(customPrefix+customKey(header)), 0.5, "no field of ours: kept under its own name"
	}
	c.Date = c.Field == PostedAt || c.Field == Created || dateHeader(base) && 2*p.dates >= p.filled && p.filled > 0
	return c
}

// longText takes a column of long texts for the posts, when no column is called so: a form's open question.
func (m *Mapper) longText(cols []Column, values [][]string) {
	best := -1
	for i, c := range cols {
		if c.Field == Content {
			return
		}
		if _, custom := c.Field.Custom(); !custom || i >= len(values) || aboutTheLead(c.Header) {
			continue
		}
		if p := profileOf(values[i]); most(p.long, p.filled) && best < 0 {
			best = i
		}
	}
	if best >= 0 {
		cols[best].Field, cols[best].Confidence, cols[best].Reason = Content, 0.6, "its values are long texts"
	}
}

// aboutTheLead: long texts that somebody else wrote about the lead are no words of theirs.
func aboutTheLead(header string) bool {
	for w := range strings.FieldsSeq(fold(header)) {
		switch w {
		case "summary", "about", "bio", "description", "keywords", "technologies", "address", "notes", "company", "label", "url", "links", "tags", "skills", "education":
			return true
		}
	}
	return false
}

// datePosts takes the date of a row with a post for the date of the post.
func datePosts(cols []Column) {
	post, date := false, -1
	for i, c := range cols {
		switch {
		case c.Field == Content:
			post = true
		case c.Field == PostedAt:
			return
		case date < 0 && c.Date && (c.Field == Created || c.Field == "custom.date" || c.Field == "custom.timestamp" || c.Field == "custom.time"):
			date = i
		}
	}
	if post && date >= 0 {
		cols[date].Field, cols[date].Reason = PostedAt, "the date of the row with the post"
	}
}

// correct lets values overrule a name that they contradict.
func (p profile) correct(a alias, conf float64, reason string) (alias, float64, string) {
	v, vconf, vreason := p.byValues()
	switch {
	case reason == "":
		return v, vconf, vreason
	case a.field == URL && v.field == LinkedIn:
		return alias{LinkedIn, 2}, 0.9, vreason
	case a.field == URL && most(p.companies, p.filled):
		return alias{}, 0, ""
	case a.field == LinkedIn && most(p.companies, p.filled):
		return alias{}, 0, ""
	case conf < 0.9 && a.field == Email && p.filled > 0 && p.emails == 0:
		return alias{}, 0, ""
	case (a.field == Name || a.field == Company || a.field == Note) && v.field == Email:
		return v, vconf, vreason
	}
	return a, conf, reason
}

func dateHeader(h string) bool {
	for w := range strings.FieldsSeq(fold(h)) {
		switch w {
		case "date", "created", "on", "at", "time", "modified", "updated", "datum", "fecha", "contacted", "timestamp", "birthday", "last":
			return true
		}
	}
	return false
}

// settle gives each field that one column may feed to the best of its claimants; the others are kept beside it.
func settle(cols []Column) {
	best := map[Field]int{}
	for i, c := range cols {
		if several(c.Field) || c.Field == Skip {
			continue
		}
		j, taken := best[c.Field]
		if !taken || c.better(cols[j]) {
			best[c.Field] = i
		}
	}
	for i := range cols {
		c := &cols[i]
		if j, ok := best[c.Field]; ok && j != i && !several(c.Field) {
			if _, custom := c.Field.Custom(); custom {
				continue // same custom key twice: values are collected
			}
			c.Field, c.Confidence = Field(customPrefix+customKey(c.Header)), 0.5
			c.Reason = "another column is the better " + string(cols[j].Field)
		}
	}
}

func (c Column) better(d Column) bool {
	if c.Confidence != d.Confidence {
		return c.Confidence > d.Confidence
	}
	return c.rank < d.rank
}

// holdsNoLeads says what a file without a way to tell people apart holds.
func holdsNoLeads(cols []Column) string {
	have := map[Field]bool{}
	for _, c := range cols {
		have[c.Field] = true
	}
	switch {
	case have[Name], have[FirstName], have[LastName], have[Email], have[Phone], have[LinkedIn], have[Content], have[CompanyPhone] && have[Company]:
		return ""
	case have[Company]:
		return "companies, not people"
	}
	return "no column that tells who a lead is (name, e-mail, phone, LinkedIn or a post)"
}

// Apply lets the user's mapping overrule the suggestion: headers that it does not name keep theirs.
func (mp Mapping) Apply(explicit map[string]*string) (Mapping, error) {
	if len(explicit) == 0 {
		return mp, nil
	}
	index := map[string]int{}
	for i, c := range mp.Columns {
		index[c.Header] = i
	}
	out := mp
	out.Columns = append([]Column(nil), mp.Columns...)
	var bad []fault.Field
	for h, f := range explicit {
		i, ok := index[h]
		if !ok {
			bad = append(bad, fault.Field{Name: "mapping." + h, Code: "unknown_column", Message: "the file has no column of this name"})
			continue
		}
		field := Skip
		if f != nil {
			field = Field(*f)
		}
		if !Known(field) {
			bad = append(bad, fault.Field{Name: "mapping." + h, Code: "unknown_field", Message: "no such field: use one of the listed fields, or custom.<name>"})
			continue
		}
		c := &out.Columns[i]
		if c.Field == field {
			continue // as suggested: its rank among the columns of the field stays
		}
		c.Field, c.Confidence, c.Reason, c.rank = field, 1, "chosen by you", 0
		c.Date = c.Date || field == PostedAt || field == Created
	}
	if len(bad) > 0 {
		sort.Slice(bad, func(i, j int) bool { return bad[i].Name < bad[j].Name })
		return mp, fault.InvalidFields("mapping_invalid", "the mapping does not fit the file", bad...)
	}
	settle(out.Columns)
	if !out.Known() && holdsNoLeads(out.Columns) == "" {
		out.Holds = ""
	}
	return out, nil
}

// Of lists the indices of the columns that feed a field, best first.
func (mp Mapping) Of(f Field) []int {
	var idx []int
	for i, c := range mp.Columns {
		if c.Field == f {
			idx = append(idx, i)
		}
	}
	sort.SliceStable(idx, func(a, b int) bool { return mp.Columns[idx[a]].rank < mp.Columns[idx[b]].rank })
	return idx
}

func samples(values []string) []string {
	out := []string{}
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" && len(out) < 3 {
			if r := []rune(v); len(r) > 120 {
				v = string(r[:120]) + "…"
			}
			out = append(out, v)
		}
	}
	return out
}

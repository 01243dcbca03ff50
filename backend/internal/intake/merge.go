package intake

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"winnow/backend/internal/lead"
)

// textField is a field of a lead that a source can know, as text.
type textField struct {
	name string
	at   func(*lead.Lead) *string
}

func textFields() []textField {
	return []textField{
		{"name", func(l *lead.Lead) *string { return &l.Name }},
		{"title", func(l *lead.Lead) *string { return &l.Title }},
		{"company", func(l *lead.Lead) *string { return &l.Company }},
		{"email", func(l *lead.Lead) *string { return &l.Email }},
		{"phone", func(l *lead.Lead) *string { return &l.Phone }},
		{"linkedin_url", func(l *lead.Lead) *string { return &l.LinkedinURL }},
		{"url", func(l *lead.Lead) *string { return &l.URL }},
		{"source", func(l *lead.Lead) *string { return &l.Source }},
		{"source_id", func(l *lead.Lead) *string { return &l.SourceID }},
		{"content", func(l *lead.Lead) *string { return &l.Content }},
		{"industry", func(l *lead.Lead) *string { return &l.Industry }},
		{"location", func(l *lead.Lead) *string { return &l.Location }},
		{"country", func(l *lead.Lead) *string { return &l.Country }},
		{"company_size", func(l *lead.Lead) *string { return &l.CompanySize }},
		{"language", func(l *lead.Lead) *string { return &l.Language }},
	}
}

// value is one value that a candidate gives for a field; Filled says that it now stands in the lead.
type value struct {
	field, text string
	filled      bool
}

// merge fills what is empty in l with what c knows; it never overwrites, and never with nothing. It tells every value
// that c has, for the provenance.
func merge(l *lead.Lead, c *Candidate, fields []textField) (values []value) {
	for _, f := range fields {
		have, give := f.at(l), *f.at(&c.Lead)
		if give == "" {
			continue
		}
		if f.name != "source" && f.name != "source_id" { // every provenance row names its source anyway
			values = append(values, value{f.name, give, *have == ""})
		}
		if *have == "" {
			*have = give
		}
	}
	if c.Lead.PostedAt != nil {
		values = append(values, value{"posted_at", c.Lead.PostedAt.Format(time.RFC3339), l.PostedAt == nil})
		if l.PostedAt == nil {
			l.PostedAt = c.Lead.PostedAt
		}
	}
	if c.Lead.ValueMicros != nil {
		values = append(values, value{"value", strconv.FormatFloat(float64(*c.Lead.ValueMicros)/1e6, 'f', -1, 64), l.ValueMicros == nil})
		if l.ValueMicros == nil {
			l.ValueMicros = c.Lead.ValueMicros
		}
	}
	values = mergeTags(l, c, values)
	return mergeCustom(l, c, values)
}

func mergeTags(l *lead.Lead, c *Candidate, values []value) []value {
	have := map[string]bool{}
	for _, t := range l.Tags.V {
		have[strings.ToLower(t)] = true
	}
	var added []string
	for _, t := range c.Lead.Tags.V {
		if !have[strings.ToLower(t)] {
			have[strings.ToLower(t)] = true
			added = append(added, t)
		}
	}
	if len(added) > 0 {
		l.Tags.V = append(slices.Clip(l.Tags.V), added...)
		values = append(values, value{"tags", strings.Join(added, ", "), true})
	}
	return values
}

// mergeCustom: also addresses that differ from the lead's own are kept beside it.
func mergeCustom(l *lead.Lead, c *Candidate, values []value) []value {
	give := c.Lead.Custom.V
	keys := make([]string, 0, len(give))
	for k := range give {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		_, have := l.Custom.V[k]
		full := !have && len(l.Custom.V) >= maxKeys
		if !have && !full {
			if l.Custom.V == nil {
				l.Custom.V = map[string]string{}
			}
			l.Custom.V[k] = give[k]
		}
		values = append(values, value{lead.CustomPrefix + k, give[k], !have && !full})
	}
	return values
}

// filled lists the fields that gained a value.
func filled(values []value) (fields []string) {
	for _, v := range values {
		if v.filled {
			fields = append(fields, v.field)
		}
	}
	return fields
}

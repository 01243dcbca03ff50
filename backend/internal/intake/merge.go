package intake

import (
	"maps"
	"slices"
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

// value is one value that a candidate gives for a field. Filled says that it now stands in the lead, before what stood
// there until then ("" for nothing).
type value struct {
	field, text string
	filled      bool
	before      string
}

// policy is how a known lead takes what a row says. The zero policy fills what is empty and overwrites nothing.
type policy struct {
	overwrite bool
	keep      func(field string) bool // fields that stay although overwrite; may be nil
}

// takes reports whether give goes in the place of have.
func (p policy) takes(field, have, give string) bool {
	switch {
	case have == "":
		return true
	case !p.overwrite || have == give || field == "source" || field == "source_id":
		return false
	}
	return p.keep == nil || !p.keep(field)
}

// merge gives l what c knows, as far as the policy lets it, and never overwrites with nothing but what c says is to be
// emptied. It tells every value that c has, for the provenance.
func merge(l *lead.Lead, c *Candidate, fields []textField, p policy) (values []value) {
	for _, f := range fields {
		have, give := f.at(l), *f.at(&c.Lead)
		if give == "" {
			continue
		}
		took := p.takes(f.name, *have, give)
		if f.name != "source" && f.name != "source_id" { // every provenance row names its source anyway
			values = append(values, value{f.name, give, took, *have})
		}
		if took {
			*have = give
		}
	}
	if c.Lead.PostedAt != nil {
		have, give := dateOf(l.PostedAt), dateOf(c.Lead.PostedAt)
		took := p.takes("posted_at", have, give)
		values = append(values, value{"posted_at", give, took, have})
		if took {
			l.PostedAt = c.Lead.PostedAt
		}
	}
	if c.Lead.ValueMicros != nil {
		have, give := amountOf(l.ValueMicros), amountOf(c.Lead.ValueMicros)
		took := p.takes("value", have, give)
		values = append(values, value{"value", give, took, have})
		if took {
			l.ValueMicros = c.Lead.ValueMicros
		}
	}
	values = mergeTags(l, c, values)
	values = mergeCustom(l, c, values, p)
	return clearFields(l, c, fields, values, p)
}

func dateOf(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func amountOf(micros *int64) string {
	if micros == nil {
		return ""
	}
	return strconv.FormatFloat(float64(*micros)/1e6, 'f', -1, 64)
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
		values = append(values, value{"tags", strings.Join(added, ", "), true, ""})
	}
	return values
}

// mergeCustom: also addresses that differ from the lead's own are kept beside it.
func mergeCustom(l *lead.Lead, c *Candidate, values []value, p policy) []value {
	give := c.Lead.Custom.V
	for _, k := range slices.Sorted(maps.Keys(give)) {
		have, has := l.Custom.V[k]
		full := !has && len(l.Custom.V) >= maxKeys
		took := !full && (!has || p.overwrite && p.takes(lead.CustomPrefix+k, have, give[k]))
		if took {
			if l.Custom.V == nil {
				l.Custom.V = map[string]string{}
			}
			l.Custom.V[k] = give[k]
		}
		values = append(values, value{lead.CustomPrefix + k, give[k], took, have})
	}
	return values
}

// clearFields empties what the row leaves empty, if that was asked for.
func clearFields(l *lead.Lead, c *Candidate, fields []textField, values []value, p policy) []value {
	if !p.overwrite {
		return values
	}
	for _, name := range c.Empty {
		if key, ok := strings.CutPrefix(name, lead.CustomPrefix); ok {
			if have, has := l.Custom.V[key]; has {
				delete(l.Custom.V, key)
				values = append(values, value{name, "", true, have})
			}
			continue
		}
		for _, f := range fields {
			if have := f.at(l); f.name == name && *have != "" {
				values = append(values, value{name, "", true, *have})
				*have = ""
			}
		}
	}
	return values
}

// filled lists the fields that gained a value, or lost one.
func filled(values []value) (fields []string) {
	for _, v := range values {
		if v.filled {
			fields = append(fields, v.field)
		}
	}
	return fields
}

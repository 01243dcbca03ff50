package intake

import (
	"strconv"
	"strings"

	"winnow/backend/internal/intake/mapping"
	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/platform/db"
)

// custom keeps a field of the user's own; several values under one key are listed.
func (f *filler) custom(key, value string) {
	m := f.c.Lead.Custom.V
	if value == "" {
		return
	}
	old, have := m[key]
	switch {
	case have && old != value:
		m[key] = clip(old+"\n"+value, maxCustom)
	case !have && len(m) < maxKeys:
		m[key] = clip(value, maxCustom)
	}
}

// country is the code of the country that the row names, in its own column or at the end of the place.
func (f *filler) country() string {
	vals, _ := f.values(mapping.Country)
	for _, v := range vals {
		if code := f.countries.Code(v); code != "" {
			return code
		}
	}
	if place := f.short(mapping.Location); place != "" {
		return f.countries.OfLocation(place)
	}
	return ""
}

// where fills location and country.
func (f *filler) where() {
	l := &f.c.Lead
	l.Country = f.country()
	city, state, country := f.short(mapping.City), f.short(mapping.State), f.short(mapping.Country)
	l.Location = f.short(mapping.Location)
	if l.Location == "" {
		if name := f.countries.Name(f.countries.Code(country)); name != "" && len(country) <= 3 {
			country = name
		}
		var parts []string
		for _, p := range []string{city, state, country} {
			if p != "" {
				parts = append(parts, p)
			}
		}
		l.Location = strings.Join(parts, ", ")
	} else {
		f.custom("city", city)
		f.custom("state", state)
	}
	if country != "" && l.Country == "" {
		f.warn("country_unknown", f.columns[f.index[mapping.Country][0]], "no country is known by this name: it is kept in the location")
	}
	for _, field := range []mapping.Field{mapping.Address, mapping.Zip} {
		vals, _ := f.values(field)
		f.custom(string(field), strings.Join(vals, "\n"))
	}
}

// what fills content, source, tags, dates and value.
func (f *filler) what() {
	l := &f.c.Lead
	l.Content = f.content()
	if l.Source = slug(f.short(mapping.Source)); l.Source == "" {
		l.Source = f.source
	}
	f.sourceID()
	if l.Content != "" && l.URL != "" {
		f.c.PostURL = l.URL
		if li, kind, ok := normalise.LinkedIn(l.URL); ok && kind == normalise.LinkedInPost {
			f.c.PostURL = li
		}
	}
	notes, _ := f.values(mapping.Note)
	f.custom("note", strings.Join(notes, "\n"))
	l.Tags = db.NewJSON(f.tagList())
	for _, i := range f.index[mapping.PostedAt] {
		if f.cells[i] == "" {
			continue
		}
		if t, _, p := normalise.Date(f.cells[i], f.order(i)); p == nil {
			l.PostedAt = &t
		} else {
			f.badDate(p, i, "posted_at")
		}
	}
	for _, i := range f.index[mapping.Created] {
		f.date("created", i)
	}
	for _, i := range f.index[mapping.Value] {
		f.value(i)
	}
}

func (f *filler) content() string {
	vals, _ := f.values(mapping.Content)
	var keep []string
	for _, v := range vals {
		dup := false
		for _, k := range keep {
			dup = dup || k == v
		}
		if !dup && !normalise.Placeholder(v) {
			keep = append(keep, v)
		}
	}
	return strings.Join(keep, "\n\n")
}

func (f *filler) sourceID() {
	for _, i := range f.index[mapping.SourceID] {
		v, _ := normalise.Line(f.cells[i])
		if v == "" || normalise.Placeholder(v) {
			continue
		}
		f.c.Lead.SourceID = clip(v, 200)
		switch {
		case f.mapping.Source != "":
			f.c.IDSpace = f.mapping.Source
		case globalID(v):
			f.c.IDSpace = "global"
		}
		return
	}
}

// globalID: long enough and mixed enough that two systems will not give it to two people ("1", "LD-001" may be).
func globalID(v string) bool {
	letters, digits := 0, 0
	for _, r := range v {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			letters++
		}
	}
	return len(v) >= 16 && letters >= 3 && digits >= 3
}

func (f *filler) tagList() []string {
	seen := map[string]bool{}
	out := []string{}
	add := func(t string) {
		t, _ = normalise.Line(strings.TrimPrefix(strings.TrimSpace(t), "* "))
		if t != "" && !seen[strings.ToLower(t)] && len(out) < 50 {
			seen[strings.ToLower(t)] = true
			out = append(out, clip(t, 60))
		}
	}
	vals, _ := f.values(mapping.Tags)
	for _, v := range vals {
		v = strings.ReplaceAll(v, " ::: ", ";")
		for _, t := range strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '\n' }) {
			add(t)
		}
	}
	for _, list := range f.tags {
		for t := range strings.SplitSeq(list, ",") {
			add(t)
		}
	}
	return out
}

// own keeps the columns that are no field of ours.
func (f *filler) own() {
	for i, c := range f.mapping.Columns {
		key, ok := c.Field.Custom()
		switch {
		case !ok || f.cells[i] == "":
		case c.Date:
			f.date(key, i)
		default:
			f.custom(key, f.cells[i])
		}
	}
}

func (f *filler) order(i int) normalise.DateOrder {
	if i < len(f.orders) {
		return f.orders[i]
	}
	return normalise.OrderUnknown
}

// date keeps a column's date in one form under a key of the user's own.
func (f *filler) date(key string, i int) {
	if f.cells[i] == "" || normalise.Placeholder(f.cells[i]) {
		return
	}
	t, dayOnly, p := normalise.Date(f.cells[i], f.order(i))
	if p != nil {
		f.badDate(p, i, key)
		return
	}
	f.custom(key, dateText(t, dayOnly))
}

// badDate warns; a date that is only ambiguous stays in the lead as it was written.
func (f *filler) badDate(p *normalise.Problem, i int, key string) {
	f.warn(p.Code, f.columns[i], p.Message)
	if p.Code == "date_ambiguous" {
		f.custom(key, f.cells[i])
	}
}

// value reads an amount in the workspace's currency: 1,200.50 or 1.200,50 or 1200.
func (f *filler) value(i int) {
	s := strings.TrimLeft(f.cells[i], "$€£₹ ")
	if s == "" {
		return
	}
	if dot, comma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ','); comma > dot && len(s)-comma != 4 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
	} else {
		s = strings.ReplaceAll(s, ",", "")
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n < 0 || n > 1e12 {
		f.warn("value_invalid", f.columns[i], "not an amount: write it as 1200.50")
		return
	}
	micros := int64(n*1e6 + 0.5)
	f.c.Lead.ValueMicros = &micros
}

package evalset

import (
	"errors"
	"net/url"
	"strings"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/lead"
)

// Lead is a lead by its fields; a field may have several values.
type Lead map[string][]string

// Answer is what is right about a document: a list of leads, or single facts about it where nobody says which lead has which.
type Answer struct {
	Leads []Lead
	Facts *Facts
}

// Facts are what must, may and must not be found, by field ("email", "phone", "linkedin_url", "company_size", "name").
type Facts struct {
	Must, May, Not, Flagged map[string][]string
	People                  []Lead
}

// ParseAnswer reads an expected.json.
func ParseAnswer(body []byte) (*Answer, error) {
	v, err := page.ParseJSON(body)
	if err != nil {
		return nil, err
	}
	switch t := v.(type) {
	case []any:
		return leadsAnswer(t)
	case map[string]any:
		for _, k := range []string{"leads", "finds", "expected"} {
			if l, ok := t[k].([]any); ok {
				return leadsAnswer(l)
			}
		}
		if f := factsOf(t); f != nil {
			return &Answer{Facts: f}, nil
		}
		return leadsAnswer([]any{t})
	}
	return nil, errors.New("neither a list nor an object")
}

func leadsAnswer(list []any) (*Answer, error) {
	a := &Answer{}
	for _, e := range list {
		m, ok := e.(map[string]any)
		if !ok {
			return nil, errors.New("an element of the list is no object")
		}
		if inner, ok := m["fields"].(map[string]any); ok {
			m = inner
		}
		l := Lead{}
		for _, k := range page.SortedKeys(m) {
			l.put(k, m[k])
		}
		a.Leads = append(a.Leads, l)
	}
	return a, nil
}

// put takes a value of any shape; objects become "outer.inner" fields.
func (l Lead) put(field string, v any) {
	field = strings.TrimSpace(field)
	if sub, ok := v.(map[string]any); ok {
		for _, k := range page.SortedKeys(sub) {
			l.put(field+"."+k, sub[k])
		}
		return
	}
	if !lead.IsField(field) && !strings.HasPrefix(field, lead.CustomPrefix) {
		field = alias(field)
	}
	for _, s := range page.Strs(v) {
		l[field] = append(l[field], split(field, s)...)
	}
}

// alias is the lead field behind a name that people write for it; other names are custom fields.
func alias(field string) string {
	switch strings.ToLower(field) {
	case "emails", "mail", "e-mail":
		return "email"
	case "phones", "tel", "telephone", "mobile":
		return "phone"
	case "linkedin", "linkedinurl", "linkedins":
		return "linkedin_url"
	case "website", "link":
		return "url"
	case "job_title", "jobtitle", "role":
		return "title"
	case "organisation", "organization", "org":
		return "company"
	case "text", "message":
		return "content"
	case "key", "id":
		return "source_id"
	}
	return lead.CustomPrefix + field
}

// split parts the values of fields that hold several.
func split(field, s string) []string {
	seps := ""
	switch field {
	case "email":
		seps = ";, \n"
	case "phone", "tags", "industry":
		seps = ";\n"
	default:
		return []string{s}
	}
	var out []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(seps, r) }) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// leadOf is a find as a lead.
func leadOf(f collect.Find, source string) Lead {
	l := Lead{}
	for k, v := range f.Fields {
		l[k] = append(l[k], split(k, v)...)
	}
	if len(l["source"]) == 0 {
		l["source"] = []string{source}
	}
	if len(l["posted_at"]) == 0 && !f.At.IsZero() {
		l["posted_at"] = []string{f.At.Format("2006-01-02T15:04:05Z07:00")}
	}
	return l
}

// factsOf reads the answers that list values without saying which lead has them; nil when m is none of these.
func factsOf(m map[string]any) *Facts {
	f := &Facts{Must: map[string][]string{}, May: map[string][]string{}, Not: map[string][]string{}, Flagged: map[string][]string{}}
	known := 0
	take := func(to map[string][]string, field, key string) {
		if _, ok := m[key]; ok {
			known++
			to[field] = append(to[field], page.Strs(m[key])...)
		}
	}
	take(f.Must, "email", "must")
	take(f.May, "email", "nice")
	take(f.Not, "email", "must_not")
	take(f.Flagged, "email", "flag_role")
	take(f.Must, "email", "emails")
	take(f.Must, "phone", "phones")
	take(f.May, "phone", "phonesUncertain")
	take(f.Not, "phone", "phones_must_not")
	take(f.Must, "linkedin_url", "linkedIns")
	take(f.Must, "company_size", "size")
	take(f.Not, "name", "not_people")
	if people, ok := m["people"].([]any); ok {
		known++
		for _, p := range people {
			f.People = append(f.People, personOf(p))
		}
	}
	if known == 0 || (known == 1 && m["must"] == nil && m["people"] == nil && m["emails"] == nil) {
		return nil
	}
	return f
}

func personOf(v any) Lead {
	l := Lead{}
	if list := page.Strs(v); len(list) > 0 {
		for i, field := range []string{"name", "title", "custom.seniority"} {
			if i < len(list) {
				l[field] = []string{list[i]}
			}
		}
		return l
	}
	if m, ok := v.(map[string]any); ok {
		for k, e := range m {
			l.put(k, e)
		}
	}
	return l
}

// parseMicroformats makes leads of what a microformats parser makes of a page; nil when body is no such thing.
func parseMicroformats(body []byte) *Answer {
	v, err := page.ParseJSON(body)
	if err != nil {
		return nil
	}
	items, ok := page.Get(v, "items").([]any)
	if !ok {
		return nil
	}
	a := &Answer{Leads: []Lead{}}
	for _, it := range items {
		a.card(it)
	}
	return a
}

func (a *Answer) card(v any) {
	m, ok := v.(map[string]any)
	if !ok {
		return
	}
	props, _ := m["properties"].(map[string]any)
	if types := page.Strs(m["type"]); len(types) > 0 && types[0] == "h-card" {
		if l := cardLead(props, types); len(l) > 0 {
			a.Leads = append(a.Leads, l)
		}
	}
	children, _ := m["children"].([]any)
	for _, c := range append(children, list(props["agent"])...) {
		a.card(c)
	}
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

func cardLead(props map[string]any, types []string) Lead {
	l := Lead{}
	values := func(key string) (out []string) {
		for _, e := range list(props[key]) {
			s := page.Str(e)
			if s == "" {
				s = page.GetStr(e, "value")
			}
			if s != "" {
				out = append(out, s)
			}
		}
		return out
	}
	set := func(field string, vals []string, most int) {
		if len(vals) > most {
			vals = vals[:most]
		}
		if len(vals) > 0 {
			l[field] = vals
		}
	}
	set("company", values("org"), 1)
	who := "name"
	if n := values("name"); len(types) > 1 || (len(n) > 0 && len(l["company"]) > 0 && n[0] == l["company"][0]) {
		who = "company"
	}
	set(who, values("name"), 1)
	if given := values("given-name"); len(l[who]) == 0 && len(given) > 0 {
		l["name"] = []string{strings.Join(append(append(given, values("additional-name")...), values("family-name")...), " ")}
	}
	set("title", append(values("job-title"), values("role")...), 1)
	set("phone", values("tel"), 9)
	set("url", values("url"), 1)
	for _, e := range values("email") {
		e, _, _ = strings.Cut(strings.TrimPrefix(e, "mailto:"), "?")
		if u, err := url.Parse(e); err == nil && u.Host != "" {
			e = strings.TrimPrefix(u.Path, "/")
		}
		l["email"] = append(l["email"], e)
	}
	return l
}

package page

import (
	"html"
	"slices"
	"strings"
)

func sortStrings(s []string) { slices.Sort(s) }

// Thing is an object of JSON-LD or of microdata, with the names of schema.org.
type Thing struct {
	Props  map[string]any
	Holder string // the property of the thing around it that holds it: "author", "review" …
	Within []string
	Source string // "json-ld" or "microdata"
}

// Types are a thing's types without their namespace.
func (t Thing) Types() (types []string) {
	for _, s := range Strs(t.Props["@type"]) {
		if i := strings.LastIndexAny(s, "/#:"); i >= 0 {
			s = s[i+1:]
		}
		types = append(types, s)
	}
	return types
}

// Is reports whether the thing is of one of the types.
func (t Thing) Is(types ...string) bool {
	for _, have := range t.Types() {
		if slices.Contains(types, have) {
			return true
		}
	}
	return false
}

// Inside reports whether a thing around it, at any height, was held by one of these properties.
func (t Thing) Inside(props ...string) bool {
	if slices.Contains(props, t.Holder) {
		return true
	}
	return slices.ContainsFunc(t.Within, func(w string) bool { return slices.Contains(props, w) })
}

// JSONLD lists the things of a page's JSON-LD, outer ones first. A block that cannot be read gets a note.
func (p *Page) JSONLD(r *Reading) (things []Thing) {
	ids := map[string]map[string]any{}
	var blocks []any
	for _, s := range ByTag(p.Root, "script") {
		kind := strings.ToLower(strings.TrimSpace(Attr(s, "type")))
		if !strings.HasPrefix(kind, "application/ld+json") {
			continue
		}
		v, err := ParseJSON([]byte(cleanScript(RawText(s))))
		if err != nil {
			r.Note("json_ld_broken", "A block of JSON-LD on the page is broken: "+Snippet(RawText(s)))
			continue
		}
		blocks = append(blocks, v)
	}
	for _, v := range blocks {
		Objects(v, func(_ string, m map[string]any) bool {
			if id := Str(m["@id"]); id != "" && len(m) > len(ids[id]) {
				ids[id] = m
			}
			return true
		})
	}
	c := &ldCollector{ids: ids}
	for _, v := range blocks {
		c.collect(v, "", nil)
	}
	return c.things
}

type ldCollector struct {
	ids    map[string]map[string]any
	things []Thing
	steps  int
}

// collect lists typed objects and follows references by @id one step.
func (c *ldCollector) collect(v any, holder string, within []string) {
	if len(within) > 30 || c.steps > 50_000 {
		return
	}
	c.steps++
	switch t := v.(type) {
	case []any:
		for _, e := range t {
			c.collect(e, holder, within)
		}
	case map[string]any:
		if len(t) == 1 && Str(t["@id"]) != "" && c.ids[Str(t["@id"])] != nil && holder != "" {
			if len(within) > 3 {
				return
			}
			t = c.ids[Str(t["@id"])]
		}
		if t["@type"] != nil {
			c.things = append(c.things, Thing{Props: t, Holder: holder, Within: within, Source: "json-ld"})
		}
		inner := append(slices.Clone(within), holder)
		for _, k := range SortedKeys(t) {
			c.collect(t[k], k, inner)
		}
	}
}

// cleanScript mends what people put around and into JSON-LD: comments, CDATA, raw line breaks inside strings, a stray comma
// before a bracket, a semicolon at the end, entities.
func cleanScript(s string) string {
	s = strings.TrimSpace(s)
	for _, cut := range []string{"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, cut))
	}
	for _, cut := range []string{"-->", "//]]>", "]]>", "/*]]>*/", "/* ]]> */", ";"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, cut))
	}
	if strings.HasPrefix(s, "{&quot;") || strings.HasPrefix(s, "[{&quot;") {
		s = html.UnescapeString(s)
	}
	return mendJSON(s)
}

// mendJSON escapes control characters inside strings and drops commas that nothing follows.
func mendJSON(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	inside, escaped := false, false
	for i := range len(s) {
		ch := s[i]
		switch {
		case inside && ch < ' ':
			b.WriteByte(' ')
			escaped = false
			continue
		case inside:
			if !escaped && ch == '"' {
				inside = false
			}
			escaped = !escaped && ch == '\\'
		case ch == '"':
			inside = true
		case ch == ',':
			if next := strings.TrimLeft(s[i+1:min(len(s), i+200)], " \t\r\n"); next != "" && (next[0] == '}' || next[0] == ']') {
				continue
			}
		}
		b.WriteByte(ch)
	}
	return b.String()
}

package generic

import (
	"bytes"
	"encoding/json"
	"strings"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// Mapping says where the leads of an answer are and what their parts mean.
type Mapping struct {
	Items  string            `json:"items"`  // path to the list; empty: the answer itself, or its only list
	Key    string            `json:"key"`    // path in an item to its name at the source
	Fields map[string]string `json:"fields"` // lead field to path in an item; a value in quotes is that text
	Paging Paging            `json:"paging"`
}

// ParseJSON reads an answer, or one object a line, by a mapping. A path that never finds anything gets a note.
func ParseJSON(d page.Document, m Mapping) (r page.Reading, err error) {
	items, err := ParsePath(m.Items)
	if err != nil {
		return r, err
	}
	paths := map[string]Path{}
	for field, p := range m.Fields {
		if literal(p) {
			continue
		}
		if paths[field], err = ParsePath(p); err != nil {
			return r, err
		}
	}
	key, err := ParsePath(m.Key)
	if err != nil {
		return r, err
	}
	v := answer(d, &r)
	if v == nil {
		return r, nil
	}
	list := listAt(items, m.Items, v)
	for _, it := range list {
		dr := page.NewDraft("")
		for _, field := range fieldNames(m.Fields) {
			value := strings.Trim(m.Fields[field], `"`)
			if !literal(m.Fields[field]) {
				if value = paths[field].Text(it); value != "" {
					r.Hit(field)
				}
			}
			if field == "content" {
				dr.Put(field, page.Plain(value), "json path", m.Fields[field])
			} else {
				dr.Line(field, value, "json path", m.Fields[field])
			}
		}
		if m.Key != "" {
			dr.Find.Key = key.Text(it)
		}
		if dr.Empty() {
			r.Note("item_empty", "An item of the answer holds none of the mapped fields.")
			continue
		}
		r.Finds = append(r.Finds, dr.Find)
	}
	missed(&r, m.Fields, len(list))
	r.Changed = len(list) > 0 && len(r.Finds) == 0
	return r, nil
}

func literal(p string) bool { return len(p) >= 2 && p[0] == '"' && p[len(p)-1] == '"' }

func fieldNames(m map[string]string) []string {
	any := make(map[string]any, len(m))
	for k := range m {
		any[k] = nil
	}
	return page.SortedKeys(any)
}

// missed says which fields were found in no item at all.
func missed(r *page.Reading, fields map[string]string, items int) {
	if items == 0 {
		return
	}
	for _, f := range fieldNames(fields) {
		if r.Hits[f] == 0 && !literal(fields[f]) {
			r.Note("selector_missed", "Nothing was found for "+f+" ("+fields[f]+") in any of the items.")
		}
	}
}

// answer is the JSON of a document; one object a line becomes a list.
func answer(d page.Document, r *page.Reading) any {
	body := bytes.TrimSpace(d.Body)
	if v, err := page.ParseJSON(body); err == nil && !moreLines(body) {
		return v
	}
	var list []any
	for l := range bytes.Lines(body) {
		if l = bytes.TrimSpace(l); len(l) == 0 {
			continue
		}
		v, err := page.ParseJSON(l)
		if err != nil {
			r.Unread(d, "The answer is neither JSON nor one JSON object a line.")
			return nil
		}
		list = append(list, v)
	}
	if len(list) == 0 {
		r.Unread(d, "The answer is empty.")
		return nil
	}
	return list
}

// moreLines reports whether something follows the first JSON value.
func moreLines(body []byte) bool {
	dec := json.NewDecoder(bytes.NewReader(body))
	var first json.RawMessage
	return dec.Decode(&first) == nil && dec.More()
}

// listAt is the list of items: at the path, else the answer itself, else its longest list of objects; GraphQL's edges are
// opened.
func listAt(p Path, text string, v any) (items []any) {
	if strings.TrimSpace(text) != "" {
		for _, e := range p.Values(v) {
			if l, ok := e.([]any); ok {
				items = append(items, l...)
			} else if e != nil {
				items = append(items, e)
			}
		}
		return nodes(items)
	}
	if l, ok := v.([]any); ok {
		return nodes(l)
	}
	var best []any
	page.Objects(v, func(_ string, m map[string]any) bool {
		for _, k := range page.SortedKeys(m) {
			if l, ok := m[k].([]any); ok && len(l) > len(best) {
				if _, isObject := l[0].(map[string]any); isObject {
					best = l
				}
			}
		}
		return true
	})
	if best == nil {
		return []any{v}
	}
	return nodes(best)
}

func nodes(list []any) []any {
	out := make([]any, len(list))
	for i, e := range list {
		out[i] = e
		if m, ok := e.(map[string]any); ok && len(m) <= 2 && m["node"] != nil {
			out[i] = m["node"]
		}
	}
	return out
}

// Paging says how a place goes on to its next page.
type Paging struct {
	Style  string `json:"style"`  // "none", "page", "offset", "cursor", "link", "graphql"
	Cursor string `json:"cursor"` // path to the cursor or the next address
	Total  string `json:"total"`  // path to the number of all items
	Size   int    `json:"size"`   // items a page
}

// Position is where a run is in the pages of a place.
type Position struct {
	Page   int    `json:"page,omitempty"`
	Offset int    `json:"offset,omitempty"`
	Cursor string `json:"cursor,omitempty"`
	Link   string `json:"link,omitempty"`
	Seen   int    `json:"seen,omitempty"`
}

// Next is the position after an answer with n items; ok is false at the end. A cursor that comes again ends the run and
// is said: some places give the same one for ever.
func (pg Paging) Next(d page.Document, at Position, n int, linkHeader string, r *page.Reading) (next Position, ok bool) {
	next = at
	next.Seen += n
	v, err := page.ParseJSON(d.Body)
	if err != nil {
		v = nil
	}
	read := func(path string, usual ...string) string {
		if path != "" {
			p, err := ParsePath(path)
			if err != nil {
				r.Note("path_invalid", err.Error())
				return ""
			}
			return p.Text(v)
		}
		for _, u := range usual {
			if p, err := ParsePath(u); err == nil {
				if t := p.Text(v); t != "" {
					return t
				}
			}
		}
		return ""
	}
	if total := read(pg.Total, "total", "meta.total"); pg.Style != "cursor" && pg.Style != "graphql" && number(total) > 0 && next.Seen >= number(total) {
		return next, false
	}
	switch pg.Style {
	case "page":
		next.Page = max(at.Page, 1) + 1
		return next, n > 0 && (pg.Size == 0 || n >= pg.Size)
	case "offset":
		next.Offset = at.Offset + n
		return next, n > 0
	case "cursor", "graphql":
		next.Cursor = read(pg.Cursor, "next_cursor", "nextCursor", "meta.next_cursor", "paging.next", "**.pageInfo.endCursor", "nextPageToken")
		if more := read("", "has_more", "hasMore", "**.pageInfo.hasNextPage"); more == "false" {
			return next, false
		}
		if next.Cursor != "" && next.Cursor == at.Cursor {
			r.Note("cursor_repeats", "The place gives the same cursor again and again; the run ends here.")
			return next, false
		}
		return next, next.Cursor != ""
	case "link":
		next.Link = nextLink(linkHeader)
		if next.Link == "" {
			next.Link = read(pg.Cursor, "links.next", "next")
		}
		next.Link = page.Resolve(d.URL, next.Link)
		if next.Link != "" && (next.Link == at.Link || next.Link == d.URL) {
			r.Note("cursor_repeats", "The place names this same page as the next one; the run ends here.")
			return next, false
		}
		return next, next.Link != ""
	}
	return next, false
}

func number(s string) (n int) {
	s, _ = normalise.Line(s)
	for _, c := range s {
		if c < '0' || c > '9' || n > 1e9 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// nextLink is the address of rel="next" in a Link header.
func nextLink(header string) string {
	for part := range strings.SplitSeq(header, ",") {
		address, params, ok := strings.Cut(part, ";")
		if ok && (strings.Contains(strings.ToLower(params), `rel="next"`) || strings.Contains(strings.ToLower(params), "rel=next")) {
			return strings.Trim(strings.TrimSpace(address), "<>")
		}
	}
	return ""
}

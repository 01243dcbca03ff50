// Package feeds reads what people say in public: RSS, Atom and JSON feeds, Hacker News, Reddit, and job posts as signs that a
// company needs something. A watch keeps the items that an expression of words asks for. It opens no connection.
package feeds

import (
	"bytes"

	"winnow/backend/internal/collect/page"
)

// Source is the name of the source of these leads.
const Source = "feeds"

// Read reads an answer by its shape.
func Read(d page.Document) (r page.Reading) {
	body := bytes.TrimSpace(bytes.TrimPrefix(d.Body, []byte("\xef\xbb\xbf")))
	if len(body) == 0 {
		r.Unread(d, "The answer is empty.")
		return r
	}
	if body[0] == '{' || body[0] == '[' {
		return readJSON(d, body)
	}
	head := bytes.ToLower(body[:min(len(body), 2000)])
	if bytes.Contains(head, []byte("<rss")) || bytes.Contains(head, []byte("<feed")) || bytes.Contains(head, []byte("<rdf")) || bytes.HasPrefix(head, []byte("<?xml")) {
		return ParseFeed(d)
	}
	return ParseJobPage(d)
}

func readJSON(d page.Document, body []byte) (r page.Reading) {
	v, err := page.ParseJSON(body)
	if err != nil {
		r.Unread(d, "The answer begins like JSON and is none: it was probably cut off.")
		return r
	}
	m, _ := v.(map[string]any)
	switch {
	case m["hits"] != nil:
		return ParseHackerNews(d)
	case page.Str(m["kind"]) == "Listing" || hasListing(v):
		return ParseReddit(d)
	case m["version"] != nil && m["items"] != nil:
		return ParseFeed(d)
	}
	return parseBoard(d, v)
}

func hasListing(v any) bool {
	l, ok := v.([]any)
	return ok && len(l) > 0 && page.GetStr(l[0], "kind") == "Listing"
}

// Package places reads Google's answers about businesses: the Places API (New), its predecessor, and the files that the
// gosom scraper writes. It opens no connection.
package places

import (
	"bytes"
	"fmt"
	"strings"

	"winnow/backend/internal/collect/page"
)

// Source is the name of the source of these leads.
const Source = "google_places"

// Read reads an answer by its shape.
func Read(d page.Document) (r page.Reading) {
	body := bytes.TrimSpace(bytes.TrimPrefix(d.Body, []byte("\xef\xbb\xbf")))
	if len(body) == 0 {
		r.Unread(d, "The answer is empty.")
		return r
	}
	if body[0] != '{' && body[0] != '[' {
		return ParseCSV(d)
	}
	v, err := page.ParseJSON(body)
	if err != nil {
		return ndjson(d, body)
	}
	if t := TroubleOf(v); t != nil {
		r.Note("places_"+strings.ToLower(t.Status), t.Advice())
		return r
	}
	r.Next = page.FirstStr(asMap(v), "nextPageToken", "next_page_token")
	n := 0
	page.Objects(v, func(_ string, m map[string]any) bool {
		if !isPlace(m) {
			return true
		}
		n++
		readPlace(m, &r)
		return false
	})
	if n == 0 && len(asMap(v)) > 0 && !knownEmpty(asMap(v)) {
		r.Changed = true
		r.Unread(d, "The answer holds no place that can be read.")
	}
	return r
}

// ndjson reads one object a line, as scrapers write them.
func ndjson(d page.Document, body []byte) (r page.Reading) {
	read, bad := 0, 0
	for line := range bytes.Lines(body) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		v, err := page.ParseJSON(line)
		if err != nil {
			bad++
			continue
		}
		if m := asMap(v); isPlace(m) {
			read++
			readPlace(m, &r)
		}
	}
	if read == 0 || bad > 0 {
		r.Unread(d, fmt.Sprintf("%d lines of the answer are no JSON: it was probably cut off.", bad))
	}
	return r
}

func asMap(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

// knownEmpty: an answer that says in words that there is nothing.
func knownEmpty(m map[string]any) bool {
	if page.Str(m["status"]) == "ZERO_RESULTS" {
		return true
	}
	for _, k := range []string{"places", "results", "routingSummaries", "contextualContents", "nextPageToken", "searchUri", "html_attributions"} {
		if _, ok := m[k]; ok {
			return true
		}
	}
	return false
}

// isPlace reports whether an object is a place in one of the shapes.
func isPlace(m map[string]any) bool {
	has := func(k string) bool { _, ok := m[k]; return ok }
	switch {
	case has("displayName") && (has("id") || has("formattedAddress") || strings.HasPrefix(page.Str(m["name"]), "places/")):
		return true
	case has("place_id") && (has("name") || has("title")):
		return true
	case has("name") && has("formatted_address"):
		return true
	case has("title") && (has("cid") || has("review_rating") || has("data_id")):
		return true
	case has("id") && has("formattedAddress"):
		return true
	}
	return false
}

// Package indiamart reads what IndiaMART gives: the Lead Manager's answers (Pull v2 and Push), and the pages of its public
// directory (search, product, supplier, buy leads). It opens no connection.
package indiamart

import (
	"bytes"
	"strings"

	"winnow/backend/internal/collect/page"
)

// Source is the name of the source of these leads.
const Source = "indiamart"

// Read reads any of IndiaMART's answers by its shape.
func Read(d page.Document) page.Reading {
	body := bytes.TrimSpace(bytes.TrimPrefix(d.Body, []byte("\xef\xbb\xbf")))
	if len(body) == 0 {
		var r page.Reading
		r.Unread(d, "The answer is empty.")
		return r
	}
	if body[0] != '{' && body[0] != '[' {
		return ParsePage(d)
	}
	v, err := page.ParseJSON(body)
	if err != nil {
		var r page.Reading
		r.Unread(d, "The answer begins like JSON and is none: it was probably cut off.")
		return r
	}
	if isEnvelope(v) {
		return ParseLeads(d)
	}
	return parseData(d, v)
}

func isEnvelope(v any) bool {
	found := false
	page.Objects(v, func(_ string, m map[string]any) bool {
		for k := range m {
			if up := strings.ToUpper(k); up == "UNIQUE_QUERY_ID" || (up == "CODE" && m["STATUS"] != nil && m["isqResponseData"] == nil) {
				found = true
			}
		}
		return !found && m["props"] == nil && m["searchResponse"] == nil
	})
	return found
}

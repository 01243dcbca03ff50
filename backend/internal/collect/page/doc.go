// Package page holds what the readers of connectors share: a fetched answer, what was read from it, and the tools to read
// HTML, JSON-LD and JSON of any shape without being hurt by them. It opens no connection.
package page

import (
	"net/url"
	"strings"

	"winnow/backend/internal/collect"
)

// Document is an answer as it was fetched.
type Document struct {
	URL  string // after redirects; empty for a file that somebody saved
	Type string // the Content-Type header; empty when unknown
	Body []byte
}

// Reading is what a reader made of a document. What it could not read stands in Notes and Raw: nothing is dropped in silence.
type Reading struct {
	Finds []collect.Find
	Notes []collect.Note
	Raw   []collect.Raw
	// Changed says that the page showed more than was understood.
	Changed bool
	// Next is where the place says that it goes on: an address or a cursor; empty at the end.
	Next string
	// Hits counts, for each way of finding things on the page, how often it found something: a selector that always hit and
	// now misses tells a changed page from an empty one.
	Hits map[string]int
}

// Note adds a remark.
func (r *Reading) Note(code, message string) {
	for _, n := range r.Notes {
		if n.Code == code && n.Message == message {
			return
		}
	}
	if len(r.Notes) < maxNotes {
		r.Notes = append(r.Notes, collect.Note{Code: code, Message: message})
	}
}

const maxNotes = 200

// Unread keeps a document that could not be read, for another try after a mend.
func (r *Reading) Unread(d Document, reason string) {
	r.Raw = append(r.Raw, collect.Raw{URL: d.URL, Type: d.Type, Body: d.Body, Reason: reason})
	r.Note("unreadable", reason)
}

// Hit counts that a way of finding things found something.
func (r *Reading) Hit(way string) {
	if r.Hits == nil {
		r.Hits = map[string]int{}
	}
	r.Hits[way]++
}

// Resolve makes an absolute address of one that stands on a page at base; "" for what is none.
func Resolve(base, ref string) string {
	ref = strings.TrimSpace(ref)
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	if u.IsAbs() || base == "" {
		return u.String()
	}
	b, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return b.ResolveReference(u).String()
}

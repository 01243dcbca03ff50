// Package website reads the pages of companies: who they are, how to reach them, who works there, how big they are and what
// they run. Everything is read by rules, in the order of trust: JSON-LD, microdata and h-cards, links, Cloudflare's hidden
// addresses, the text that a visitor sees, scripts. It opens no connection.
package website

import (
	"winnow/backend/internal/collect/page"
)

// Source is the name of the source of these leads.
const Source = "website"

// Read reads one page.
func Read(d page.Document) page.Reading {
	r, _ := ReadPage(d)
	return r
}

// ReadPage reads one page and says what kind of page it is.
func ReadPage(d page.Document) (r page.Reading, k Kind) {
	if v, err := page.ParseJSON(d.Body); err == nil && v != nil {
		r.Unread(d, "The answer is JSON, not a page.")
		return r, KindOther
	}
	p := page.ParseHTML(d, &r)
	k = kindOf(p)
	if k.Dead() {
		r.Note("page_"+string(k), k.Advice())
		return r, k
	}
	if k == KindShell || k == KindRefresh {
		r.Note("page_"+string(k), k.Advice())
		r.Next = refreshTarget(p)
	}
	s := &site{page: p, reading: &r, countries: page.Countries()}
	s.read()
	r.Finds = s.finds()
	return r, k
}

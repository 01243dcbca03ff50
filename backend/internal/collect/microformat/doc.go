// Package microformat reads microformats2 and the classic hCard and adr from a page, by the rules of
// https://microformats.org/wiki/microformats2-parsing. What connectors need of it are cards: people and companies.
package microformat

import (
	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
)

// Item is a microformat on a page.
type Item struct {
	Type       []string         `json:"type"`
	Properties map[string][]any `json:"properties"` // a string, an Item, or Picture
	Value      string           `json:"value,omitempty"`
	Children   []Item           `json:"children,omitempty"`

	Node *html.Node `json:"-"`
}

// Picture is an image with its text.
type Picture struct {
	Alt   string `json:"alt"`
	Value string `json:"value"`
}

// Strings are the plain values of a property, those of items and pictures included.
func (it Item) Strings(property string) (out []string) {
	for _, v := range it.Properties[property] {
		switch t := v.(type) {
		case string:
			out = append(out, t)
		case Item:
			out = append(out, t.Value)
		case Picture:
			out = append(out, t.Value)
		}
	}
	return out
}

// Parse lists the items of a page; base is what relative addresses are relative to.
func Parse(p *page.Page) []Item {
	ps := &parser{base: p.Base}
	return ps.items(p.Root)
}

type parser struct {
	base  string
	depth int
}

// items are the roots below n that are not inside another root.
func (ps *parser) items(n *html.Node) (found []Item) {
	page.Walk(n, func(c *html.Node) bool {
		if c.Type != html.ElementNode || c.Data == "template" {
			return c.Data != "template"
		}
		if types, classic := rootTypes(c); len(types) > 0 {
			found = append(found, ps.item(c, types, classic))
			return false
		}
		return true
	})
	return found
}

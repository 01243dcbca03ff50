package website

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect/microformat"
	"winnow/backend/internal/collect/page"
)

// card is a person or company that the page marks up as one.
type card struct {
	name, title, company, url string
	organisation              bool
	emails, phones            []string
	place                     place
	node                      *html.Node
}

// readCards lists the page's h-cards, those inside others too.
func readCards(p *page.Page) (cards []card) {
	var take func(it microformat.Item, depth int)
	take = func(it microformat.Item, depth int) {
		if depth > 20 {
			return
		}
		isCard := false
		for _, t := range it.Type {
			isCard = isCard || t == "h-card" || t == "h-org"
		}
		if isCard && !quoted2(it.Node) {
			if c := cardOf(it); c.name != "" || c.company != "" || len(c.emails)+len(c.phones) > 0 {
				cards = append(cards, c)
			}
		}
		for name, vals := range it.Properties {
			for _, v := range vals {
				if sub, ok := v.(microformat.Item); ok && name != "author" && name != "org" && name != "comment" {
					take(sub, depth+1)
				}
			}
		}
		for _, c := range it.Children {
			take(c, depth+1)
		}
	}
	for _, it := range microformat.Parse(p) {
		take(it, 0)
	}
	return cards
}

func quoted2(n *html.Node) bool { return (&site{}).inQuote(n) }

func cardOf(it microformat.Item) card {
	first := func(property string) string {
		for _, v := range it.Strings(property) {
			if v = page.Snippet(v); v != "" {
				return v
			}
		}
		return ""
	}
	c := card{name: first("name"), title: first("job-title"), company: first("org"), node: it.Node}
	if c.title == "" {
		c.title = first("role")
	}
	if c.name == "" {
		var parts []string
		for _, k := range []string{"given-name", "additional-name", "family-name"} {
			if v := first(k); v != "" {
				parts = append(parts, v)
			}
		}
		c.name = strings.Join(parts, " ")
	}
	c.organisation = c.name != "" && c.name == c.company || len(it.Type) > 0 && contains(it.Type, "h-org")
	if c.organisation {
		c.company, c.name = c.name, ""
	}
	for _, u := range it.Strings("url") {
		if strings.HasPrefix(u, "http") && c.url == "" {
			c.url = u
		}
	}
	for _, e := range it.Strings("email") {
		e, _, _ = strings.Cut(e, "?")
		if i := strings.LastIndexByte(e, '/'); i >= 0 && !strings.HasPrefix(e, "mailto:") {
			e = e[i+1:]
		}
		c.emails = append(c.emails, strings.TrimPrefix(e, "mailto:"))
	}
	for _, tel := range it.Strings("tel") {
		c.phones = append(c.phones, strings.TrimPrefix(tel, "tel:"))
	}
	c.place = cardPlace(it)
	return c
}

func contains(list []string, s string) bool {
	return slices.Contains(list, s)
}

func cardPlace(it microformat.Item) place {
	from := it
	for _, key := range []string{"adr", "geo"} {
		for _, v := range it.Properties[key] {
			if sub, ok := v.(microformat.Item); ok {
				from = sub
			}
		}
	}
	for _, c := range it.Children {
		if contains(c.Type, "h-adr") {
			from = c
		}
	}
	get := func(k string) string {
		if v := from.Strings(k); len(v) > 0 {
			return page.Snippet(v[0])
		}
		return ""
	}
	p := place{text: joinPlace(get("locality"), get("region")), country: get("country-name"), street: get("street-address"), postal: get("postal-code")}
	p.value = value{text: p.text, method: "h-card", snippet: joinPlace(p.street, p.postal, p.text, p.country)}
	return p
}

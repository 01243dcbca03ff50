package microformat

import (
	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
)

// imply adds name, photo and url to an item whose classes name none, where its only content says what they are.
func (ps *parser) imply(n *html.Node, b *building) {
	props := b.item.Properties
	if len(props["name"]) == 0 && !b.explicit.p && !b.explicit.e && !b.explicit.nested {
		if name := ps.impliedName(n); name != "" {
			props["name"] = []any{name}
		}
	}
	if b.explicit.nested || b.explicit.u {
		return
	}
	if len(props["photo"]) == 0 {
		if v := ps.impliedPhoto(n); v != nil {
			props["photo"] = []any{v}
		}
	}
	if len(props["url"]) == 0 {
		if v, ok := ps.impliedURL(n); ok {
			props["url"] = []any{v}
		}
	}
}

func (ps *parser) impliedName(n *html.Node) string {
	for _, e := range chain(n) {
		switch e.Data {
		case "img", "area":
			if alt := page.Attr(e, "alt"); alt != "" {
				return alt
			}
		case "abbr":
			if t := page.Attr(e, "title"); t != "" {
				return t
			}
		}
	}
	return ps.content(n)
}

// chain is the element itself, its only child, and that one's only child: where a single picture or link may stand.
func chain(n *html.Node) []*html.Node {
	out := []*html.Node{n}
	for range 2 {
		c := onlyChild(out[len(out)-1])
		if c == nil {
			break
		}
		if types, _ := rootTypes(c); len(types) > 0 {
			break
		}
		out = append(out, c)
	}
	return out
}

func onlyChild(n *html.Node) (only *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			if only != nil {
				return nil
			}
			only = c
		}
	}
	return only
}

// onlyOf is n's only child element of a kind, if it is no item of its own.
func onlyOf(n *html.Node, ok func(*html.Node) bool) (only *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && ok(c) {
			if only != nil {
				return nil
			}
			only = c
		}
	}
	if only != nil {
		if types, _ := rootTypes(only); len(types) > 0 {
			return nil
		}
	}
	return only
}

func (ps *parser) impliedPhoto(n *html.Node) any {
	isPhoto := func(tag, attr string) func(*html.Node) bool {
		return func(c *html.Node) bool { return c.Data == tag && page.HasAttr(c, attr) }
	}
	if isPhoto("img", "src")(n) || isPhoto("object", "data")(n) {
		return ps.address(n)
	}
	holders := []*html.Node{n}
	if c := onlyChild(n); c != nil {
		if types, _ := rootTypes(c); len(types) == 0 {
			holders = append(holders, c)
		}
	}
	for _, h := range holders {
		for _, kind := range [][2]string{{"img", "src"}, {"object", "data"}} {
			if c := onlyOf(h, isPhoto(kind[0], kind[1])); c != nil {
				return ps.address(c)
			}
		}
	}
	return nil
}

func (ps *parser) impliedURL(n *html.Node) (string, bool) {
	isLink := func(tag string) func(*html.Node) bool {
		return func(c *html.Node) bool { return c.Data == tag && page.HasAttr(c, "href") }
	}
	if isLink("a")(n) || isLink("area")(n) {
		return ps.resolve(page.Attr(n, "href")), true
	}
	holders := []*html.Node{n}
	if c := onlyChild(n); c != nil {
		if types, _ := rootTypes(c); len(types) == 0 {
			holders = append(holders, c)
		}
	}
	for _, h := range holders {
		for _, tag := range []string{"a", "area"} {
			if c := onlyOf(h, isLink(tag)); c != nil {
				return ps.resolve(page.Attr(c, "href")), true
			}
		}
	}
	return "", false
}

package microformat

import (
	"strings"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
)

// building is an item while its elements are being visited.
type building struct {
	item     Item
	classic  bool
	explicit struct{ p, e, u, nested bool } // what the classes said, which decides what is implied
}

const maxDepth = 40

func (ps *parser) item(n *html.Node, types []string, classic bool) Item {
	ps.depth++
	defer func() { ps.depth-- }()
	b := &building{item: Item{Type: types, Properties: map[string][]any{}, Node: n}, classic: classic}
	if ps.depth <= maxDepth {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			ps.visit(c, b)
		}
	}
	if !classic {
		ps.imply(n, b)
	}
	return b.item
}

// visit reads the properties and nested items at and below n.
func (ps *parser) visit(n *html.Node, b *building) {
	page.Walk(n, func(c *html.Node) bool {
		if c.Type != html.ElementNode {
			return true
		}
		if c.Data == "template" {
			return false
		}
		types, classic := rootTypes(c)
		props := properties(c, b.item.Type, b.classic)
		if len(types) > 0 {
			ps.nested(c, types, classic, props, b)
			return false
		}
		for _, p := range props {
			v := ps.value(c, p)
			if pic, ok := v.(Picture); ok && b.classic {
				v = pic.Value // the old format knows no text of pictures
			}
			ps.add(b, p, v)
		}
		return true
	})
}

func (ps *parser) nested(c *html.Node, types []string, classic bool, props []property, b *building) {
	b.explicit.nested = true
	it := ps.item(c, types, classic)
	if len(props) == 0 {
		b.item.Children = append(b.item.Children, it)
		return
	}
	for _, p := range props {
		sub := it
		switch names := sub.Strings("name"); {
		case p.prefix == "p" && len(names) > 0:
			sub.Value = names[0]
		case p.prefix == "u" && len(sub.Strings("url")) > 0:
			sub.Value = sub.Strings("url")[0]
		default:
			sub.Value, _ = ps.value(c, p).(string)
		}
		ps.add(b, p, sub)
	}
}

func (ps *parser) add(b *building, p property, v any) {
	switch p.prefix {
	case "p":
		b.explicit.p = true
	case "e":
		b.explicit.e = true
	case "u":
		b.explicit.u = true
	}
	b.item.Properties[p.name] = append(b.item.Properties[p.name], v)
}

func (ps *parser) value(n *html.Node, p property) any {
	switch p.prefix {
	case "u":
		return ps.address(n)
	case "dt":
		return ps.time(n)
	}
	return ps.text(n)
}

// text is the value of a p- property.
func (ps *parser) text(n *html.Node) string {
	if v, ok := valueClass(n); ok {
		return v
	}
	switch n.Data {
	case "abbr", "link":
		if page.HasAttr(n, "title") {
			return page.Attr(n, "title")
		}
	case "data", "input":
		if page.HasAttr(n, "value") {
			return page.Attr(n, "value")
		}
	case "img", "area":
		if page.HasAttr(n, "alt") {
			return page.Attr(n, "alt")
		}
	}
	return ps.content(n)
}

// address is the value of a u- property.
func (ps *parser) address(n *html.Node) any {
	from := ""
	switch n.Data {
	case "a", "area", "link":
		from = "href"
	case "img":
		if page.HasAttr(n, "src") && page.HasAttr(n, "alt") && page.Attr(n, "alt") != "" {
			return Picture{Alt: page.Attr(n, "alt"), Value: ps.resolve(page.Attr(n, "src"))}
		}
		from = "src"
	case "audio", "video", "source", "iframe":
		from = "src"
	case "object":
		from = "data"
	}
	if from != "" && page.HasAttr(n, from) {
		return ps.resolve(page.Attr(n, from))
	}
	if v, ok := valueClass(n); ok {
		return ps.resolve(v)
	}
	if n.Data == "abbr" && page.HasAttr(n, "title") {
		return ps.resolve(page.Attr(n, "title"))
	}
	if (n.Data == "data" || n.Data == "input") && page.HasAttr(n, "value") {
		return ps.resolve(page.Attr(n, "value"))
	}
	return ps.resolve(ps.content(n))
}

func (ps *parser) time(n *html.Node) string {
	switch n.Data {
	case "time", "ins", "del":
		if page.HasAttr(n, "datetime") {
			return page.Attr(n, "datetime")
		}
	case "abbr":
		if page.HasAttr(n, "title") {
			return page.Attr(n, "title")
		}
	case "data", "input":
		if page.HasAttr(n, "value") {
			return page.Attr(n, "value")
		}
	}
	if v, ok := valueClass(n); ok {
		return v
	}
	return ps.content(n)
}

// valueClass joins the elements of class "value" below n, which stand for the value.
func valueClass(n *html.Node) (string, bool) {
	var b strings.Builder
	found := false
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		page.Walk(c, func(e *html.Node) bool {
			if e.Type != html.ElementNode {
				return true
			}
			if types, _ := rootTypes(e); len(types) > 0 {
				return false
			}
			switch {
			case page.HasClass(e, "value-title"):
				b.WriteString(page.Attr(e, "title"))
			case page.HasClass(e, "value"):
				b.WriteString(valueOf(e))
			default:
				return true
			}
			found = true
			return false
		})
	}
	return strings.TrimSpace(b.String()), found
}

func valueOf(e *html.Node) string {
	switch e.Data {
	case "img", "area":
		return page.Attr(e, "alt")
	case "data":
		if page.HasAttr(e, "value") {
			return page.Attr(e, "value")
		}
	case "abbr":
		if page.HasAttr(e, "title") {
			return page.Attr(e, "title")
		}
	case "time":
		if page.HasAttr(e, "datetime") {
			return page.Attr(e, "datetime")
		}
	}
	return page.RawText(e)
}

// resolve makes an absolute address; what is none stays as it is.
func (ps *parser) resolve(ref string) string {
	if abs := page.Resolve(ps.base, ref); abs != "" {
		return abs
	}
	return ref
}

// content is the text of an element, pictures by their text, without scripts and styles.
func (ps *parser) content(n *html.Node) string {
	var b strings.Builder
	page.Walk(n, func(c *html.Node) bool {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Data == "script" || c.Data == "style" || c.Data == "template":
			return false
		case c.Data == "img" && page.HasAttr(c, "alt"):
			b.WriteString(" " + page.Attr(c, "alt") + " ")
		case c.Data == "img" && page.Attr(c, "src") != "":
			b.WriteString(" " + ps.resolve(page.Attr(c, "src")) + " ")
		}
		return true
	})
	return strings.TrimSpace(b.String())
}

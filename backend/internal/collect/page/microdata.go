package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Microdata lists the items of a page's microdata as things, outer ones first.
func (p *Page) Microdata() (things []Thing) {
	Walk(p.Root, func(n *html.Node) bool {
		if n.Type == html.ElementNode && HasAttr(n, "itemscope") {
			things = append(things, p.item(n, Attr(n, "itemprop"), nil, 0)...)
			return false
		}
		return true
	})
	return things
}

// item reads one item; those inside it follow.
func (p *Page) item(n *html.Node, holder string, within []string, depth int) []Thing {
	props := map[string]any{}
	if t := strings.Fields(Attr(n, "itemtype")); len(t) > 0 {
		list := make([]any, len(t))
		for i, s := range t {
			list[i] = s
		}
		props["@type"] = list
	}
	self := Thing{Props: props, Holder: holder, Within: within, Source: "microdata"}
	things := []Thing{self}
	inner := append(slices.Clone(within), holder)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		Walk(c, func(e *html.Node) bool {
			if e.Type != html.ElementNode {
				return true
			}
			names := strings.Fields(Attr(e, "itemprop"))
			if HasAttr(e, "itemscope") {
				if depth < 20 {
					sub := p.item(e, strings.Join(names, " "), inner, depth+1)
					things = append(things, sub...)
					for _, name := range names {
						addProp(props, name, sub[0].Props)
					}
				}
				return false
			}
			for _, name := range names {
				addProp(props, name, p.itemValue(e))
			}
			return true
		})
	}
	return things
}

func addProp(props map[string]any, name string, v any) {
	switch have := props[name].(type) {
	case nil:
		props[name] = v
	case []any:
		props[name] = append(have, v)
	default:
		props[name] = []any{have, v}
	}
}

func (p *Page) itemValue(e *html.Node) string {
	switch e.Data {
	case "meta":
		return Attr(e, "content")
	case "a", "area", "link":
		if href := Attr(e, "href"); href != "" {
			return Resolve(p.Base, href)
		}
	case "img", "audio", "embed", "iframe", "source", "track", "video":
		return Resolve(p.Base, Attr(e, "src"))
	case "object":
		return Resolve(p.Base, Attr(e, "data"))
	case "data", "meter":
		if HasAttr(e, "value") {
			return Attr(e, "value")
		}
	case "time":
		if HasAttr(e, "datetime") {
			return Attr(e, "datetime")
		}
	}
	if HasAttr(e, "content") {
		return Attr(e, "content")
	}
	return TextLine(e)
}

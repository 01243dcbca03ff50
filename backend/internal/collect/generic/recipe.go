package generic

import (
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/fault"
)

// Recipe says by selectors what stands where on a page.
type Recipe struct {
	Item   string            `json:"item"`   // selects each lead's box; empty: the page is one lead
	Fields map[string]string `json:"fields"` // lead field to selector; "a.mail@href" takes an attribute
	Next   string            `json:"next"`   // selects the link to the next page
}

type compiled struct {
	selector cascadia.SelectorGroup
	attr     string
}

func compile(s string) (c compiled, err error) {
	sel := strings.TrimSpace(s)
	if i := strings.LastIndexByte(sel, '@'); i >= 0 && !strings.ContainsAny(sel[i:], "])") {
		sel, c.attr = strings.TrimSpace(sel[:i]), strings.TrimSpace(sel[i+1:])
	}
	if sel == "" || len(sel) > 1000 {
		return c, fault.Newf(fault.Invalid, "selector_invalid", "The selector %q is empty or too long.", page.Snippet(s))
	}
	if c.selector, err = cascadia.ParseGroup(sel); err != nil {
		return c, fault.Wrap(err, fault.Invalid, "selector_invalid", "The selector "+page.Snippet(s)+" cannot be read: "+err.Error()+".")
	}
	return c, nil
}

func (c compiled) text(n *html.Node, base string) string {
	found := cascadia.QueryAll(n, c.selector)
	var out []string
	for _, f := range found {
		var t string
		switch {
		case c.attr == "href" || c.attr == "src":
			t = target(page.Attr(f, c.attr), base)
		case c.attr != "":
			t = page.Attr(f, c.attr)
		default:
			t = page.Text(f)
		}
		if t = strings.TrimSpace(t); t != "" {
			out = append(out, t)
		}
		if len(out) >= 20 {
			break
		}
	}
	return strings.Join(out, ";")
}

// target is what a link leads to: the address, the mail address or the number.
func target(href, base string) string {
	if mail, ok := strings.CutPrefix(href, "mailto:"); ok {
		mail, _, _ = strings.Cut(mail, "?")
		return mail
	}
	if number, ok := strings.CutPrefix(href, "tel:"); ok {
		return number
	}
	return page.Resolve(base, href)
}

const maxBoxes = 2000

// ParseRecipe reads a page by a recipe. Hits count how often each selector found something, so that a changed page is told
// from an empty one.
func ParseRecipe(d page.Document, recipe Recipe) (r page.Reading, err error) {
	fields := map[string]compiled{}
	for f, s := range recipe.Fields {
		if fields[f], err = compile(s); err != nil {
			return r, err
		}
	}
	p := page.ParseHTML(d, &r)
	boxes := []*html.Node{p.Root}
	if recipe.Item != "" {
		item, err := compile(recipe.Item)
		if err != nil {
			return r, err
		}
		boxes = cascadia.QueryAll(p.Root, item.selector)
	}
	if len(boxes) > maxBoxes {
		boxes = boxes[:maxBoxes]
		r.Note("too_many", "The page shows more than 2,000 items; the rest was left out.")
	}
	for _, b := range boxes {
		dr := page.NewDraft(d.URL)
		for _, f := range fieldNames(recipe.Fields) {
			if v := fields[f].text(b, p.Base); v != "" {
				r.Hit(f)
				if f == "content" {
					dr.Put(f, v, "selector "+recipe.Fields[f], v)
				} else {
					dr.Line(f, v, "selector "+recipe.Fields[f], v)
				}
			}
		}
		if !dr.Empty() {
			r.Finds = append(r.Finds, dr.Find)
		}
	}
	missed(&r, recipe.Fields, len(boxes))
	if len(boxes) == 0 || len(r.Finds) == 0 {
		r.Changed = len(page.TextLine(p.Root)) > 500
		r.Note("selector_missed", "The selector for the items found nothing on the page.")
	}
	if recipe.Next != "" {
		next, err := compile(recipe.Next)
		if err != nil {
			return r, err
		}
		next.attr = "href"
		r.Next, _, _ = strings.Cut(next.text(p.Root, p.Base), ";")
	}
	return r, nil
}

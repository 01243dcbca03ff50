package indiamart

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// readBuyLeads reads requirements by shape alone, since no page of them was at hand when this was written: a box with a
// requirement's title, a quantity or order value, and a place. Every such find says that it is unverified.
func readBuyLeads(p *page.Page, r *page.Reading) (finds []collect.Find) {
	for _, box := range requirementBoxes(p) {
		d := page.NewDraft(p.Doc.URL)
		lines := page.Lines(box)
		var text []string
		for i, l := range lines {
			text = append(text, l.Text)
			if i == 0 {
				d.Line("custom.product", wants.ReplaceAllString(l.Text, ""), "shape", l.Text)
			}
		}
		for _, f := range page.Facts(lines, buyLabel) {
			if f.Field == "name" && nobody(f.Value) {
				continue
			}
			d.Line(f.Field, f.Value, "shape", f.Snippet)
		}
		if loc := cardPlace(box, "", r); loc != "" {
			d.Line("location", loc, "shape", loc)
		}
		for _, a := range page.ByTag(box, "a") {
			if href := page.Resolve(p.Base, page.Attr(a, "href")); strings.HasPrefix(href, "http") {
				d.Put("url", href, "shape", "")
				break
			}
		}
		d.Put("content", strings.Join(text, "\n"), "shape", strings.Join(text, " "))
		d.Put("custom.unverified", "yes", "shape", "read by the shape of the page only")
		d.Put("country", "IN", "place", "")
		finds = append(finds, d.Find)
	}
	if len(finds) > 0 {
		r.Note("unverified", "These requirements were read by the shape of the page only: look at them before you rely on them.")
	}
	return finds
}

var wants = regexp.MustCompile(`(?i)^(?:i want to buy|i need|buyer (?:is )?looking for|looking for|requirement (?:for|of)|wanted|want to buy|need)\s*:?\s*`)

// requirementBoxes are the innermost blocks that hold a quantity or order value and another fact of a requirement.
func requirementBoxes(p *page.Page) (boxes []*html.Node) {
	hits := map[*html.Node]int{}
	labels := map[*html.Node]map[string]bool{}
	for _, l := range page.Lines(p.Root) {
		k, _, _ := strings.Cut(l.Text, ":")
		f := buyLabel(normalise.Fold(k))
		if f == "" {
			continue
		}
		for n, up := l.Block, 0; n != nil && up < 8; n, up = n.Parent, up+1 {
			if labels[n] == nil {
				labels[n] = map[string]bool{}
			}
			if labels[n][f] {
				hits[n] = -1000 // the fact twice: more than one requirement
			}
			labels[n][f] = true
			hits[n]++
		}
	}
	page.Walk(p.Root, func(n *html.Node) bool {
		if n.Type == html.ElementNode && hits[n] >= 2 && (labels[n]["custom.quantity"] || labels[n]["custom.order_value"]) && heading2(n) {
			boxes = append(boxes, n)
			return false
		}
		return true
	})
	return boxes
}

// heading2 reports whether a box begins with a title rather than with a fact.
func heading2(n *html.Node) bool {
	lines := page.Lines(n)
	if len(lines) == 0 {
		return false
	}
	k, _, _ := strings.Cut(lines[0].Text, ":")
	return buyLabel(normalise.Fold(k)) == "" && len(lines[0].Text) < 200
}

func buyLabel(label string) string {
	if label == "quantity unit" {
		return ""
	}
	switch f := messageLabel(label); f {
	case "quantity":
		return "custom.quantity"
	case "unit":
		return ""
	case "":
	default:
		return f
	}
	switch label {
	case "buyer", "buyer name", "contact person", "name":
		return "name"
	case "location", "city", "buyer location":
		return "location"
	case "posted", "posted on", "date":
		return "custom.posted"
	case "company", "buyer company":
		return "company"
	}
	return ""
}

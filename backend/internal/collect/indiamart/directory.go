package indiamart

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// ParsePage reads a page of the public directory: the data that it carries first, its structured data next, then what it
// shows. Search results, a product and a supplier's own page are told apart by how many sellers they show.
func ParsePage(d page.Document) (r page.Reading) {
	p := page.ParseHTML(d, &r)
	if blocked(p) {
		r.Note("blocked", "IndiaMART showed a wall instead of the page.")
		return r
	}
	s := &sellers{}
	for _, script := range page.ByTag(p.Root, "script") {
		if v := scriptData(script); v != nil {
			readData(s, v, &r)
		}
	}
	if len(s.list) == 0 {
		readCards(s, p, &r)
	}
	if len(s.list) <= 1 {
		readSupplier(s, p, &r)
	}
	r.Finds = s.finds(&r)
	if len(r.Finds) == 0 {
		r.Finds = readBuyLeads(p, &r)
	}
	if len(r.Finds) == 0 && proddetail.MatchString(string(d.Body)) {
		r.Changed = true
		r.Unread(d, "The page links to products and shows no seller that can be read.")
	}
	return r
}

var proddetail = regexp.MustCompile(`/proddetail/`)

func blocked(p *page.Page) bool {
	t := strings.ToLower(p.Title())
	return strings.Contains(t, "access denied") || strings.Contains(t, "pardon our interruption")
}

// scriptData is the JSON that a script carries: __NEXT_DATA__ and what is assigned to a variable of the window.
func scriptData(s *html.Node) any {
	text := strings.TrimSpace(page.RawText(s))
	kind := page.Attr(s, "type")
	if page.Attr(s, "id") == "__NEXT_DATA__" || kind == "application/json" {
		if v, err := page.ParseJSON([]byte(text)); err == nil {
			return v
		}
		return nil
	}
	if m := assigned.FindStringIndex(text); m != nil && (kind == "" || strings.Contains(kind, "javascript")) {
		if v, err := page.ParseJSON([]byte(text[m[1]-1:])); err == nil {
			return v
		}
	}
	return nil
}

var assigned = regexp.MustCompile(`(?:__INITIAL_STATE__|__PRELOADED_STATE__|__STATE__|__DATA__|initialState|pageData|window\.\w{2,40})\s*=\s*[\[{]`)

// readCards reads cards by what cannot change without the site being another: a link to a seller's catalogue, and around it
// what belongs to that seller alone.
func readCards(s *sellers, p *page.Page, r *page.Reading) {
	links := catalogLinks(p)
	sellersOf := map[*html.Node]map[string]bool{}
	for _, l := range links {
		for n := l.node.Parent; n != nil; n = n.Parent {
			if sellersOf[n] == nil {
				sellersOf[n] = map[string]bool{}
			}
			sellersOf[n][l.slug] = true
		}
	}
	for _, l := range links {
		name := l.name()
		if name == "" {
			continue
		}
		card := l.node
		for n := l.node.Parent; n != nil && n.Data != "body" && n.Data != "html" && len(sellersOf[n]) == 1; n = n.Parent {
			card = n
		}
		r.Hit("catalog_link")
		readCard(s.of(l.slug, name, ""), l, card, name, r)
	}
}

type catalogLink struct {
	node *html.Node
	slug string
}

// name is the company's name in the link, if its text is one: not "View more", not a picture.
func (l catalogLink) name() string {
	t := page.TextLine(l.node)
	if t == "" {
		t, _ = normalise.Line(page.Attr(l.node, "title"))
	}
	f := normalise.Fold(t)
	switch {
	case f == "", len(t) > 120, strings.HasPrefix(f, "view "), strings.HasPrefix(f, "contact "), strings.HasPrefix(f, "more "), strings.HasPrefix(f, "visit "),
		strings.HasPrefix(f, "call "), f == "home", f == "about us", f == "products", f == "more", strings.HasPrefix(f, "get "), strings.HasPrefix(f, "see "),
		strings.HasPrefix(f, "explore "), strings.HasPrefix(f, "read "), f == "website", f == "profile", f == "company profile", f == "details":
		return ""
	}
	return t
}

func catalogLinks(p *page.Page) (links []catalogLink) {
	for _, a := range page.ByTag(p.Root, "a") {
		if slug := slugOf(page.Attr(a, "href")); slug != "" && !strings.Contains(page.Attr(a, "href"), "/proddetail/") {
			links = append(links, catalogLink{a, slug})
		}
	}
	return links
}

func readCard(d *page.Draft, l catalogLink, card *html.Node, name string, r *page.Reading) {
	if isProduct(l) {
		d.Add("custom.products", strings.ReplaceAll(name, ";", ","), "card", name)
		return
	}
	d.Put("url", catalog(l.slug), "card", page.Attr(l.node, "href"))
	d.Line("company", name, "card", name)
	whole := page.Text(card)
	if loc := cardPlace(card, name, r); loc != "" {
		d.Line("location", loc, "card", loc)
	}
	for _, a := range page.ByTag(card, "a") {
		href := page.Attr(a, "href")
		if strings.Contains(href, "/proddetail/") {
			if t := page.TextLine(a); t != "" {
				d.Add("custom.products", strings.ReplaceAll(t, ";", ","), "card", t)
				d.Line("custom.product", t, "card", t)
			}
		}
		if tel, ok := strings.CutPrefix(href, "tel:"); ok {
			d.Add("phone", strings.TrimSpace(tel), "tel", page.TextLine(a))
		}
	}
	if d.Get("phone") == "" {
		if m := cardPhone.FindString(whole); m != "" {
			d.Add("phone", strings.TrimSpace(m), "card", m)
		}
	}
	cardFigures(d, whole)
}

// isProduct reports whether a link into a catalogue leads to a product of it.
func isProduct(l catalogLink) bool {
	href, _, _ := strings.Cut(page.Attr(l.node, "href"), "?")
	return strings.Contains(href, ".html")
}

var (
	cardPhone  = regexp.MustCompile(`(?:\+91[\s-]?|\b0)?[6-9][0-9]{4}[\s-]?[0-9]{5}\b|\b0?80[0-9]{8}\b`)
	cardPrice  = regexp.MustCompile(`(?:₹|Rs\.?|INR)\s?[0-9][0-9,.]*(?:\s?(?:-|–|to)\s?[0-9][0-9,.]*)?(?:\s?/\s?[A-Za-z][A-Za-z .]{0,20})?`)
	cardRating = regexp.MustCompile(`\b([0-5](?:\.[0-9])?)\s?(?:/\s?5|★|⭐|\()\s?\(?\s?([0-9][0-9,]*)?`)
	moqText    = regexp.MustCompile(`(?i)(?:moq|min(?:imum|\.)? order(?: quantity)?)\s*:?\s*([0-9][0-9,.]*\s?[A-Za-z]{0,20})`)
)

func cardFigures(d *page.Draft, text string) {
	if m := gstin.FindString(text); m != "" {
		d.Line("custom.gstin", m, "text", m)
	}
	if m := cardPrice.FindString(text); m != "" {
		d.Line("custom.price", m, "text", m)
	}
	if m := cardRating.FindStringSubmatch(text); m != nil {
		d.Line("custom.rating", m[1], "text", m[0])
		d.Line("custom.reviews", strings.ReplaceAll(m[2], ",", ""), "text", m[0])
	}
	if m := moqText.FindStringSubmatch(text); m != nil {
		d.Line("custom.moq", m[1], "text", m[0])
	}
}

package indiamart

import (
	"regexp"
	"strings"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// readSupplier reads the page of one supplier or of one of its products: structured data, then its table of facts.
func readSupplier(s *sellers, p *page.Page, r *page.Reading) {
	d, ok := theSeller(s, p, r)
	if !ok {
		return
	}
	lines := page.Lines(p.Root)
	for _, f := range page.Facts(lines, factLabel) {
		r.Hit("facts")
		switch f.Field {
		case "name":
			contact(d, f.Value, f.Snippet)
		case "phone":
			if m := cardPhone.FindString(f.Value); m != "" {
				d.Add("phone", m, "text", f.Snippet)
			}
		case "location":
			d.Line("location", place(strings.Split(f.Value, ",")...), "text", f.Snippet)
		case "company_size":
			d.Line("company_size", sizeOf(f.Value), "text", f.Snippet)
		case "custom.gstin":
			d.Line(f.Field, gstin.FindString(strings.ToUpper(f.Value)), "text", f.Snippet)
		default:
			d.Line(f.Field, f.Value, "text", f.Snippet)
		}
	}
	text := page.Text(p.Root)
	cardFigures(d, text)
	for _, a := range page.ByTag(p.Root, "a") {
		href := page.Attr(a, "href")
		if tel, ok := strings.CutPrefix(href, "tel:"); ok {
			d.Add("phone", strings.TrimSpace(tel), "tel", href)
		}
		if mail, ok := strings.CutPrefix(href, "mailto:"); ok {
			mail, _, _ = strings.Cut(mail, "?")
			addEmail(d, mail, "mailto", r)
		}
	}
	reachUs(d, lines)
	if loc := cardPlace(p.Root, d.Get("company"), r); loc != "" && d.Get("location") == "" {
		d.Line("location", loc, "text", loc)
	}
	if t := p.Meta("description", "og:description"); t != "" {
		d.Put("content", t, "meta", t)
	}
}

// theSeller is the one seller that a page is about.
func theSeller(s *sellers, p *page.Page, r *page.Reading) (*page.Draft, bool) {
	if len(s.list) == 1 {
		d := s.list[0]
		structured(d, p, r)
		return d, true
	}
	address := p.Link("canonical")
	if address == "" {
		address = p.Doc.URL
	}
	slug := slugOf(address)
	d := page.NewDraft(address)
	structured(d, p, r)
	if d.Get("company") == "" {
		d.Line("company", heading(p, slug), "heading", "")
	}
	if d.Get("company") == "" {
		return nil, false
	}
	if slug != "" {
		d.Put("url", catalog(slug), "canonical", address)
		d.Find.Key = slug
	}
	s.list = append(s.list, d)
	return d, true
}

// heading is the supplier's name in the page's heading: only where the page is a supplier's.
func heading(p *page.Page, slug string) string {
	facts := 0
	for range page.Facts(page.Lines(p.Root), factLabel) {
		facts++
	}
	if slug == "" && facts < 2 {
		return ""
	}
	if h := p.First("h1"); h != nil {
		return page.TextLine(h)
	}
	name, _, _ := strings.Cut(p.Title(), " - ")
	return name
}

func structured(d *page.Draft, p *page.Page, r *page.Reading) {
	for _, t := range append(p.JSONLD(r), p.Microdata()...) {
		switch {
		case t.Is("Product"):
			d.Line("custom.product", page.Str(t.Props["name"]), t.Source, "")
			if price := page.GetStr(t.Props, "offers", "price"); price != "" {
				d.Line("custom.price", strings.TrimSpace(price+" "+page.GetStr(t.Props, "offers", "priceCurrency")), t.Source, "")
			}
			rated(d, t.Props, t.Source)
		case t.Is("Organization", "LocalBusiness", "Corporation", "Store") && !t.Inside("publisher", "author", "reviewedBy", "brand", "provider"):
			if strings.EqualFold(strings.TrimSpace(page.Str(t.Props["name"])), "indiamart") {
				continue
			}
			organisation(d, t)
		}
	}
}

func rated(d *page.Draft, props map[string]any, way string) {
	d.Line("custom.rating", page.GetStr(props, "aggregateRating", "ratingValue"), way, "")
	for _, k := range []string{"reviewCount", "ratingCount"} {
		d.Line("custom.reviews", page.GetStr(props, "aggregateRating", k), way, "")
	}
}

func organisation(d *page.Draft, t page.Thing) {
	d.Line("company", page.Str(t.Props["name"]), t.Source, "")
	if slug := slugOf(page.Str(t.Props["url"])); slug != "" {
		d.Put("url", catalog(slug), t.Source, "")
		d.Find.Key = slug
	}
	a := t.Props["address"]
	d.Line("location", place(page.GetStr(a, "addressLocality"), page.GetStr(a, "addressRegion")), t.Source, "")
	d.Line("custom.pincode", page.GetStr(a, "postalCode"), t.Source, "")
	d.Line("custom.address", page.GetStr(a, "streetAddress"), t.Source, "")
	for _, tel := range page.Strs(t.Props["telephone"]) {
		d.Add("phone", tel, t.Source, tel)
	}
	d.Line("custom.gstin", page.FirstStr(t.Props, "taxID", "vatID"), t.Source, "")
	rated(d, t.Props, t.Source)
}

func factLabel(label string) string {
	switch label {
	case "nature of business", "business type", "primary business", "primary business type":
		return "custom.business_type"
	case "total number of employees", "number of employees", "no of employees", "employees", "team size", "employee count":
		return "company_size"
	case "year of establishment", "established", "year established", "established in":
		return "custom.founded"
	case "legal status of firm", "legal status", "ownership type":
		return "custom.legal_form"
	case "annual turnover", "turnover", "annual turn over":
		return "custom.turnover"
	case "gst no", "gst number", "gstin", "gst", "gst identification number":
		return "custom.gstin"
	case "member since", "indiamart member since":
		return "custom.member_since"
	case "name of ceo", "ceo", "contact person", "director", "proprietor", "owner", "managing director", "partner", "company ceo":
		return "name"
	case "call us", "phone", "mobile", "call", "contact number", "telephone", "mobile number":
		return "phone"
	case "city", "location":
		return "location"
	case "address", "registered address", "company address":
		return "custom.address"
	case "industry", "category", "products category", "we deal in", "deals in":
		return "industry"
	case "payment mode":
		return "custom.payment"
	case "pincode", "pin code":
		return "custom.pincode"
	}
	return ""
}

var person = regexp.MustCompile(`^\s*((?:(?:Mr|Mrs|Ms|Dr|Shri|Smt)\.?\s+)?[^(),]{3,60}?)\s*(?:\(([^()]{3,60})\)|,\s*(.{3,60}))?\s*$`)

// contact reads "Mr. Ramesh Kumar (Proprietor)".
func contact(d *page.Draft, value, snippet string) {
	m := person.FindStringSubmatch(value)
	if m == nil || strings.ContainsAny(m[1], "0123456789:") {
		return
	}
	first, last := normalise.SplitName(m[1])
	if !d.Line("name", strings.TrimSpace(first+" "+last), "text", snippet) {
		return
	}
	title := m[2] + m[3]
	if label, _, ok := strings.Cut(snippet, ":"); title == "" && ok && !strings.EqualFold(strings.TrimSpace(label), "contact person") {
		title = strings.TrimPrefix(strings.TrimSpace(label), "Name of ")
	}
	d.Line("title", title, "text", snippet)
}

var (
	sizeRange = regexp.MustCompile(`([0-9][0-9,]*)\s*(?:-|–|to)\s*([0-9][0-9,]*)`)
	sizeOne   = regexp.MustCompile(`(?i)(upto|up to|below|less than|above|more than|over)?\s*([0-9][0-9,]*)\s*(\+)?`)
)

// sizeOf makes a range of "11 to 25 People" and "Upto 10 People".
func sizeOf(s string) string {
	clean := func(n string) string { return strings.ReplaceAll(n, ",", "") }
	if m := sizeRange.FindStringSubmatch(s); m != nil {
		return clean(m[1]) + "-" + clean(m[2])
	}
	m := sizeOne.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	switch strings.ToLower(m[1]) {
	case "upto", "up to", "below", "less than":
		return "1-" + clean(m[2])
	case "above", "more than", "over":
		return clean(m[2]) + "+"
	}
	return clean(m[2]) + m[3]
}

// reachUs reads the corner "Reach us": a person with a title in brackets.
func reachUs(d *page.Draft, lines []page.Line) {
	for i, l := range lines {
		switch normalise.Fold(l.Text) {
		case "reach us", "contact us", "contact person", "contact details":
			for _, next := range lines[i+1 : min(len(lines), i+4)] {
				if m := person.FindStringSubmatch(next.Text); m != nil && m[2] != "" {
					contact(d, next.Text, next.Text)
					return
				}
			}
		}
	}
}

package website

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// place is where the company is.
type place struct {
	text    string // "Austin, TX"
	country string // ISO
	street  string
	postal  string
	value
}

// readPlace looks at structured data, cards, <address>, then at lines that are written like an address.
func (s *site) readPlace() place {
	for _, t := range s.things {
		if !isOrganisation(t) || t.Inside("review", "reviews", "author", "memberOf", "publisher") {
			continue
		}
		for _, a := range many(t.Props["address"], t.Props["location"]) {
			if p := s.structuredPlace(a, t.Source); p.text != "" || p.country != "" {
				return p
			}
		}
	}
	for _, t := range s.things {
		if t.Is("PostalAddress") && !t.Inside("review", "author", "employee", "founder") {
			if p := s.structuredPlace(t.Props, t.Source); p.text != "" || p.country != "" {
				return p
			}
		}
	}
	for _, c := range s.cards {
		if c.place.text != "" || c.place.country != "" {
			p := c.place
			p.country = s.countries.Code(c.place.country)
			return p
		}
	}
	return s.textPlace()
}

// many flattens values and lists of values.
func many(vals ...any) (out []any) {
	for _, v := range vals {
		if l, ok := v.([]any); ok {
			out = append(out, l...)
		} else if v != nil {
			out = append(out, v)
		}
	}
	return out
}

func (s *site) structuredPlace(a any, method string) place {
	if text := page.Str(a); text != "" {
		return s.lineAddress(text, method)
	}
	if inner := page.Get(a, "address"); inner != nil {
		a = inner
	}
	if text := page.Str(a); text != "" {
		return s.lineAddress(text, method)
	}
	country := page.GetStr(a, "addressCountry")
	if country == "" {
		country = page.GetStr(a, "addressCountry", "name")
	}
	p := place{country: s.countries.Code(country), street: page.GetStr(a, "streetAddress"), postal: page.GetStr(a, "postalCode")}
	p.text = joinPlace(page.GetStr(a, "addressLocality"), page.GetStr(a, "addressRegion"))
	p.value = value{text: p.text, method: method, snippet: joinPlace(p.street, p.postal, p.text, country)}
	return p
}

func joinPlace(parts ...string) string {
	var out []string
	for _, p := range parts {
		p, _ = normalise.Line(strings.Trim(p, " ,"))
		if p != "" && (len(out) == 0 || !strings.EqualFold(out[len(out)-1], p)) {
			out = append(out, p)
		}
	}
	return strings.Join(out, ", ")
}

var (
	// "10115 Berlin", "75001 Paris", "D-80331 München", "00100 Helsinki", "1010 Wien", "114 55 Stockholm"
	postCity = regexp.MustCompile(`(?:^|[,\s·|•])(?:[A-Z]{1,3}[- ])?([0-9]{4,5}|[0-9]{3} ?[0-9]{2}|[0-9]{4} ?[A-Z]{2}|[0-9]{2}-[0-9]{3})\s+(\p{Lu}\p{Ll}[\p{L}.'’-]+(?:[ /-](?:\p{Lu}[\p{L}.'’-]+|am|an|der|im|in|bei|ob|sur|sous|la|le|les|de|del|d'|Cedex))*)`)
	// "Austin, TX 78701", "Toronto, ON M5V 2T6"
	cityState = regexp.MustCompile(`(\p{Lu}[\p{L}.'-]+(?: \p{Lu}[\p{L}.'-]+){0,2}),\s+([A-Z]{2}|\p{Lu}[\p{L}]+(?: \p{Lu}[\p{L}]+)?)\s+([0-9]{5}(?:-[0-9]{4})?|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9])\b`)
	// "London EC1A 1BB"
	ukCity = regexp.MustCompile(`(\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)?),?\s+([A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})\b`)
	// "Pune - 411001, Maharashtra", "Mumbai 400001"
	inCity = regexp.MustCompile(`(\p{Lu}[\p{L}]+(?: \p{Lu}[\p{L}]+)?)\s*[-–,]?\s*([1-9][0-9]{2} ?[0-9]{3})\b(?:[,.\s]+(\p{Lu}[\p{L}]+(?: \p{Lu}[\p{L}]+)?))?`)
)

// textPlace reads an address from the text: <address> first, then the lines from the end, where footers are.
func (s *site) textPlace() place {
	for _, a := range page.ByTag(s.page.Root, "address") {
		if p := s.lineAddress(strings.ReplaceAll(page.Text(a), "\n", ", "), "address"); p.text != "" {
			return p
		}
	}
	own := normalise.CompanyKey(s.company.text)
	for i, l := range s.lines { // the address under the company's name
		if own == "" || len(l.Text) > 400 || !strings.Contains(" "+normalise.Fold(l.Text)+" ", " "+own+" ") {
			continue
		}
		for j := i; j < min(len(s.lines), i+5); j++ {
			if p := s.placeAt(j); p.text != "" {
				return p
			}
		}
	}
	for i := range slices.Backward(s.lines) {
		if p := s.placeAt(i); p.text != "" {
			return p
		}
	}
	return place{}
}

var register = regexp.MustCompile(`(?i)\b(hrb|hra|amtsgericht|registergericht|handelsregister|siret|rcs|iban|ust)\b`)

// placeAt reads the address in a line; the country may stand in the next.
func (s *site) placeAt(i int) place {
	l := s.lines[i]
	if len(l.Text) > 400 || credits.MatchString(l.Text[:min(len(l.Text), 40)]) || s.inQuote(l.Block) {
		return place{}
	}
	text := l.Text
	if m := register.FindStringIndex(text); m != nil {
		text = text[:m[0]]
	}
	p := s.lineAddress(text, "text")
	if p.text != "" && p.country == "" && i+1 < len(s.lines) {
		p.country = s.countries.Code(s.lines[i+1].Text)
	}
	return p
}

// lineAddress reads one written address.
func (s *site) lineAddress(text, method string) (p place) {
	text, _ = normalise.Line(text)
	p.value = value{method: method, snippet: text}
	last := ""
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '·' || r == '|' || r == '•' })
	for i, part := range slices.Backward(parts) {
		if last != "" {
			break
		}
		if part = strings.Trim(part, " ."); len([]rune(part)) > 3 || part == "USA" || part == "UK" || part == "UAE" {
			last = s.countries.Code(part)
		}
		if len(parts)-i > 2 {
			break
		}
	}
	p.country = last
	switch {
	case cityState.MatchString(text):
		m := cityState.FindStringSubmatch(text)
		p.text, p.postal = m[1]+", "+m[2], m[3]
		if p.country == "" {
			p.country = "US"
			if m[3][0] >= 'A' {
				p.country = "CA"
			}
		}
	case ukCity.MatchString(text):
		m := ukCity.FindStringSubmatch(text)
		p.text, p.postal, p.country = m[1], m[2], "GB"
	case (p.country == "" || p.country == "IN") && inCity.MatchString(text) && len(onlyDigits(inCity.FindStringSubmatch(text)[2])) == 6:
		m := inCity.FindStringSubmatch(text)
		p.text, p.postal = joinPlace(m[1], m[3]), m[2]
		if s.countries.Code(m[3]) != "" {
			p.text = m[1]
		}
		if p.country == "" && indian(text) {
			p.country = "IN"
		}
	case postCity.MatchString(text):
		m := postCity.FindStringSubmatch(text)
		if yearLike(m[1]) && p.country == "" && method == "text" {
			return place{}
		}
		p.text, p.postal = m[2], m[1]
	case method != "text" && p.country != "" && len(parts) >= 2:
		p.text = strings.TrimSpace(parts[len(parts)-2])
	default:
		if method == "text" {
			return place{}
		}
	}
	p.value.text = p.text
	return p
}

func yearLike(d string) bool {
	return len(d) == 4 && (strings.HasPrefix(d, "19") || strings.HasPrefix(d, "20"))
}

func indian(text string) bool {
	f := " " + normalise.Fold(text) + " "
	for _, w := range []string{" india ", " maharashtra ", " gujarat ", " karnataka ", " rajasthan ", " tamil nadu ", " delhi ", " uttar pradesh ", " haryana ", " telangana ", " kerala ", " punjab ", " west bengal ", " mumbai ", " pune ", " bengaluru ", " bangalore ", " chennai ", " hyderabad ", " kolkata ", " ahmedabad "} {
		if strings.Contains(f, w) {
			return true
		}
	}
	return false
}

// inQuote reports whether a block stands in what others say about the company.
func (s *site) inQuote(n *html.Node) bool {
	for up := 0; n != nil && up < 12; n, up = n.Parent, up+1 {
		if n.Data == "blockquote" || quoteClass.MatchString(page.Attr(n, "class")+" "+page.Attr(n, "id")) {
			return true
		}
	}
	return false
}

var quoteClass = regexp.MustCompile(`(?i)(testimonial|review|quote|customer-|client-(?:say|story|quote)|case-stud|success-stor|referenz|kundenstimm|temoignage|témoignage|bewertung|endorsement|comment|feedback)`)

package website

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

func unescapePath(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// lineText is the text of a small element, "" for a big one.
func lineText(n *html.Node) string {
	if n.Type != html.ElementNode || n.Data == "body" || n.Data == "html" {
		return strings.Repeat("x", 300)
	}
	return page.TextLine(n)
}

// regionOf is the country of the company: of its address, its domain, its phone numbers' codes, the page's language.
func (s *site) regionOf() string {
	if s.place.country != "" {
		return s.place.country
	}
	if c := domainCountry(s.domain); c != "" {
		return c
	}
	tag := s.langAttr()
	if _, region, ok := strings.Cut(tag, "-"); ok && len(region) == 2 {
		if c := s.countries.Code(strings.ToUpper(region)); c != "" {
			return c
		}
	}
	if c := s.phoneCountry(); c != "" {
		return c
	}
	if m := vatID.FindStringSubmatch(page.TextLine(s.page.Root)); m != nil {
		return s.countries.Code(m[1])
	}
	return languageHome(s.language)
}

var (
	vatID   = regexp.MustCompile(`\b(AT|BE|DE|DK|EE|ES|FI|FR|HU|IE|IT|LU|NL|PL|PT|SE|SI|SK|CZ)U?[0-9]{8,12}\b`)
	intlTel = regexp.MustCompile(`(?:\+|\b00)[1-9][0-9 ()./-]{7,20}[0-9]`)
)

// phoneCountry is the country of the first international number on the page.
func (s *site) phoneCountry() string {
	var tries []string
	for _, a := range page.ByTag(s.page.Root, "a") {
		if v, ok := phoneLink(page.Attr(a, "href")); ok {
			tries = append(tries, v)
		}
	}
	for _, l := range s.lines {
		tries = append(tries, intlTel.FindAllString(l.Text[:min(len(l.Text), 2000)], 3)...)
	}
	for _, t := range s.things {
		tries = append(tries, page.Strs(t.Props["telephone"])...)
	}
	for _, raw := range tries {
		p, bad := normalise.ParsePhone(trunkZero.ReplaceAllString(raw, ""), "")
		if bad != nil {
			continue
		}
		n, err := phonenumbers.Parse(p.E164, "")
		if err != nil {
			continue
		}
		if c := phonenumbers.GetRegionCodeForNumber(n); len(c) == 2 && c != "ZZ" {
			return c
		}
		if c := phonenumbers.GetRegionCodeForCountryCode(int(n.GetCountryCode())); len(c) == 2 && c != "ZZ" && c != "US" {
			return c
		}
	}
	return ""
}

// domainCountry is the country of a country's top-level domain; those that are used like .com name none.
func domainCountry(domain string) string {
	tld := strings.ToUpper(domain[strings.LastIndexByte(domain, '.')+1:])
	switch tld {
	case "UK":
		return "GB"
	case "IO", "CO", "AI", "ME", "TV", "CC", "LY", "GG", "SH", "TO", "FM", "AM", "IS", "ID", "LA", "VC", "WS", "GL", "EU", "SO", "IM", "AC", "ST", "MS", "NU", "TK", "ML", "GA", "CF", "GQ", "PW", "BZ", "AG", "SC":
		return ""
	}
	if len(tld) == 2 && phonenumbers.GetCountryCodeForRegion(tld) != 0 {
		return tld
	}
	return ""
}

// languageHome is the country to which national numbers on a page most likely belong, when only its language is known.
func languageHome(lang string) string {
	switch lang {
	case "de", "fr", "fi", "it", "nl", "pl", "es", "hu", "ro", "tr", "sk", "bg", "hr", "lt", "lv":
		return strings.ToUpper(lang)
	case "cs":
		return "CZ"
	case "sv":
		return "SE"
	case "da":
		return "DK"
	case "nb", "no":
		return "NO"
	case "et":
		return "EE"
	case "el":
		return "GR"
	case "ja":
		return "JP"
	case "ko":
		return "KR"
	case "he":
		return "IL"
	case "hi", "ta", "te", "mr", "gu", "bn":
		return "IN"
	}
	return ""
}

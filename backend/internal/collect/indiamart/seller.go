package indiamart

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"strings"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// GSTINs are the tax numbers in a text: two digits of the state, the PAN, a count, Z, a check character.
var gstin = regexp.MustCompile(`\b[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]Z[0-9A-Z]\b`)

// sellers gathers what a page shows of sellers: one find each, however many products it lists.
type sellers struct {
	list []*page.Draft
	at   map[string]*page.Draft
}

// of is the draft of a seller, by the name it has in its address, else by its name and place.
func (s *sellers) of(slug, company, location string) *page.Draft {
	key := slug
	if key == "" {
		key = normalise.Fold(company) + "|" + normalise.Fold(location)
	}
	if s.at == nil {
		s.at = map[string]*page.Draft{}
	}
	if d := s.at[key]; d != nil {
		return d
	}
	address := ""
	if slug != "" {
		address = catalog(slug)
	}
	d := page.NewDraft(address)
	d.Find.Key = slug
	s.at[key] = d
	s.list = append(s.list, d)
	return d
}

// finds are the sellers of whom at least the name is known.
func (s *sellers) finds(r *page.Reading) (out []collect.Find) {
	for _, d := range s.list {
		if d.Get("company") == "" {
			r.Note("seller_without_name", "A seller's entry shows no company name: "+d.Find.URL)
			continue
		}
		d.Put("country", "IN", "place", "")
		out = append(out, d.Find)
	}
	return out
}

func catalog(slug string) string { return "https://www.indiamart.com/" + slug + "/" }

// slugOf is the seller's name in the address of its catalogue, "" when the address is none of a catalogue.
func slugOf(address string) string {
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if host != "" && host != "indiamart.com" && host != "www.indiamart.com" && host != "m.indiamart.com" {
		return ""
	}
	first, rest, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	if first == "company" { // an older form: /company/123456/
		first, _, _ = strings.Cut(rest, "/")
	}
	if !slugShape.MatchString(first) || notSeller(first) {
		return ""
	}
	return first
}

var slugShape = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{2,80}$`)

// notSeller are the first parts of addresses that belong to the place itself.
func notSeller(s string) bool {
	switch s {
	case "proddetail", "impcat", "city", "search", "search.mp", "messages", "my", "about", "help", "contact", "terms-of-use", "privacy-policy",
		"manufacturers", "suppliers", "isearch", "industry", "corporate", "customer-care", "register", "sign-in", "login", "buyleads", "indianexporters",
		"products", "css", "js", "img", "images", "tradeleads", "advertise", "jobs", "press-section", "success-stories", "link-to-us", "bl", "enquiry", "services", "company":
		return true
	}
	return strings.HasSuffix(s, ".html") || strings.HasSuffix(s, ".mp")
}

// sellerID is the number behind a base64 id; other ids stay as they are.
func sellerID(s string) string {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(b) == 0 {
		return s
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return s
		}
	}
	return string(b)
}

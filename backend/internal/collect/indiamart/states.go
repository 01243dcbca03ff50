package indiamart

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// state reports whether s is a state or union territory of India.
func state(s string) bool {
	switch normalise.Fold(s) {
	case "andhra pradesh", "arunachal pradesh", "assam", "bihar", "chhattisgarh", "goa", "gujarat", "haryana", "himachal pradesh", "jharkhand",
		"karnataka", "kerala", "madhya pradesh", "maharashtra", "manipur", "meghalaya", "mizoram", "nagaland", "odisha", "orissa", "punjab",
		"rajasthan", "sikkim", "tamil nadu", "telangana", "tripura", "uttar pradesh", "uttarakhand", "west bengal", "delhi", "new delhi",
		"chandigarh", "puducherry", "pondicherry", "jammu and kashmir", "jammu kashmir", "ladakh", "andaman and nicobar islands",
		"dadra and nagar haveli", "daman and diu", "lakshadweep":
		return true
	}
	return false
}

// cardPlace finds the place of a card: an element that is named so, else a line that ends in a state.
func cardPlace(card *html.Node, company string, r *page.Reading) string {
	for _, l := range page.Lines(card) {
		t := strings.TrimSpace(strings.TrimPrefix(l.Text, "Location:"))
		if i := strings.LastIndexByte(t, ','); i > 0 && len(t) < 120 && state(strings.Trim(t[i+1:], " .")) {
			r.Hit("place_by_state")
			return place(strings.Split(t, ",")...)
		}
	}
	for i, l := range page.Lines(card) {
		if i > 0 && twoPlaces.MatchString(l.Text) && !strings.Contains(l.Text, company) {
			r.Hit("place_by_shape")
			return place(strings.Split(l.Text, ",")...)
		}
	}
	var found string
	page.Walk(card, func(n *html.Node) bool {
		if found == "" && n.Type == html.ElementNode && placeClass(page.Attr(n, "class")) {
			if t := page.TextLine(n); t != "" && len(t) < 120 && !strings.EqualFold(t, company) && !strings.ContainsAny(t, "₹@") {
				found = t
			}
		}
		return found == ""
	})
	if found == "" {
		return ""
	}
	r.Hit("place_by_class")
	found = strings.TrimSpace(strings.TrimPrefix(found, "Location:"))
	return place(strings.Split(found, ",")...)
}

// twoPlaces is a quarter and its city: "Bhosari, Pune".
var twoPlaces = regexp.MustCompile(`^\p{Lu}[\p{L}.-]+(?: \p{Lu}[\p{L}.-]+){0,2}, \p{Lu}[\p{L}.-]+(?: \p{Lu}[\p{L}.-]+){0,1}$`)

func placeClass(class string) bool {
	for c := range strings.FieldsSeq(strings.ToLower(class)) {
		for _, w := range []string{"location", "city", "address", "s-add", "-loc", "loc-", "cityname", "place"} {
			if strings.Contains(c, w) {
				return true
			}
		}
	}
	return false
}

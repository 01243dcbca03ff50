package places

import (
	"strings"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// readPlace makes a find of a place in any of the shapes. A place that has closed for good is no lead.
func readPlace(m map[string]any, r *page.Reading) {
	name := page.FirstStr(m, "displayName", "title", "name")
	if n := page.GetStr(m["displayName"], "text"); n != "" {
		name = n
	}
	status := page.FirstStr(m, "businessStatus", "business_status", "status")
	id := placeID(m)
	switch up := strings.ToUpper(status); {
	case up == "CLOSED_PERMANENTLY" || strings.Contains(up, "PERMANENTLY CLOSED"), page.Str(m["permanently_closed"]) == "true":
		r.Note("closed", name+" has closed for good and was left out.")
		return
	case name == "":
		r.Note("place_without_name", "A place has no name: the field mask asked for none. Its id is "+id+".")
		return
	}
	maps := page.FirstStr(m, "googleMapsUri", "url", "link")
	d := page.NewDraft(maps)
	d.Find.Key = id
	d.Line("company", name, "displayName", "")
	d.Line("source_id", id, "id", "")
	site := page.FirstStr(m, "websiteUri", "website", "web_site")
	d.Put("url", site, "websiteUri", site)
	d.Add("phone", page.FirstStr(m, "internationalPhoneNumber", "international_phone_number", "phone", "nationalPhoneNumber", "formatted_phone_number"), "phone", "")
	for _, e := range emails(m["emails"]) {
		d.Add("email", e, "emails", "")
	}
	readAddress(d, m)
	d.Line("industry", category(m), "primaryType", "")
	d.Line("custom.rating", page.FirstStr(m, "rating", "review_rating"), "rating", "")
	d.Line("custom.reviews", page.FirstStr(m, "userRatingCount", "user_ratings_total", "review_count"), "userRatingCount", "")
	d.Line("custom.price_level", strings.TrimPrefix(page.FirstStr(m, "priceLevel", "price_level", "price_range"), "PRICE_LEVEL_"), "priceLevel", "")
	if status != "" && !strings.EqualFold(status, "OPERATIONAL") {
		d.Line("custom.business_status", status, "businessStatus", "")
	}
	d.Put("custom.maps_url", maps, "googleMapsUri", "")
	if open := page.Strs(page.Get(m, "regularOpeningHours", "weekdayDescriptions")); len(open) > 0 {
		d.Line("custom.opening_hours", strings.Join(open, "; "), "regularOpeningHours", "")
	}
	d.Put("content", words(m), "reviews", words(m))
	r.Finds = append(r.Finds, d.Find)
}

func placeID(m map[string]any) string {
	id := page.FirstStr(m, "id", "place_id", "placeId")
	if full := page.Str(m["name"]); id == "" && strings.HasPrefix(full, "places/") {
		id = strings.TrimPrefix(full, "places/")
	}
	if id == "" {
		id = page.FirstStr(m, "cid", "data_id")
	}
	return id
}

func emails(v any) (out []string) {
	good, _, _ := normalise.Emails(strings.ReplaceAll(strings.Join(page.Strs(v), ";"), ",", ";"))
	for _, e := range good {
		out = append(out, e.Address)
	}
	return out
}

func readAddress(d *page.Draft, m map[string]any) {
	formatted := page.FirstStr(m, "formattedAddress", "formatted_address", "address", "shortFormattedAddress", "vicinity")
	var city, region, country string
	for _, c := range components(m) {
		for _, t := range page.Strs(c["types"]) {
			long, short := page.FirstStr(c, "longText", "long_name"), page.FirstStr(c, "shortText", "short_name")
			switch t {
			case "locality", "postal_town":
				city = long
			case "administrative_area_level_1":
				region = short
			case "country":
				country = short
			case "postal_code":
				d.Line("custom.postal_code", long, "addressComponents", "")
			}
		}
	}
	if full := asMap(m["complete_address"]); full != nil {
		city, region, country = page.Str(full["city"]), page.Str(full["state"]), page.Str(full["country"])
		d.Line("custom.postal_code", page.Str(full["postal_code"]), "complete_address", "")
	}
	location := strings.Trim(city+", "+region, ", ")
	if city == "" {
		location = formatted
	}
	d.Line("location", location, "address", formatted)
	d.Line("custom.address", formatted, "address", formatted)
	if country == "" {
		country = page.Countries().OfLocation(formatted)
	}
	d.Line("country", country, "address", formatted)
}

func components(m map[string]any) (out []map[string]any) {
	for _, k := range []string{"addressComponents", "address_components"} {
		l, _ := m[k].([]any)
		for _, e := range l {
			out = append(out, asMap(e))
		}
	}
	return out
}

// category is what the business is, in words.
func category(m map[string]any) string {
	if t := page.GetStr(m, "primaryTypeDisplayName", "text"); t != "" {
		return t
	}
	t := page.FirstStr(m, "primaryType", "category")
	if l := page.Strs(m["categories"]); t == "" && len(l) > 0 {
		t = l[0]
	}
	if l := page.Strs(m["types"]); t == "" && len(l) > 0 {
		t = l[0]
	}
	if t == "establishment" || t == "point_of_interest" {
		return ""
	}
	return strings.ReplaceAll(t, "_", " ")
}

// words are what the place and its visitors say: the summary and the reviews, without the reviewers' names.
func words(m map[string]any) string {
	var out []string
	for _, k := range []string{"editorialSummary", "generativeSummary", "editorial_summary"} {
		for _, path := range [][]string{{k, "text"}, {k, "overview"}, {k, "overview", "text"}} {
			if t := page.GetStr(m, path...); t != "" {
				out = append(out, t)
			}
		}
	}
	if t := page.FirstStr(m, "description", "descriptions"); t != "" {
		out = append(out, t)
	}
	for _, k := range []string{"reviews", "user_reviews", "user_reviews_extended"} {
		l, _ := m[k].([]any)
		for _, e := range l {
			rv := asMap(e)
			text := page.GetStr(rv, "text", "text")
			if text == "" {
				text = page.FirstStr(rv, "text", "Description", "description")
			}
			if text == "" {
				text = page.GetStr(rv, "originalText", "text")
			}
			if text != "" {
				stars := page.FirstStr(rv, "rating", "Rating")
				out = append(out, strings.TrimPrefix(stars+"/5: "+strings.TrimSpace(text), "/5: "))
			}
		}
	}
	return strings.Join(out, "\n")
}

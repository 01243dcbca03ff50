package indiamart

import (
	"strings"
	"time"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// IST is the zone of IndiaMART's times, which name none.
func IST() *time.Location { return time.FixedZone("IST", 5*3600+1800) }

// ParseLeads reads the answer of Pull v2 (a list) or what Push sends (one object). A lead that comes twice is one find.
func ParseLeads(d page.Document) (r page.Reading) {
	v, err := page.ParseJSON(d.Body)
	if err != nil {
		r.Unread(d, "The answer is no JSON: it was probably cut off.")
		return r
	}
	if t := TroubleOf(d.Body); t != nil {
		r.Note("indiamart_"+string(t.Action), t.Advice())
	}
	at := map[string]int{}
	for _, row := range rows(v) {
		f := leadOf(row, &r)
		if i, twice := at[f.Key]; twice && f.Key != "" {
			fill(&r.Finds[i], f)
			r.Note("delivered_twice", "IndiaMART delivered the enquiry "+f.Key+" twice; it is one.")
			continue
		}
		at[f.Key] = len(r.Finds)
		r.Finds = append(r.Finds, f)
	}
	return r
}

// rows are the enquiries of an answer, whatever is wrapped around them.
func rows(v any) (list []map[string]any) {
	page.Objects(v, func(_ string, m map[string]any) bool {
		up := upper(m)
		if up["UNIQUE_QUERY_ID"] != nil || (up["SENDER_MOBILE"] != nil && up["QUERY_TYPE"] != nil) {
			list = append(list, up)
			return false
		}
		return true
	})
	return list
}

func upper(m map[string]any) map[string]any {
	out := make(map[string]any, len(m))
	for k, v := range m {
		out[strings.ToUpper(k)] = v
	}
	return out
}

func fill(have *collect.Find, again collect.Find) {
	for k, v := range again.Fields {
		if have.Fields[k] == "" {
			have.Fields[k] = v
		}
	}
}

// Words that stand where a buyer gave no name.
func nobody(name string) bool {
	switch normalise.Fold(name) {
	case "indiamart buyer", "buyer", "indiamart user", "guest":
		return true
	}
	return false
}

func leadOf(m map[string]any, r *page.Reading) collect.Find {
	d := page.NewDraft("")
	put := func(field, column string) { d.Line(field, page.Str(m[column]), column, "") }
	if name := page.Str(m["SENDER_NAME"]); !nobody(name) {
		d.Line("name", name, "SENDER_NAME", "")
	}
	put("company", "SENDER_COMPANY")
	for _, c := range []string{"SENDER_EMAIL", "SENDER_EMAIL_ALT"} {
		addEmail(d, page.Str(m[c]), c, r)
	}
	for _, c := range []string{"SENDER_MOBILE", "SENDER_MOBILE_ALT", "SENDER_PHONE", "SENDER_PHONE_ALT"} {
		if v := page.Str(m[c]); !normalise.Placeholder(v) {
			d.Add("phone", v, c, v)
		}
	}
	put("country", "SENDER_COUNTRY_ISO")
	d.Put("location", place(page.Str(m["SENDER_CITY"]), page.Str(m["SENDER_STATE"])), "SENDER_CITY", "")
	put("custom.address", "SENDER_ADDRESS")
	put("custom.pincode", "SENDER_PINCODE")
	put("custom.query_type", "QUERY_TYPE")
	put("custom.product", "QUERY_PRODUCT_NAME")
	put("custom.category", "QUERY_MCAT_NAME")
	put("custom.call_duration", "CALL_DURATION")
	put("custom.receiver_mobile", "RECEIVER_MOBILE")
	put("custom.receiver_catalog", "RECEIVER_CATALOG")
	id := page.Str(m["UNIQUE_QUERY_ID"])
	d.Line("source_id", id, "UNIQUE_QUERY_ID", id)
	d.Find.Key = id
	message(d, page.Str(m["SUBJECT"]), page.Str(m["QUERY_MESSAGE"]))
	if t, ok := queryTime(page.Str(m["QUERY_TIME"])); ok {
		d.Find.At = t
		d.Put("posted_at", t.Format(time.RFC3339), "QUERY_TIME", page.Str(m["QUERY_TIME"]))
	} else if s := page.Str(m["QUERY_TIME"]); s != "" {
		r.Note("time_unreadable", "The time "+page.Snippet(s)+" of an enquiry cannot be read.")
	}
	return d.Find
}

func addEmail(d *page.Draft, v, method string, r *page.Reading) {
	if normalise.Placeholder(v) || strings.TrimSpace(v) == "" {
		return
	}
	good, bad, _ := normalise.Emails(v)
	for _, a := range good {
		d.Add("email", a.Address, method, v)
	}
	for _, b := range bad {
		r.Note("email_unreadable", "No e-mail address: "+page.Snippet(b))
	}
}

// place joins what names a place, leaving out what repeats.
func place(parts ...string) string {
	var out []string
	for _, p := range parts {
		p, _ = normalise.Line(strings.Trim(strings.TrimSpace(p), ","))
		if normalise.Placeholder(p) || p == "" || (len(out) > 0 && strings.EqualFold(out[len(out)-1], p)) {
			continue
		}
		out = append(out, p)
	}
	return strings.Join(out, ", ")
}

// queryTime reads the shapes in which the API writes times; without a zone they are IST.
func queryTime(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02T15:04:05", "02-01-2006 15:04:05", "02-01-200615:04:05", "02-Jan-2006 15:04:05", "02-Jan-2006", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, s, IST()); err == nil {
			return t, true
		}
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, true
	}
	return time.Time{}, false
}

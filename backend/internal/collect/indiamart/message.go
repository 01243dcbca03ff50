package indiamart

import (
	"html"
	"regexp"
	"strings"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

var (
	breaks = regexp.MustCompile(`(?i)<\s*/?\s*(br|p|div|li|tr)\b[^>]{0,200}>`)
	tags   = regexp.MustCompile(`<[^<>]{1,500}>`)
)

// plain makes text of a message: breaks become lines, other tags go, entities and written-out escapes are read.
func plain(s string) string {
	s = breaks.ReplaceAllString(s, "\n")
	s = tags.ReplaceAllString(s, " ")
	s = html.UnescapeString(s)
	s = strings.NewReplacer(`\\`, `\`, `\r\n`, "\n", `\n`, "\n", `\r`, "\n", `\t`, " ").Replace(s)
	var lines []string
	for l := range strings.SplitSeq(s, "\n") {
		if l, _ = normalise.Line(l); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

// message reads the enquiry: its text as content, its "label : value" lines as fields.
func message(d *page.Draft, subject, msg string) {
	body := plain(msg)
	subject = plain(subject)
	quantity, unit := "", ""
	for l := range strings.SplitSeq(body, "\n") {
		k, v, ok := strings.Cut(l, ":")
		if k, v = strings.TrimSpace(k), strings.TrimSpace(v); !ok || v == "" || len(k) > 60 {
			continue
		}
		switch f := messageLabel(normalise.Fold(k)); f {
		case "":
		case "quantity":
			quantity = v
		case "unit":
			unit = v
		default:
			d.Line(f, v, "QUERY_MESSAGE", l)
		}
	}
	if quantity != "" {
		if unit != "" && !strings.Contains(strings.ToLower(quantity), strings.ToLower(unit)) {
			quantity += " " + unit
		}
		d.Line("custom.quantity", quantity, "QUERY_MESSAGE", "Quantity: "+quantity)
	}
	content := body
	if subject != "" && !strings.Contains(normalise.Fold(body), normalise.Fold(subject)) {
		content = strings.TrimSpace(subject + "\n" + body)
	}
	d.Put("content", content, "QUERY_MESSAGE", content)
}

// messageLabel is the field that a label of an enquiry means.
func messageLabel(label string) string {
	switch label {
	case "quantity", "qty", "required quantity", "quantity required", "estimated quantity", "order quantity":
		return "quantity"
	case "quantity unit", "unit":
		return "unit"
	case "probable order value", "approx order value", "approximate order value", "order value", "budget", "expected order value":
		return "custom.order_value"
	case "probable requirement type", "requirement type", "purpose", "usage", "i need this for", "need this for", "why do you need this", "usage application":
		return "custom.requirement_type"
	case "requirement frequency", "frequency", "need is":
		return "custom.requirement_frequency"
	case "preferred location", "preferred supplier location", "supplier location", "preferred suppliers":
		return "custom.preferred_location"
	case "currency":
		return "custom.currency"
	case "timeline", "requirement urgency", "urgency", "need it", "expected delivery", "delivery time", "required by":
		return "custom.timeline"
	}
	return ""
}

package normalise

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Phone is a number in E.164, with an extension where one was given.
type Phone struct {
	E164 string // "+15125550100"
	Ext  string // "5", or empty
}

var scientific = regexp.MustCompile(`^[0-9]([.,][0-9]+)?[eE]\+?[0-9]{1,2}$`)

// ParsePhone reads one number. region is the ISO 3166 code that national numbers belong to, or empty: then only
// international ones (+… or 00…) can be read. A number that Excel turned to 9.19877E+11 is refused: its last digits
// are lost for good.
func ParsePhone(raw, region string) (Phone, *Problem) {
	s, _ := Line(raw)
	s = trimPhone(Unquote(s))
	if scientific.MatchString(s) {
		return Phone{}, problem("phone_scientific", "a spreadsheet rounded this number ("+s+"); its last digits are lost: export it again with the column as text")
	}
	if digits(s) < 5 {
		return Phone{}, problem("phone_invalid", "not a phone number")
	}
	if strings.HasPrefix(s, "00") {
		s = "+" + s[2:]
	}
	intl := strings.HasPrefix(s, "+")
	if !intl && region == "" {
		return Phone{}, problem("phone_no_region", "a national number without a country: choose the default region, or write it with + and the country code")
	}
	n, err := phonenumbers.Parse(s, region)
	if err != nil {
		return Phone{}, problem("phone_invalid", "not a phone number of "+regionName(region))
	}
	if !phonenumbers.IsValidNumber(n) && (!intl || !phonenumbers.IsPossibleNumber(n)) {
		return Phone{}, problem("phone_invalid", "no such number in "+regionName(region)+": check the digits and the country code")
	}
	return Phone{E164: phonenumbers.Format(n, phonenumbers.E164), Ext: n.GetExtension()}, nil
}

func regionName(region string) string {
	if region == "" {
		return "the country it names"
	}
	return region
}

// trimPhone takes off labels: p:+1… (Meta), tel:, callto:, "Mobile: …".
func trimPhone(s string) string {
	if i := strings.IndexByte(s, ':'); i >= 0 && i < 12 && digits(s[:i]) == 0 {
		s = s[i+1:]
	}
	return strings.TrimSpace(s)
}

func digits(s string) (n int) {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

// Phones reads every number of one cell; bad holds the parts that are none, with the first reason.
func Phones(cell, region string) (good []Phone, bad []string, why *Problem) {
	seen := map[string]bool{}
	for _, part := range splitPhones(cell) {
		if part == "" || noAnswer(part) || strings.Contains(part, "@") {
			continue
		}
		p, prob := ParsePhone(part, region)
		if prob != nil {
			bad = append(bad, part)
			if why == nil {
				why = prob
			}
			continue
		}
		if !seen[p.E164] {
			seen[p.E164] = true
			good = append(good, p)
		}
	}
	return good, bad, why
}

// splitPhones keeps "tel:+34…;ext=5" and "(030) 12 34 / 56" whole: a lone short tail after / is an extension range.
func splitPhones(cell string) []string {
	var parts []string
	for _, p := range splitCell(cell) {
		if low := strings.ToLower(p); len(parts) > 0 && (strings.HasPrefix(low, "ext=") || strings.HasPrefix(low, "ext")) {
			parts[len(parts)-1] += ";" + p
			continue
		}
		parts = append(parts, p)
	}
	return parts
}

package mapping

import (
	"strings"

	"winnow/backend/internal/intake/normalise"
)

// profile is what the values of a column look like.
type profile struct {
	filled, emails, linkedIn, companies, urls, phones, long, dates int
}

func profileOf(values []string) (p profile) {
	for _, v := range values {
		v = strings.TrimSpace(v)
		if v == "" || normalise.Placeholder(v) {
			continue
		}
		p.filled++
		if strings.Contains(v, "@") {
			if good, _, _ := normalise.Emails(v); len(good) > 0 && len(v) < 200 {
				p.emails++
			}
		}
		_, kind, ok := normalise.LinkedIn(v)
		switch {
		case ok && (kind == normalise.LinkedInPerson || kind == normalise.LinkedInSalesLead):
			p.linkedIn++
		case ok && kind == normalise.LinkedInCompany:
			p.companies++
		case strings.Contains(v, "://") || strings.HasPrefix(v, "www."):
			if _, ok := normalise.URL(v); ok {
				p.urls++
			}
		}
		if looksPhone(v) {
			p.phones++
		}
		if len(v) > 120 || strings.Count(v, " ") > 15 {
			p.long++
		}
		if _, _, bad := normalise.Date(v, normalise.OrderMonthDay); bad == nil {
			p.dates++
		}
	}
	return p
}

// looksPhone: written like an international number.
func looksPhone(v string) bool {
	v = strings.TrimPrefix(normalise.Unquote(v), "p:")
	if !strings.HasPrefix(v, "+") || len(v) > 24 {
		return false
	}
	n := 0
	for _, r := range v[1:] {
		switch {
		case r >= '0' && r <= '9':
			n++
		case !strings.ContainsRune(" -().", r):
			return false
		}
	}
	return n >= 8 && n <= 15
}

func most(n, of int) bool { return of > 0 && 10*n >= 6*of }

// byValues finds a field for a column without a telling name.
func (p profile) byValues() (alias, float64, string) {
	switch {
	case most(p.emails, p.filled):
		return alias{Email, 3}, 0.75, "its values are e-mail addresses"
	case most(p.linkedIn, p.filled):
		return alias{LinkedIn, 3}, 0.75, "its values are LinkedIn profiles"
	case most(p.phones, p.filled):
		return alias{Phone, 4}, 0.7, "its values are phone numbers"
	}
	return alias{}, 0, ""
}

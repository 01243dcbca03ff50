package evalset

import (
	"strconv"
	"strings"
	"time"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// equality says whether two written values of a field are the same value.
type equality struct{ countries *normalise.Countries }

func (q equality) same(field, a, b, region string) bool {
	if a == b {
		return true
	}
	switch field {
	case "email":
		return strings.EqualFold(q.email(a), q.email(b))
	case "phone":
		return samePhone(a, b, region)
	case "linkedin_url", "url":
		return address(a) == address(b)
	case "name":
		return person(a) == person(b)
	case "title":
		return title(a) == title(b)
	case "company":
		return normalise.Fold(a) == normalise.Fold(b) || (normalise.CompanyKey(a) != "" && normalise.CompanyKey(a) == normalise.CompanyKey(b))
	case "country":
		return q.countries.Code(a) != "" && q.countries.Code(a) == q.countries.Code(b)
	case "language":
		return normalise.Language(a) != "" && normalise.Language(a) == normalise.Language(b)
	case "company_size":
		return size(a) == size(b)
	case "posted_at":
		return sameTime(a, b)
	case "location":
		return samePlace(a, b) || samePlace(b, a)
	case "content":
		return sameText(normalise.Fold(a), normalise.Fold(b))
	case "source":
		return true // the folder says which source it is
	case "value":
		return number(a) != "" && number(a) == number(b)
	}
	return normalise.Fold(a) == normalise.Fold(b) || (number(a) != "" && number(a) == number(b)) || (strings.Contains(a, "://") && address(a) == address(b))
}

func (q equality) email(s string) string {
	if e, p := normalise.ParseEmail(s); p == nil {
		return strings.ToLower(e.Address)
	}
	return strings.TrimSpace(s)
}

// samePhone compares in E.164, else digit by digit: a national number is the end of its international one.
func samePhone(a, b, region string) bool {
	pa, ea := normalise.ParsePhone(a, region)
	pb, eb := normalise.ParsePhone(b, region)
	if ea == nil && eb == nil && pa.E164 == pb.E164 {
		return true
	}
	da, db := strings.TrimLeft(digits(a), "0"), strings.TrimLeft(digits(b), "0")
	if len(da) > len(db) {
		da, db = db, da
	}
	return len(da) >= 7 && strings.HasSuffix(db, da) && len(db)-len(da) <= 4
}

func digits(s string) string {
	if i := strings.IndexAny(s, ",;x"); i > 6 { // an extension
		s = s[:i]
	}
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func address(s string) string {
	if c, kind, ok := normalise.LinkedIn(s); ok && kind != normalise.LinkedInPost {
		return strings.ToLower(c)
	}
	if c, ok := normalise.URL(s); ok {
		s = c
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
	return strings.TrimRight(strings.TrimPrefix(s, "www."), "/")
}

// title is a job title without "at Company" and what a headline adds behind a bar.
func title(s string) string {
	s, _, _ = strings.Cut(s, " | ")
	s, _, _ = strings.Cut(s, " at ")
	return normalise.Fold(s)
}

func person(s string) string {
	first, last := normalise.SplitName(s)
	return normalise.Fold(first + " " + last)
}

func size(s string) string {
	s = strings.NewReplacer("–", "-", "—", "-", " to ", "-", " ", "", ",", "").Replace(strings.ToLower(normalise.CompanySize(s)))
	return strings.Map(func(r rune) rune {
		if (r >= '0' && r <= '9') || r == '-' || r == '+' {
			return r
		}
		return -1
	}, s)
}

// sameTime compares moments; where one of them names a day only, days.
func sameTime(a, b string) bool {
	ta, dayA, ea := normalise.Date(a, normalise.OrderUnknown)
	tb, dayB, eb := normalise.Date(b, normalise.OrderUnknown)
	if ea != nil || eb != nil {
		return false
	}
	if ta.Equal(tb) {
		return true
	}
	wall := func(t time.Time) string { return t.Format("2006-01-02T15:04:05") }
	if !zoned(a) || !zoned(b) {
		if wall(ta) == wall(tb) || wall(asWritten(a, ta)) == wall(asWritten(b, tb)) {
			return true
		}
	}
	if dayA || dayB {
		return asWritten(a, ta).Format(time.DateOnly) == asWritten(b, tb).Format(time.DateOnly)
	}
	return false
}

func zoned(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasSuffix(s, "Z") || (len(s) > 19 && strings.ContainsAny(s[19:], "+-"))
}

// asWritten is the time on the clock of the zone in which it was written.
func asWritten(s string, t time.Time) time.Time {
	if w, err := time.Parse(time.RFC3339, strings.TrimSpace(s)); err == nil {
		return w
	}
	return t
}

// samePlace reports whether b names every part of the place a: it may say more.
func samePlace(a, b string) bool {
	whole := " " + normalise.Fold(b) + " "
	for part := range strings.SplitSeq(normalise.Fold(strings.ReplaceAll(a, ",", " , ")), " ") {
		if part != "" && !strings.Contains(whole, " "+part+" ") {
			return false
		}
	}
	return strings.TrimSpace(a) != ""
}

// sameText reports whether one text holds the other and is not more than four times as long, or four fifths of their words
// are shared.
func sameText(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a == "" {
		return false
	}
	if strings.Contains(b, a) && len(b) <= 4*len(a) {
		return true
	}
	count, shared := map[string]int{}, 0
	wa, wb := strings.Fields(a), strings.Fields(b)
	for _, w := range wa {
		count[w]++
	}
	for _, w := range wb {
		if count[w] > 0 {
			count[w]--
			shared++
		}
	}
	return float64(2*shared) >= 0.8*float64(len(wa)+len(wb))
}

// number is a figure in one form; "" for what is none.
func number(s string) string {
	f, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(s), ",", ""), 64)
	if err != nil {
		return ""
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// customName folds the name of a custom field, so that "GSTIN", "gst_number" and "gst no" meet.
func customName(field string) string {
	name := strings.ReplaceAll(normalise.Fold(page.Snippet(strings.TrimPrefix(field, "custom."))), " ", "")
	switch name {
	case "gst", "gstnumber", "gstno", "gstin":
		return "gstin"
	case "reviewcount", "ratingcount", "userratingcount", "reviews", "userratingstotal":
		return "reviews"
	case "technologies", "technology", "tech":
		return "technologies"
	}
	return name
}

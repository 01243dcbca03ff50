package rules

import (
	"strings"
	"time"
)

// isNear and isMiddling sort a date by how many days off it is; days is -1 for a day of the month without a month
// ("by the 20th": within a month) and -2 for a month alone when the day of posting is not known.
func isNear(days int, wholeMonth bool) bool {
	return days == -1 || (days >= 0 && days <= 31 && !wholeMonth) || (wholeMonth && days >= 0 && days <= 8)
}

func isMiddling(days int, _ bool) bool { return days == -2 || (days > 8 && days <= 200) }

// dated looks for a date that goes with an intent or a deadline in its sentence.
func (r *reading) dated(wanted func(days int, wholeMonth bool) bool) (int, bool) {
	posted, known := postedAt(r.in.PostedAt)
	for s, sent := range r.d.sents {
		if r.flags[s].past || r.flags[s].other || !r.intentHere(s) {
			continue
		}
		for i := sent.lo; i < sent.hi; i++ {
			days, whole, ok := r.dateAt(i, sent, posted, known)
			if ok && wanted(days, whole) {
				return s, true
			}
		}
	}
	return 0, false
}

func postedAt(s string) (time.Time, bool) {
	if len(s) < 10 {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, s[:10])
	return t, err == nil
}

// dateAt reads a date whose first telling token is i.
func (r *reading) dateAt(i int, sent sentence, posted time.Time, known bool) (days int, whole, ok bool) {
	if m := month(r.d.toks[i].text); m > 0 {
		day := r.dayBeside(i, sent)
		if day == 0 && (r.d.toks[i].text == "may" || r.d.toks[i].text == "march" && i == sent.lo) {
			return 0, false, false
		}
		if !known {
			if day > 0 {
				return 15, false, true
			}
			return -2, true, true
		}
		return daysTo(posted, m, day), day == 0, true
	}
	if m, d := feast(r.d.toks[i].text, r.wordAfter(i+1)); m > 0 {
		if !known {
			return -2, true, true
		}
		return daysTo(posted, m, d), false, true
	}
	if isOrdinal(r.d.toks[i].text) && i > sent.lo && month(r.wordAfter(i+1)) == 0 && (r.wordAfter(i+1) != "de" && r.wordAfter(i+1) != "of") {
		switch r.d.toks[i-1].text {
		case "the", "by", "on", "before":
			return -1, false, true
		}
	}
	return 0, false, false
}

// dayBeside is the day of the month next to a month's name, 0 when there is none.
func (r *reading) dayBeside(i int, sent sentence) int {
	for _, j := range []int{i - 1, i + 1, i - 2} {
		if j < sent.lo || j >= sent.hi {
			continue
		}
		if j == i-2 && r.d.toks[i-1].text != "de" && r.d.toks[i-1].text != "of" && r.d.toks[i-1].text != "." {
			continue
		}
		w := strings.TrimRight(r.d.toks[j].text, "stndrh")
		if n, ok := number(w); ok && n >= 1 && n <= 31 && n == float64(int(n)) {
			return int(n)
		}
	}
	return 0
}

// daysTo counts from posted to the next such day; more than 300 means it just went by.
func daysTo(posted time.Time, m time.Month, day int) int {
	if day == 0 {
		day = 1
	}
	t := time.Date(posted.Year(), m, day, 0, 0, 0, 0, time.UTC)
	if t.Before(posted) && (t.Month() != posted.Month() || day != 1) {
		t = t.AddDate(1, 0, 0)
	}
	return int(t.Sub(posted).Hours() / 24)
}

func isOrdinal(w string) bool {
	if len(w) < 3 || len(w) > 4 || w[0] < '1' || w[0] > '9' {
		return false
	}
	return strings.HasSuffix(w, "th") || strings.HasSuffix(w, "st") || strings.HasSuffix(w, "nd") || strings.HasSuffix(w, "rd")
}

// feast: days that English-speaking business plans by.
func feast(w, next string) (time.Month, int) {
	switch w {
	case "thanksgiving":
		return time.November, 27
	case "christmas", "xmas", "weihnachten", "navidad":
		return time.December, 25
	case "bfcm":
		return time.November, 28
	case "black":
		if next == "friday" {
			return time.November, 28
		}
	case "year-end", "jahresende":
		return time.December, 31
	}
	return 0, 0
}

func month(w string) time.Month {
	switch w {
	case "january", "jan", "enero", "januar", "जनवरी", "يناير":
		return time.January
	case "february", "feb", "febrero", "februar", "फरवरी", "فبراير":
		return time.February
	case "march", "mar", "marzo", "marz", "मार्च", "مارس":
		return time.March
	case "april", "apr", "abril", "अप्रैल", "أبريل":
		return time.April
	case "may", "mayo", "mai", "मई", "مايو":
		return time.May
	case "june", "jun", "junio", "juni", "जून", "يونيو":
		return time.June
	case "july", "jul", "julio", "juli", "जुलाई", "يوليو":
		return time.July
	case "august", "aug", "agosto", "अगस्त", "أغسطس":
		return time.August
	case "september", "sept", "sep", "septiembre", "सितंबर", "سبتمبر":
		return time.September
	case "october", "oct", "octubre", "oktober", "अक्टूबर", "أكتوبر":
		return time.October
	case "november", "nov", "noviembre", "नवंबर", "نوفمبر":
		return time.November
	case "december", "dec", "diciembre", "dezember", "दिसंबर", "ديسمبر":
		return time.December
	}
	return 0
}

package normalise

import (
	"strconv"
	"strings"
	"time"
)

// DateOrder is how a column writes day and month when both are numbers.
type DateOrder string

// The orders. Unknown means: nothing in the column decides it.
const (
	OrderUnknown  DateOrder = ""
	OrderDayMonth DateOrder = "dmy"
	OrderMonthDay DateOrder = "mdy"
)

// DateColumn learns from every value of a column how its dates are to be read. Zero value is ready.
type DateColumn struct{ dmy, mdy, either int }

// Add takes one value into account.
func (c *DateColumn) Add(raw string) {
	s, _ := Line(Unquote(raw))
	a, b, _, sep, _, ok := numericDate(s)
	if !ok || sep == '.' {
		return
	}
	switch {
	case a > 12 && b >= 1 && b <= 12 && a <= 31:
		c.dmy++
	case b > 12 && a >= 1 && a <= 12 && b <= 31:
		c.mdy++
	case a >= 1 && a <= 12 && b >= 1 && b <= 12 && a != b:
		c.either++
	}
}

// Order is what the column's own values prove: both or neither proves nothing.
func (c DateColumn) Order() DateOrder {
	switch {
	case c.dmy > 0 && c.mdy == 0:
		return OrderDayMonth
	case c.mdy > 0 && c.dmy == 0:
		return OrderMonthDay
	}
	return OrderUnknown
}

// Unclear reports whether some value can be read two ways and nothing in the column says which.
func (c DateColumn) Unclear() bool { return c.either > 0 && c.Order() == OrderUnknown }

// Date reads one date. It never overflows (2024-13-01 is refused) and never guesses: 03/04/2024 without a known
// order is "date_ambiguous". A date without a time is midnight UTC; dayOnly says so. Bare numbers are read as
// Unix seconds, milliseconds, or a spreadsheet's day count (1900 system).
func Date(raw string, order DateOrder) (t time.Time, dayOnly bool, p *Problem) {
	s, _ := Line(Unquote(raw))
	s = strings.NewReplacer("\u202f", " ", " UTC", "Z", " at ", " ").Replace(s)
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		return dateOfNumber(n)
	}
	for _, l := range dateLayouts() {
		if v, err := time.Parse(l.layout, s); err == nil {
			return v.UTC(), l.day, nil
		}
	}
	return numericDateTime(s, order)
}

type dateLayout struct {
	layout string
	day    bool
}

func dateLayouts() []dateLayout {
	return []dateLayout{
		{"2006-01-02", true},
		{time.RFC3339Nano, false},
		{"2006-01-02 15:04:05", false},
		{"2006-01-02 15:04", false},
		{"2006-01-02T15:04:05", false},
		{"2006-01-02T15:04", false},
		{"2006-01-02 15:04:05Z", false},
		{"2006-01-02 15:04:05Z07:00", false},
		{"2006-01-02T15:04:05.999Z0700", false},
		{"2006-01-02 15:04:05 -0700", false},
		{"2006-01-02 3:04 PM", false},
		{"2006/01/02", true},
		{"2006/01/02 15:04:05", false},
		{"20060102T150405Z", false},
		{"2 Jan 2006", true},
		{"2 January 2006", true},
		{"2-Jan-2006", true},
		{"2-Jan-06", true},
		{"2 Jan 06", true},
		{"Jan 2, 2006", true},
		{"January 2, 2006", true},
		{"Jan 2 2006", true},
		{"Mon, 2 Jan 2006", true},
		{"2 Jan 2006 15:04", false},
		{"2 Jan 2006 15:04:05", false},
		{"2 Jan 2006, 15:04", false},
		{"Jan 2, 2006 3:04 PM", false},
		{"Jan 2, 2006, 3:04 PM", false},
		{"January 2, 2006 3:04 PM", false},
		{time.RFC1123, false},
		{time.RFC1123Z, false},
		{"Mon Jan _2 15:04:05 2006", false},
	}
}

func dateOfNumber(n float64) (time.Time, bool, *Problem) {
	const day = 24 * time.Hour
	switch {
	case n >= 20000 && n < 80000: // spreadsheet days: 1954 to 2119
		whole := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(n) * day)
		frac := time.Duration((n - float64(int64(n))) * float64(day)).Round(time.Second)
		return whole.Add(frac), frac == 0, nil
	case n >= 5e8 && n < 5e9:
		return time.Unix(int64(n), 0).UTC(), false, nil
	case n >= 5e11 && n < 5e12:
		return time.UnixMilli(int64(n)).UTC(), false, nil
	}
	return time.Time{}, false, problem("date_invalid", "a number that is no date")
}

// numericDate splits 01/20/2024, 20.03.2024 or 3-4-24 with whatever follows; sep is the separator.
func numericDate(s string) (a, b, year int, sep byte, rest string, ok bool) {
	head, rest, _ := strings.Cut(strings.Replace(s, ",", "", 1), " ")
	i := strings.IndexAny(head, "/.-")
	if i <= 0 || i > 2 {
		return
	}
	sep = head[i]
	parts := strings.Split(head, string(sep))
	if len(parts) != 3 || (len(parts[2]) != 4 && len(parts[2]) != 2) {
		return
	}
	a, b, year = smallNumber(parts[0]), smallNumber(parts[1]), smallNumber(parts[2])
	if a <= 0 || b <= 0 || year < 0 {
		return 0, 0, 0, sep, "", false
	}
	if len(parts[2]) == 2 {
		year += 2000
		if year > 2068 {
			year -= 100
		}
	}
	return a, b, year, sep, rest, true
}

func numericDateTime(s string, order DateOrder) (time.Time, bool, *Problem) {
	bad := problem("date_invalid", "not a date: write it as 2024-01-31")
	a, b, year, sep, rest, ok := numericDate(s)
	if !ok {
		return time.Time{}, false, bad
	}
	day, month := a, b
	switch {
	case sep == '.' || a > 12: // dots are written day first everywhere
	case b > 12 || order == OrderMonthDay:
		day, month = b, a
	case order == OrderDayMonth || a == b:
	default:
		return time.Time{}, false, problem("date_ambiguous", "day and month can be either way round: write it as 2024-01-31")
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if month > 12 || t.Day() != day {
		return time.Time{}, false, bad
	}
	if rest == "" {
		return t, true, nil
	}
	for _, l := range []string{"15:04", "15:04:05", "3:04 PM", "3:04:05 PM", "3:04PM"} {
		if c, err := time.Parse(l, strings.ToUpper(strings.TrimSpace(rest))); err == nil {
			return t.Add(time.Duration(c.Hour())*time.Hour + time.Duration(c.Minute())*time.Minute + time.Duration(c.Second())*time.Second), false, nil
		}
	}
	return time.Time{}, false, bad
}

func monthNumber(s string) int {
	months := "janfebmaraprmayjunjulaugsepoctnovdec"
	s = strings.ToLower(strings.TrimSpace(s))
	if len(s) != 3 {
		return 0
	}
	if i := strings.Index(months, s); i >= 0 && i%3 == 0 {
		return i/3 + 1
	}
	return 0
}

func smallNumber(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		return -1
	}
	return n
}

func itoa(n int) string { return strconv.Itoa(n) }

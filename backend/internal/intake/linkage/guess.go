package linkage

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"winnow/backend/internal/intake/normalise"
)

// column is what the values of a column of unknown meaning look like.
type column struct {
	filled, dates, numbers, codes, emails, phones, hosts, streets, words, long int
	lengths                                                                    map[int]int
	distinct                                                                   map[string]int
	repeats                                                                    bool // within one file
}

// Guess tells from its values alone how a field of the user's own is compared; ok is false for one that cannot tell
// who is who: empty, always the same, or the number of the row. files holds the column's values, file by file.
func Guess(files ...[]string) (k Kind, ok bool) {
	c := column{lengths: map[int]int{}, distinct: map[string]int{}}
	for _, vals := range files {
		here := map[string]bool{}
		for _, v := range vals {
			if blank(v) {
				continue
			}
			v = strings.TrimSpace(v)
			c.take(v)
			low := strings.ToLower(v)
			c.repeats = c.repeats || here[low]
			here[low] = true
			c.distinct[low]++
		}
	}
	if c.filled < 2 || len(c.distinct) < 2 {
		return 0, false
	}
	k = c.kind()
	if k == ID || k == Number || k == Phone || k == Postcode {
		if slices.ContainsFunc(files, numbering) {
			return 0, false
		}
	}
	if (k == ID || k == Number) && !c.repeats && len(c.distinct) == c.filled {
		return 0, false // never the same twice: it tells rows apart, and joins none
	}
	return k, true
}

func (c *column) take(v string) {
	c.filled++
	c.lengths[len(v)]++
	d := digitsOnly(v)
	plainNumber := strings.ReplaceAll(strings.TrimPrefix(v, "-"), ",", "")
	_, err := strconv.ParseFloat(plainNumber, 64)
	isNumber := err == nil && d != ""
	switch {
	case looksDate(v):
		c.dates++
	case strings.Contains(v, "@") && strings.Contains(v, "."):
		c.emails++
	case looksPhone(v, d):
		c.phones++
	case looksHost(v):
		c.hosts++
	}
	if isNumber {
		c.numbers++
	}
	if d != "" && !strings.Contains(v, " ") && len(v) < 40 {
		c.codes++
	}
	if looksStreet(v) {
		c.streets++
	}
	n := len(strings.Fields(v))
	c.words += n
	if n > 8 || len(v) > 80 {
		c.long++
	}
}

func (c *column) most(n int) bool { return 10*n >= 7*c.filled }

func (c *column) kind() Kind {
	switch {
	case c.most(c.dates):
		return Date
	case c.most(c.emails):
		return Email
	case c.most(c.phones):
		return Phone
	case c.most(c.hosts):
		return Website
	case 10*c.numbers >= 9*c.filled:
		if c.sameLength() && len(c.distinct) > 30 {
			return ID
		}
		return Number
	case 10*c.codes >= 9*c.filled:
		if len(c.distinct) <= 50 && len(c.distinct)*20 <= c.filled {
			return Category
		}
		return ID
	case 10*c.streets >= 5*c.filled:
		return Street
	case len(c.distinct) <= 60 && len(c.distinct)*15 <= c.filled:
		return Category
	case c.long*3 > c.filled || c.words > 7*c.filled:
		return Text
	}
	return Label
}

// sameLength: nearly all values have as many digits, at least five: a number that somebody gave out.
func (c *column) sameLength() bool {
	for n, times := range c.lengths {
		if n >= 5 && 20*times >= 19*c.filled {
			return true
		}
	}
	return false
}

// numbering reports whether values only number the rows: whole numbers, perhaps behind one prefix, all different and
// without large gaps.
func numbering(vals []string) bool {
	seen := map[int]bool{}
	low, high := math.MaxInt, math.MinInt
	filled := 0
	for _, v := range vals {
		if blank(v) {
			continue
		}
		filled++
		n, err := strconv.Atoi(strings.TrimLeft(strings.TrimSpace(v), "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_#."))
		if err != nil || seen[n] {
			return false
		}
		seen[n] = true
		low, high = min(low, n), max(high, n)
	}
	return filled > 1 && high-low < 3*filled+10
}

func looksDate(v string) bool {
	if len(v) < 6 || len(v) > 32 || v[0] == '+' {
		return false
	}
	if d := digitsOnly(v); d == v {
		if len(v) != 8 {
			return false
		}
		year, month := v[:4], v[4:6]
		return year >= "1880" && year <= "2060" && month >= "01" && month <= "12"
	}
	if !strings.ContainsAny(v, "/-. ,") {
		return false
	}
	_, _, p := normalise.Date(v, normalise.OrderMonthDay)
	return p == nil
}

func looksPhone(v, digits string) bool {
	if len(digits) < 7 || len(digits) > 15 || len(v) > 26 || digits == v {
		return false
	}
	letters := 0
	for _, r := range v {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			letters++
		}
	}
	return letters <= 3 && (v[0] == '+' || v[0] == '(' || strings.Count(v, "-")+strings.Count(v, " ")+strings.Count(v, "/")+strings.Count(v, ".") >= 2)
}

func looksHost(v string) bool {
	return !strings.ContainsAny(v, " @") && (strings.Contains(v, "://") || strings.HasPrefix(v, "www.")) && normalise.Domain(v) != ""
}

// looksStreet: words that begin with a house number or name a kind of street.
func looksStreet(v string) bool {
	words := strings.Fields(normalise.Latin(v))
	if len(words) < 2 || len(words) > 12 {
		return false
	}
	if houseNumber(words[0]) && !ordinal(words[0]) {
		return true
	}
	for _, w := range words[1:] {
		if s := streetWord(w); streetType(s) && len(w) > 1 {
			return true
		}
	}
	return false
}

// Persons reports whether names are mostly people's and not organisations'.
func Persons(names []string) bool {
	t := newNameTable()
	people, firms, seen := 0, 0, 0
	for _, n := range names {
		if blank(n) {
			continue
		}
		seen++
		s := normalise.Latin(n)
		words := strings.Fields(s)
		switch {
		case hasDigit(s) || strings.ContainsAny(n, "&/@()") || len(words) > 5 || firmWord(words) || len(words) == 1:
			firms++
		case t.known(words[0]) || len(words) > 1 && t.known(words[len(words)-1]):
			people++
		}
	}
	return seen > 0 && people > firms && 5*people >= seen
}

func firmWord(words []string) bool {
	for i, w := range words {
		if generic(w) && w != "new" && w != "first" && w != "saint" && w != "house" || i > 0 && tradeWord(w) != "" && len(w) > 2 || w == "the" || w == "of" {
			return true
		}
	}
	return len(words) > 1 && normalise.CompanyKey(strings.Join(words, " ")) != strings.Join(words, " ")
}

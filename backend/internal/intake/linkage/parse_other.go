package linkage

import (
	"strconv"
	"strings"

	"winnow/backend/internal/intake/linkage/similar"
	"winnow/backend/internal/intake/normalise"
)

// date reads a day; the column's own order of day and month was applied before (see Guess). Days that cannot be, such
// as month 17, are kept as written: a typo made them.
func date(raw string) value {
	s := strings.TrimSpace(raw)
	d := digitsOnly(s)
	if len(d) != 8 || len(s) > 10 {
		t, _, p := normalise.Date(s, normalise.OrderMonthDay)
		if p != nil {
			return value{}
		}
		d = t.Format("20060102")
	} else if len(s) == 10 && (s[2] < '0' || s[2] > '9') { // 31/12/1999, 12/31/1999
		day, month := s[0:2], s[3:5]
		if month > "12" {
			day, month = month, day
		}
		d = s[6:10] + month + day
	}
	n, err := strconv.ParseFloat(d, 64)
	if err != nil || d == "19000101" || d == "19700101" || d == "00000000" || filler(d) {
		return value{}
	}
	return value{text: d, tight: d, n: n}
}

// code reads an id: letters and digits only, leading zeros kept.
func code(raw string) value {
	v := plain(tight(normalise.Latin(raw)))
	if filler(v.tight) {
		return value{}
	}
	return v
}

func number(raw string) value {
	s := strings.ReplaceAll(strings.TrimSpace(raw), ",", "")
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		v := plain(tight(normalise.Latin(raw)))
		v.flag = true
		return v
	}
	s = strconv.FormatFloat(n, 'f', -1, 64)
	return value{text: s, tight: s, n: n}
}

// label reads a short text.
func label(raw string) value {
	v := plain(normalise.Latin(raw))
	v.alt2 = similar.Sound(v.tight)
	for w := range strings.FieldsSeq(v.text) {
		v.words = append(v.words, word{text: w, weight: 1})
	}
	return v
}

// text reads a longer text: its distinct words.
func text(raw string) value {
	v := plain(normalise.Latin(raw))
	seen := map[string]bool{}
	for w := range strings.FieldsSeq(v.text) {
		if len(w) > 1 && !seen[w] && len(v.words) < 60 {
			seen[w] = true
			v.words = append(v.words, word{text: w, weight: 1})
		}
	}
	return v
}

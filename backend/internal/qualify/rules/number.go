package rules

import (
	"strconv"
	"strings"
)

// number reads "2,300", "14,000", "190k", "60" or a number word.
func number(w string) (float64, bool) {
	if n, ok := numberWord(w); ok {
		return n, true
	}
	clean := strings.ReplaceAll(w, ",", "")
	scale := 1.0
	switch {
	case strings.HasSuffix(clean, "k"):
		clean, scale = clean[:len(clean)-1], 1000
	case strings.HasSuffix(clean, "m"):
		clean, scale = clean[:len(clean)-1], 1e6
	}
	n, err := strconv.ParseFloat(clean, 64)
	return n * scale, err == nil && clean != "" && clean[0] >= '0' && clean[0] <= '9'
}

func numberWord(w string) (float64, bool) {
	for i, n := range []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"} {
		if w == n {
			return float64(i + 1), true
		}
	}
	switch w {
	case "dos", "zwei", "do", "deux", "دو":
		return 2, true
	case "tres", "drei", "teen", "तीन":
		return 3, true
	case "cuatro", "vier", "char", "चार":
		return 4, true
	case "cinco", "funf", "paanch", "पांच":
		return 5, true
	case "seis", "sechs":
		return 6, true
	case "fifteen":
		return 15, true
	case "twenty":
		return 20, true
	case "thirty":
		return 30, true
	case "forty":
		return 40, true
	case "fifty":
		return 50, true
	case "hundred":
		return 100, true
	}
	return 0, false
}

// Package spelling mends misspelt searches by the words that leads have. It keeps those words from the event log, with
// the parts by which they are found, and finds for a word that no lead has the nearest one that some lead has.
package spelling

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Bounds on words, in runes: shorter ones have too many neighbours, longer ones are no words.
const (
	minWord = 4
	maxWord = 30
)

// Words are the words of texts that can mend a search: folded, letters only, each once, sorted.
func Words(texts ...string) []string {
	var out []string
	for _, text := range texts {
		for w := range strings.FieldsFuncSeq(Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if usable(w) {
				out = append(out, w)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Fold brings a text into the form in which words are compared: small letters without marks.
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

func usable(w string) bool {
	n := 0
	for _, r := range w {
		if n++; !unicode.IsLetter(r) || n > maxWord {
			return false
		}
	}
	return n >= minWord
}

// A short word is found by what is left of it without one of its letters, a longer one by its runs of three letters: a
// mistake in a short word leaves no such run whole. Words between are found both ways, since a mistake can also make a
// word longer or shorter.
const (
	mostShort = 6 // letters of a word that is looked for as a short one
	shortKept = mostShort + 1
	longKept  = mostShort + 1 - 2
)

// keysOf are the parts by which a stored word is found.
func keysOf(word string) []string {
	n := len([]rune(word))
	var out []string
	if n <= shortKept {
		out = append(out, remains(word)...)
	}
	if n >= longKept {
		out = append(out, runs(word)...)
	}
	return out
}

// partsOf are the parts that a misspelt word is looked up by.
func partsOf(word string) []string {
	if len([]rune(word)) <= mostShort {
		return remains(word)
	}
	return runs(word)
}

// remains are the word and what is left of it without one letter, marked so that no run is taken for one.
func remains(word string) []string {
	r := []rune(word)
	out := []string{"-" + word}
	for i := range r {
		out = append(out, "-"+string(r[:i])+string(r[i+1:]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// runs are the runs of three letters of a word between marks of its two ends, each once.
func runs(word string) []string {
	r := []rune("^" + word + "$")
	out := make([]string, 0, len(r))
	for i := 0; i+3 <= len(r); i++ {
		out = append(out, string(r[i:i+3]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// allowed is how many mistakes a word of n letters may have.
func allowed(n int) int {
	if n <= mostShort {
		return 1
	}
	return 2
}

// distance counts the letters to insert, drop, change, or swap with their neighbour to make b of a; more than limit is
// told as limit+1. (Optimal string alignment.)
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		two, one, cur := rows[0], rows[1], rows[2]
		cur[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(one[j]+1, cur[j-1]+1, one[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, two[j-2]+1)
			}
			cur[j] = d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
		rows[0], rows[1], rows[2] = one, cur, two
	}
	return min(rows[1][len(b)], limit+1)
}

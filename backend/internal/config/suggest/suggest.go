// Package suggest finds the name that somebody probably meant. It knows nothing of what the names stand for.
package suggest

import (
	"strings"

	"github.com/xrash/smetrics"
)

// Closest is the name nearest to word by edit distance, or "" when none is near enough to be a slip of the hand:
// at most two edits, or one in three letters for longer words. Letter case, '-', '_' and ' ' do not count.
func Closest(word string, names []string) string {
	if len(word) > 100 {
		return ""
	}
	plain := strings.NewReplacer("-", "", "_", "", " ", "")
	w := plain.Replace(strings.ToLower(word))
	best, bestAt := "", max(2, len(w)/3)+1
	for _, name := range names {
		n := plain.Replace(strings.ToLower(name))
		d := smetrics.WagnerFischer(w, n, 1, 1, 1)
		if d < bestAt && d < len(n) {
			best, bestAt = name, d
		}
	}
	return best
}

// Hint is ` Did you mean "name"?` for the closest name, or "".
func Hint(word string, names []string) string {
	if best := Closest(word, names); best != "" {
		return ` Did you mean "` + best + `"?`
	}
	return ""
}

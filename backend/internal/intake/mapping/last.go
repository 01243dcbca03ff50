package mapping

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Choice is a mapping as it is remembered: hash of a column's folded name → field. No name of a column is kept, since
// the first row of a file without names is data. ownName stands for a field of the user's own under the column's name.
type Choice map[string]Field

const ownName Field = customPrefix

// Fingerprint tells files with the same columns, in whatever order and spelling.
func Fingerprint(headers []string) string {
	keys := columnKeys(headers)
	slices.Sort(keys)
	sum := sha256.Sum256([]byte(strings.Join(keys, " ")))
	return hex.EncodeToString(sum[:])
}

// columnKeys has a key for each header. Headers that fold to the same are told apart by their exact text, so that the
// order of the columns does not matter.
func columnKeys(headers []string) []string {
	order := make([]int, len(headers))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(headers[a], headers[b]) })
	keys, seen := make([]string, len(headers)), map[string]int{}
	for _, i := range order {
		name := fold(headers[i])
		sum := sha256.Sum256([]byte(name + strings.Repeat("\x00", seen[name])))
		seen[name]++
		keys[i] = hex.EncodeToString(sum[:12])
	}
	return keys
}

func (mp Mapping) headers() []string {
	out := make([]string, len(mp.Columns))
	for i, c := range mp.Columns {
		out[i] = c.Header
	}
	return out
}

// Same reports whether both map the same columns to the same fields.
func (mp Mapping) Same(other Mapping) bool {
	return slices.EqualFunc(mp.Columns, other.Columns, func(a, b Column) bool { return a.Header == b.Header && a.Field == b.Field })
}

// Choice is the mapping to remember.
func (mp Mapping) Choice() Choice {
	out := Choice{}
	for i, key := range columnKeys(mp.headers()) {
		f := mp.Columns[i].Field
		if f == Field(customPrefix+customKey(mp.Columns[i].Header)) {
			f = ownName
		}
		out[key] = f
	}
	return out
}

// AsLast is the suggestion with a remembered choice over it. What is not known any more keeps the suggestion.
func (mp Mapping) AsLast(c Choice) map[string]*string {
	out := map[string]*string{}
	for i, key := range columnKeys(mp.headers()) {
		f, ok := c[key]
		if !ok {
			continue
		}
		header := mp.Columns[i].Header
		if f == ownName {
			f = Field(customPrefix + customKey(header))
		}
		if f == Skip {
			out[header] = nil
		} else if text := string(f); Known(f) {
			out[header] = &text
		}
	}
	return out
}

package read

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"winnow/backend/internal/intake/normalise"
)

// headerOf is the header's place among the first rows as the caller or the file says it, -1 for none; skip counts the
// lines left out before them.
func headerOf(rows [][]string, skip int, o Options) (at int, sure float64) {
	if o.HeaderRow != nil {
		if at = *o.HeaderRow - 1 - skip; at < 0 || at >= len(rows) {
			return -1, 1
		}
		return at, 1
	}
	at = header(rows, o.HeaderScore)
	if at >= 0 && o.HeaderScore(rows[at]) >= 2 {
		return at, 0.98
	}
	return at, 0.7
}

// header finds the row that names the columns among the first rows: the one with the most known names, else the
// first that looks like labels. It returns -1 when the rows are all data.
func header(rows [][]string, score func([]string) int) int {
	best, most := -1, 0
	for i, r := range rows {
		if n := score(r); n > most {
			best, most = i, n
		}
	}
	if most >= 2 {
		return best
	}
	width := modalWidth(rows)
	for i, r := range rows {
		if blank(r) || filled(r) < (width+1)/2 {
			continue
		}
		if looksLikeLabels(r) {
			return i
		}
		break
	}
	return best
}

func modalWidth(rows [][]string) int {
	count := map[int]int{}
	best := 0
	for _, r := range rows {
		if blank(r) {
			continue
		}
		count[len(r)]++
		if count[len(r)] > count[best] || (count[len(r)] == count[best] && len(r) > best) {
			best = len(r)
		}
	}
	return best
}

func filled(r []string) (n int) {
	for _, c := range r {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// looksLikeLabels: short texts without addresses or numbers, none twice.
func looksLikeLabels(r []string) bool {
	seen := map[string]bool{}
	for _, c := range r {
		c = strings.TrimSpace(c)
		if c == "" {
			continue
		}
		if len(c) > 80 || strings.ContainsAny(c, "@\n") || strings.Contains(c, "://") || seen[c] {
			return false
		}
		if _, err := strconv.ParseFloat(strings.Trim(c, "+$€£% "), 64); err == nil {
			return false
		}
		seen[c] = true
	}
	return len(seen) > 0
}

// nameColumns makes every column's name unique and not empty, and reports repeated ones (also by case).
func nameColumns(cells []string) (names []string, problems []Problem) {
	seen := map[string]int{}
	var repeated []string
	for i, c := range cells {
		name := strings.Join(strings.Fields(strings.ReplaceAll(normalise.Unquote(c), "\x00", "")), " ")
		if name == "" {
			name = fmt.Sprintf("Column %d", i+1)
		}
		name = cut(name, 200)
		key := strings.ToLower(name)
		seen[key]++
		if seen[key] > 1 {
			repeated = append(repeated, name)
			name = fmt.Sprintf("%s (%d)", name, seen[key])
			seen[strings.ToLower(name)]++
		}
		names = append(names, name)
	}
	if len(repeated) > 0 {
		problems = append(problems, Problem{
			Code: "duplicate_header", Column: repeated[0],
			Message: "columns with the same name: " + strings.Join(repeated, ", ") + "; the first is used, the others are kept beside it",
		})
	}
	return names, problems
}

// fit makes a row as wide as the table and says what was missing or too much.
func fit(row *Row, columns []string, delimited bool) {
	n := len(columns)
	switch {
	case len(row.Cells) < n:
		if delimited && !blank(row.Cells) {
			row.Problems = append(row.Problems, Problem{
				Code:    "row_short",
				Message: fmt.Sprintf("the row has %d cells, the header %d: the last ones are taken as empty", len(row.Cells), n),
			})
		}
		row.Cells = append(slices.Clip(row.Cells), make([]string, n-len(row.Cells))...)
	case len(row.Cells) > n:
		if extra := row.Cells[n:]; !blank(extra) {
			row.Problems = append(row.Problems, Problem{
				Code:    "row_long",
				Message: fmt.Sprintf("the row has %d cells, the header %d: the rest is left out", len(row.Cells), n),
			})
		}
		row.Cells = row.Cells[:n]
	}
}

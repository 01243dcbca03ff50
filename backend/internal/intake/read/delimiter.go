package read

import (
	"strings"
)

// delimiter picks the character that cuts the sample into the most even table; skip counts lines to leave out (the
// "sep=;" line that Excel writes); sure is how far the answer can be trusted, 0–1.
func delimiter(sample []string, o Options) (delim string, skip int, sure float64) {
	if len(sample) > 0 && len(sample[0]) == 5 && strings.HasPrefix(strings.ToLower(sample[0]), "sep=") {
		skip = 1
		delim = sample[0][4:]
	}
	if o.Delimiter != "" {
		delim = o.Delimiter[:1]
	}
	if delim != "" {
		return delim, skip, 1
	}
	delim = ","
	best, second := 0.0, 0.0
	for _, d := range []string{",", ";", "\t", "|"} {
		s := delimiterScore(sample, d[0], o.HeaderScore)
		if s > best {
			best, second, delim = s, best, d
		} else {
			second = max(second, s)
		}
	}
	if best == 0 {
		return delim, 0, 0.5 // one column: nothing is cut
	}
	return delim, 0, best / (best + second)
}

// sampled is how much of a line is looked at: enough for any table, little of a line that is none.
const sampled = 64 << 10

// delimiterScore rewards rows of the same width, wider tables, and known column names.
func delimiterScore(sample []string, d byte, score func([]string) int) float64 {
	rows, known := sampleRows(sample, d, score)
	width := modalWidth(rows)
	if width < 2 {
		return 0
	}
	even := 0
	for _, r := range rows {
		if len(r) == width {
			even++
		}
	}
	return float64(even)/float64(len(rows))*float64(min(width, 8)) + 3*float64(known)
}

func sampleRows(sample []string, d byte, score func([]string) int) (rows [][]string, known int) {
	l := newLines(strings.NewReader(""))
	for _, line := range sample {
		l.pending = append(l.pending, cut(line, sampled))
	}
	p := csvParser{lines: l, comma: d}
	for len(rows) < 50 {
		rec, err := p.next()
		if err != nil {
			break
		}
		if blank(rec.cells) {
			continue
		}
		rows = append(rows, rec.cells)
		if len(rows) <= headerSearch {
			known = max(known, score(rec.cells[:min(len(rec.cells), MaxColumns)]))
		}
	}
	return rows, known
}

// tabular reports whether a text of unknown kind is a table.
func tabular(sample []string, score func([]string) int) bool {
	for _, d := range []byte{',', ';', '\t', '|'} {
		rows, known := sampleRows(sample, d, score)
		width := modalWidth(rows)
		if width < 2 {
			continue
		}
		even := 0
		for _, r := range rows {
			if len(r) == width {
				even++
			}
		}
		if known >= 2 && 2*even >= len(rows) {
			return true
		}
		if len(rows) >= 3 && even == len(rows) && (width >= 3 || d == '\t' || d == ';') {
			return true
		}
	}
	return false
}

// Package evalset measures linkage against files whose records say which entity they are about.
package evalset

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake/mapping"
	"winnow/backend/internal/intake/read"
)

// File is one table with the right answers.
type File struct {
	columns []mapping.Column
	rows    [][]string
	truth   []string // entity of each row; empty where the row does not say
}

// Truth is where a file says which entity a record is about: a column, and a pattern whose first group is the entity.
type Truth struct {
	Column  string
	Pattern string
}

// Load reads a table. The column of the truth is taken out before anything looks at it.
func Load(path string, t Truth) (*File, error) {
	var pattern *regexp.Regexp
	if t.Pattern != "" {
		var err error
		if pattern, err = regexp.Compile(t.Pattern); err != nil || pattern.NumSubexp() < 1 {
			return nil, fault.New(fault.Invalid, "pattern_invalid", "The pattern must be a regular expression with a group in brackets that is the entity, such as ^rec-([0-9]+)-.")
		}
	}
	m := mapping.New()
	table, err := read.Open(path, read.Options{HeaderScore: m.HeaderScore})
	if err != nil {
		return nil, err
	}
	defer func() { _ = table.Close() }()
	at := slices.IndexFunc(table.Columns, func(c string) bool { return strings.EqualFold(strings.TrimSpace(c), strings.TrimSpace(t.Column)) })
	if at < 0 {
		return nil, fault.Newf(fault.Invalid, "column_unknown", "The file has no column %q. Its columns are: %s.", t.Column, strings.Join(table.Columns, ", "))
	}
	f := &File{}
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if row.Reject != nil || len(row.Cells) <= at {
			return nil, fault.Newf(fault.Invalid, "row_unreadable", "Row %d cannot be read, so the measurement would not be of the whole file.", row.Number)
		}
		entity := strings.TrimSpace(row.Cells[at])
		if pattern != nil && entity != "" {
			g := pattern.FindStringSubmatch(entity)
			if g == nil {
				return nil, fault.Newf(fault.Invalid, "pattern_no_match", "Row %d has %q in the truth column, which the pattern does not match.", row.Number, entity)
			}
			entity = g[1]
		}
		f.truth = append(f.truth, entity)
		f.rows = append(f.rows, slices.Delete(slices.Clone(row.Cells), at, at+1))
	}
	if len(f.rows) == 0 {
		return nil, fault.New(fault.Invalid, "file_no_rows", "The file has no rows.")
	}
	headers := slices.Delete(slices.Clone(table.Columns), at, at+1)
	f.columns = m.Suggest(headers, f.columnValues(len(headers), 300)).Columns
	return f, nil
}

// columnValues turns rows into columns, at most so many rows.
func (f *File) columnValues(columns, most int) [][]string {
	out := make([][]string, columns)
	for _, r := range f.rows[:min(most, len(f.rows))] {
		for i, c := range r {
			if i < columns {
				out[i] = append(out[i], c)
			}
		}
	}
	return out
}

// String names the file's columns and what they are taken for.
func (f *File) String() string {
	var b strings.Builder
	for _, c := range f.columns {
		_, _ = fmt.Fprintf(&b, "%s=%s ", c.Header, c.Field)
	}
	return b.String()
}

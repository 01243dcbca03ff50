package read

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"winnow/backend/internal/fault"
)

// openCSV finds delimiter and header and leaves the table at its first row of data.
func openCSV(f *os.File, size int64, t *Table, o Options) error {
	text, ok := textOf(f, size, t.Encoding)
	if !ok {
		return unknownEncoding(t.Encoding)
	}
	p := &csvParser{lines: newLines(text)}
	sample, err := sampleLines(p.lines)
	if err != nil {
		return err
	}
	delim, skip, sure := delimiter(sample, o)
	t.Delimiter, t.Sure.Delimiter = delim, sure
	p.comma = t.Delimiter[0]
	for range skip {
		if _, _, err := p.lines.next(); err != nil {
			return err
		}
	}
	buffered, err := firstRecords(p)
	if err != nil {
		return err
	}
	rows := make([][]string, len(buffered))
	for i := range buffered {
		rows[i] = buffered[i].cells
	}
	if w := modalWidth(rows); w > MaxColumns {
		return fault.Newf(fault.Invalid, "file_too_wide", "the file has %d columns, more than %d: is it the right file, and the right delimiter?", w, MaxColumns)
	}
	number := skip
	h, sureHeader := headerOf(rows, skip, o)
	if t.Sure.Header = sureHeader; h >= 0 {
		t.HeaderRow = h + 1 + skip
		t.Columns, t.Problems = nameColumns(trimTail(rows[h], rows[h+1:]))
		buffered, number = buffered[h+1:], number+h+1
	} else {
		t.Columns, _ = nameColumns(make([]string, modalWidth(rows)))
		t.Problems = append(t.Problems, Problem{Code: "no_header", Message: "the file does not name its columns: check what each was taken for"})
	}
	if len(t.Columns) > MaxColumns {
		return fault.Newf(fault.Invalid, "file_too_wide", "the file has %d columns, more than %d: is it the right file, and the right delimiter?", len(t.Columns), MaxColumns)
	}
	t.next = func() (Row, error) {
		var rec record
		if len(buffered) > 0 {
			rec, buffered = buffered[0], buffered[1:]
		} else if rec, err = p.next(); err != nil {
			return Row{}, err
		}
		number++
		return rec.row(number, t.Columns, t.Delimiter), nil
	}
	return nil
}

// row fits a record to the columns. In a table of one column, text that was never quoted may hold the delimiter.
func (r record) row(number int, columns []string, delimiter string) Row {
	if len(columns) == 1 && len(r.cells) > 1 {
		r.cells = []string{strings.Join(r.cells, delimiter)}
	}
	row := Row{Number: number, Cells: r.cells, Raw: r.raw, Problems: r.problems, Reject: r.reject}
	fit(&row, columns, true)
	if row.Reject == nil {
		row.Reject = tooLarge(columns, row.Cells)
	}
	return row
}

// trimTail drops unnamed columns at the end that hold nothing in the first rows.
func trimTail(head []string, rows [][]string) []string {
	for n := len(head); n > 1 && strings.TrimSpace(head[n-1]) == ""; n-- {
		for _, r := range rows {
			if len(r) == n && strings.TrimSpace(r[n-1]) != "" {
				return head
			}
		}
		head = head[:n-1]
	}
	return head
}

func firstRecords(p *csvParser) ([]record, error) {
	var recs []record
	size := 0
	for len(recs) < headerSearch && size < 1<<20 {
		rec, err := p.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		size += len(rec.raw)
		recs = append(recs, rec)
	}
	return recs, nil
}

// sampleLines reads the first lines and puts them back.
func sampleLines(l *lines) ([]string, error) {
	var got []string
	size := 0
	for len(got) < 60 && size < 1<<20 {
		line, cutOff, err := l.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if cutOff {
			return nil, fault.New(fault.Invalid, "file_not_a_table", fmt.Sprintf("line %d is longer than 12 MB: this is no table. Export the leads as CSV or XLSX, one lead a line", len(got)+1))
		}
		got = append(got, line)
		size += len(line)
	}
	l.push(got)
	return got, nil
}

func unknownEncoding(name string) error {
	return fault.Newf(fault.Invalid, "encoding_unknown", "no encoding is called %q here: use utf-8, utf-16le, utf-16be or windows-1252", name)
}

package read

import (
	"io"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"

	"winnow/backend/internal/fault"
)

const (
	unzipLimit = 200 << 20 // what all parts of a workbook may unpack to
	// sheetLimit is what one part may take unpacked in memory; larger ones go through a temporary file. The library needs
	// some 20 times the size of a part of short shared strings, so this is far below the 50 MB that would do for sheets.
	sheetLimit = 8 << 20
	// maxStrings bounds the shared strings: even on disk each costs the library over 100 bytes of memory.
	maxStrings = 1_200_000
)

// openXLSX takes the sheet whose first rows look most like a table of leads and streams its rows. Cells come raw:
// a phone stored as a number keeps all its digits, a date comes as the day count that normalise reads.
func openXLSX(f *os.File, size int64, t *Table, o Options) error {
	if err := checkZip(f, size, o.Name); err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	book, err := excelize.OpenReader(f, excelize.Options{UnzipSizeLimit: unzipLimit, UnzipXMLSizeLimit: sheetLimit, RawCellValue: true})
	if err != nil {
		return xlsxFault(err, o.Name)
	}
	t.closer = book.Close
	sheet, head, err := bestSheet(book, t, o)
	if err != nil {
		_ = book.Close()
		return xlsxFault(err, o.Name)
	}
	if sheet == "" {
		_ = book.Close()
		return empty(o.Name)
	}
	return startSheet(book, sheet, head, t, o)
}

// bestSheet reads the first rows of every visible sheet and picks the named one, or the one most like a table of leads.
func bestSheet(book *excelize.File, t *Table, o Options) (name string, head [][]string, err error) {
	best := -1
	for _, s := range book.GetSheetList() {
		if seen, err := book.GetSheetVisible(s); err != nil || !seen {
			continue
		}
		rows, err := firstRows(book, s)
		if err != nil {
			return "", nil, err
		}
		score, any := 0, false
		for _, r := range rows {
			score = max(score, o.HeaderScore(r))
			any = any || !blank(r)
		}
		if !any {
			continue
		}
		t.Sheets = append(t.Sheets, s)
		if score > best && (o.Sheet == "" || o.Sheet == s) {
			best, name, head = score, s, rows
		}
	}
	if o.Sheet != "" && name == "" {
		return "", nil, fault.Newf(fault.Invalid, "sheet_unknown", "there is no sheet %q with rows in the file; it has %s", o.Sheet, strings.Join(t.Sheets, ", "))
	}
	t.Sheet = name
	return name, head, nil
}

func firstRows(book *excelize.File, sheet string) (rows [][]string, err error) {
	it, err := book.Rows(sheet)
	if err != nil {
		return nil, err
	}
	for len(rows) < headerSearch && it.Next() {
		cells, err := it.Columns()
		if err != nil {
			return nil, err
		}
		rows = append(rows, cells)
	}
	if err := it.Error(); err != nil {
		return nil, err
	}
	return rows, it.Close()
}

func startSheet(book *excelize.File, sheet string, head [][]string, t *Table, o Options) error {
	skip := 0
	h, sure := headerOf(head, 0, o)
	if t.Sure.Header = sure; h >= 0 {
		t.HeaderRow, skip = h+1, h+1
		t.Columns, t.Problems = nameColumns(trimTail(head[h], head[h+1:]))
	} else {
		t.Columns, _ = nameColumns(make([]string, modalWidth(head)))
		t.Problems = append(t.Problems, Problem{Code: "no_header", Message: "the sheet does not name its columns: check what each was taken for"})
	}
	if len(t.Columns) > MaxColumns {
		return fault.Newf(fault.Invalid, "file_too_wide", "the sheet %q has %d columns, more than %d", sheet, len(t.Columns), MaxColumns)
	}
	it, err := book.Rows(sheet)
	if err != nil {
		return xlsxFault(err, o.Name)
	}
	number := 0
	t.next = func() (Row, error) {
		for it.Next() {
			number++
			cells, err := it.Columns()
			if err != nil {
				return Row{}, xlsxFault(err, o.Name)
			}
			if number <= skip {
				continue
			}
			row := Row{Number: number, Cells: cells, Raw: strings.Join(cells, "\t")}
			fit(&row, t.Columns, false)
			row.Reject = tooLarge(t.Columns, row.Cells)
			return row, nil
		}
		if err := it.Error(); err != nil {
			return Row{}, xlsxFault(err, o.Name)
		}
		return Row{}, io.EOF
	}
	t.closer = func() error { _ = it.Close(); return book.Close() }
	return nil
}

func xlsxFault(err error, name string) error {
	if strings.Contains(err.Error(), "unzip size") {
		return bomb(name)
	}
	return broken(err)
}

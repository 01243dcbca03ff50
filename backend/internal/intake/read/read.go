// Package read turns a file of leads into rows, whatever tool made it: CSV/TSV, XLSX, JSON, JSONL, vCard and plain
// text with one post per block. The type is told from the content, the extension only decides doubt. Memory is
// bounded, and a bad row never ends a file: it comes out with the reason why it cannot be used.
package read

import "strings"

// Format is a kind of file.
type Format string

// The formats that are read.
const (
	CSV   Format = "csv"
	XLSX  Format = "xlsx"
	JSON  Format = "json"
	JSONL Format = "jsonl"
	VCard Format = "vcard"
	Text  Format = "text"
)

// Limits that hold for every format.
const (
	DefaultMaxBytes = 100 << 20 // largest file
	MaxCell         = 1 << 20   // largest cell in bytes; a row with a larger one is rejected
	MaxRecord       = 12 << 20  // largest row in bytes
	MaxColumns      = 1000
	rawKept         = 64 << 10 // how much of a rejected row's text is kept
	headerSearch    = 20       // rows that are searched for the header
)

// Options say what the caller knows better than the file.
type Options struct {
	Name      string // the file's name; its extension decides doubt
	Encoding  string // "", or utf-8, utf-16le, utf-16be, windows-1252
	Delimiter string // "", or one character
	Sheet     string // of a workbook; "" = the one that looks most like leads
	HeaderRow *int   // nil = found; 0 = the file does not name its columns; else the row that does
	MaxBytes  int64  // 0 = DefaultMaxBytes
	// HeaderScore counts how many cells of a row are known names of columns; it finds the header below junk.
	HeaderScore func(cells []string) int
}

// Problem is something wrong with a row or a file, in stable code and plain words.
type Problem struct {
	Code    string `json:"code"`
	Column  string `json:"column"` // empty: the whole row
	Message string `json:"message"`
}

// Row is one record of a file.
type Row struct {
	Number   int      // as a spreadsheet counts: the header and blank rows count too; first is 1
	Cells    []string // one for each of Table.Columns; missing ones are empty
	Raw      string   // the original text, cut at 64 KiB
	Problems []Problem
	Reject   *Problem // not nil: the row cannot be used
}

// Sureness says how far each finding can be trusted, 0–1; what the caller said counts as 1.
type Sureness struct{ Encoding, Delimiter, Header float64 }

// Table is an open file.
type Table struct {
	Format    Format
	Encoding  string // of text files
	Delimiter string // of CSV files
	HeaderRow int    // 0: the file has none
	Sheet     string // of workbooks, with Sheets: all that can be seen
	Sheets    []string
	Sure      Sureness
	Columns   []string
	Problems  []Problem // of the file as a whole, such as repeated column names
	Blank     int       // blank rows passed so far

	next   func() (Row, error)
	closer func() error
}

// Next is the following row, or io.EOF. Any other error ends the file.
func (t *Table) Next() (Row, error) {
	for {
		row, err := t.next()
		if err != nil {
			return Row{}, err
		}
		if row.Reject == nil && blank(row.Cells) {
			t.Blank++
			continue
		}
		if len(row.Raw) > rawKept {
			row.Raw = cut(row.Raw, rawKept)
		}
		return row, nil
	}
}

// Close frees the file.
func (t *Table) Close() error {
	if t.closer == nil {
		return nil
	}
	return t.closer()
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// cut shortens s to at most n bytes at a character's border.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return strings.Clone(s[:n])
}

// tooLarge is the problem of the first cell over MaxCell, if any.
func tooLarge(columns, cells []string) *Problem {
	for i, c := range cells {
		if len(c) > MaxCell {
			name := ""
			if i < len(columns) {
				name = columns[i]
			}
			return &Problem{Code: "cell_too_large", Column: name, Message: "this cell holds more than 1 MB: shorten it and import the row again"}
		}
	}
	return nil
}

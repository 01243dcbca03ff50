package lead

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/fault"
)

// Format is a kind of export file.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	JSON Format = "json"
	XLSX Format = "xlsx"
	// JSONL is one JSON object a line.
	JSONL Format = "jsonl"
)

// MediaType is the format's MIME type, "" for an unknown format.
func (f Format) MediaType() string {
	return map[Format]string{
		CSV: "text/csv; charset=utf-8", JSON: "application/json", JSONL: "application/jsonl",
		XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	}[f]
}

// exportPage is how many leads are in memory at once.
const exportPage = 500

// Export is a checked export, ready to be written.
type Export struct {
	store  *Store
	c      criteria
	order  sorting
	format Format
	pains  Pains
	ids    []string
	cols   []string
}

// Choice narrows an export; the zero value is everything.
type Choice struct {
	IDs     []string // of leads, at most MaxBulk; none = all that meet filter and search
	Columns []string // in their order; none = all
}

// Export checks what is asked for, before the first byte goes out. Faults: Invalid for format, filter, search, sort, ids
// or columns.
func (s *Store) Export(ctx context.Context, format Format, q Query, pains Pains, only Choice) (*Export, error) {
	if format.MediaType() == "" {
		const msg = "Use csv, xlsx, json or jsonl."
		return nil, fault.InvalidFields("format_invalid", "This format is not known. "+msg, fault.Field{Name: "format", Code: "value_wrong", Message: msg})
	}
	c, err := s.criteria(ctx, q.Filter, q.Search)
	if err != nil {
		return nil, err
	}
	order, err := parseSort(q.Sort)
	if err != nil {
		return nil, err
	}
	if c.search, err = c.search.plan(s.db.Dialect, s.db.Read.WithContext(ctx)); err != nil {
		return nil, err
	}
	if err := only.check(); err != nil {
		return nil, err
	}
	return &Export{store: s, c: c, order: order, format: format, pains: pains, ids: only.IDs, cols: only.Columns}, nil
}

// rows is where an export writes its lines to.
type rows interface {
	head(cols []exportColumn) error
	lead(l *Lead) error
	close() error
}

// Write writes every chosen lead to w, a page at a time, and answers how many. An error in the middle leaves w short.
func (e *Export) Write(ctx context.Context, w io.Writer) (int, error) {
	cols, err := e.columns(ctx)
	if err != nil {
		return 0, err
	}
	out, err := e.open(w)
	if err != nil {
		return 0, err
	}
	if err := out.head(cols); err != nil {
		return 0, fmt.Errorf("write export: %w", err)
	}
	n, err := e.each(ctx, out.lead)
	if err != nil {
		return n, err
	}
	if err := out.close(); err != nil {
		return n, fmt.Errorf("write export: %w", err)
	}
	return n, nil
}

func (e *Export) open(w io.Writer) (rows, error) {
	switch e.format {
	case CSV:
		return &csvRows{w: csv.NewWriter(w), raw: w}, nil
	case JSON:
		return &jsonRows{w: bufio.NewWriter(w), open: "[", first: "\n", next: ",\n", end: "\n]\n"}, nil
	case JSONL:
		return &jsonRows{w: bufio.NewWriter(w), next: "\n", end: "\n"}, nil
	default:
		return newXLSXRows(w)
	}
}

// each reads page after page by the list's own keyset, so that no read stays open while a slow client takes its time.
func (e *Export) each(ctx context.Context, f func(*Lead) error) (int, error) {
	n := 0
	var last []any
	for {
		read := e.store.db.Read.WithContext(ctx).Session(&gorm.Session{QueryFields: true})
		q := e.store.scope(ctx, read.Model(&Lead{}), e.c).Clauses(clause.OrderBy{Expression: e.order}).Limit(exportPage)
		if len(e.ids) > 0 {
			q = q.Where("leads.id IN ?", e.ids)
		}
		if last != nil {
			q = q.Where(e.order.after(last))
		}
		var page []Lead
		if err := q.Find(&page).Error; err != nil {
			return n, fmt.Errorf("read leads to export: %w", err)
		}
		for i := range page {
			if err := f(&page[i]); err != nil {
				return n, fmt.Errorf("write export: %w", err)
			}
			n++
		}
		if len(page) < exportPage {
			return n, nil
		}
		last = e.order.values(&page[len(page)-1])
	}
}

func (s sorting) values(l *Lead) []any {
	out := make([]any, len(s))
	for i, k := range s {
		out[i] = k.value(l)
	}
	return out
}

type csvRows struct {
	w    *csv.Writer
	raw  io.Writer
	cols []exportColumn
	line []string
}

// head begins with a byte order mark: without it Excel takes UTF-8 for the machine's own code page.
func (r *csvRows) head(cols []exportColumn) error {
	if _, err := io.WriteString(r.raw, "\ufeff"); err != nil {
		return err
	}
	r.cols, r.line = cols, make([]string, len(cols))
	for i, c := range cols {
		r.line[i] = GuardCell(c.header)
	}
	return r.w.Write(r.line)
}

func (r *csvRows) lead(l *Lead) error {
	for i, c := range r.cols {
		r.line[i] = c.cell(l)
	}
	return r.w.Write(r.line)
}

func (r *csvRows) close() error {
	r.w.Flush()
	return r.w.Error()
}

type jsonRows struct {
	w    *bufio.Writer
	cols []exportColumn
	keys [][]byte
	n    int

	open, first, next, end string // around and between the objects
}

func (r *jsonRows) head(cols []exportColumn) error {
	r.cols = cols
	for _, c := range cols {
		k, err := json.Marshal(c.header)
		if err != nil {
			return err
		}
		r.keys = append(r.keys, k)
	}
	_, err := r.w.WriteString(r.open)
	return err
}

// lead writes one object a line, its members in the order of the columns; empty ones are left out.
func (r *jsonRows) lead(l *Lead) error {
	lead := r.first
	if r.n > 0 {
		lead = r.next
	}
	r.n++
	_, _ = r.w.WriteString(lead) // a bufio.Writer keeps its first error for the last call
	sep := "{"
	empty := true
	for i, c := range r.cols {
		v := c.value(l)
		if list, ok := v.([]string); v == nil || v == "" || (ok && len(list) == 0) {
			continue
		}
		b, err := json.Marshal(v)
		if err != nil {
			return err
		}
		empty = false
		_, _ = r.w.WriteString(sep)
		_, _ = r.w.Write(r.keys[i])
		_ = r.w.WriteByte(':')
		_, _ = r.w.Write(b)
		sep = ","
	}
	if empty {
		_ = r.w.WriteByte('{')
	}
	_, err := r.w.WriteString("}")
	return err
}

func (r *jsonRows) close() error {
	if r.n > 0 || r.open != "" {
		_, _ = r.w.WriteString(r.end)
	}
	return r.w.Flush()
}

// xlsxRows streams a workbook; beyond 16 MB the library keeps rows in a temporary file.
type xlsxRows struct {
	w    io.Writer
	file *excelize.File
	out  *excelize.StreamWriter
	cols []exportColumn
	row  int
}

const sheet = "Leads"

func newXLSXRows(w io.Writer) (*xlsxRows, error) {
	f := excelize.NewFile()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return nil, fmt.Errorf("start workbook: %w", err)
	}
	out, err := f.NewStreamWriter(sheet)
	if err != nil {
		return nil, fmt.Errorf("start workbook: %w", err)
	}
	return &xlsxRows{w: w, file: f, out: out}, nil
}

func (r *xlsxRows) head(cols []exportColumn) error {
	r.cols = cols
	bold, err := r.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	if err := r.out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	line := make([]any, len(cols))
	for i, c := range cols {
		line[i] = excelize.Cell{StyleID: bold, Value: c.header}
	}
	return r.put(line)
}

// lead writes numbers as numbers and everything else as text cells, which are never run as formulas.
func (r *xlsxRows) lead(l *Lead) error {
	line := make([]any, len(r.cols))
	for i, c := range r.cols {
		switch v := c.value(l).(type) {
		case nil, int:
			line[i] = v
		default:
			line[i] = csvText(v)
		}
	}
	return r.put(line)
}

func (r *xlsxRows) put(line []any) error {
	r.row++
	if r.row > excelize.TotalRows {
		return fault.Newf(fault.TooLarge, "export_too_large", "An Excel sheet holds %d rows; export as CSV or narrow the filter.", excelize.TotalRows)
	}
	at, err := excelize.CoordinatesToCellName(1, r.row)
	if err != nil {
		return err
	}
	return r.out.SetRow(at, line)
}

func (r *xlsxRows) close() error {
	if err := r.out.Flush(); err != nil {
		return err
	}
	if _, err := r.file.WriteTo(r.w); err != nil {
		return err
	}
	return r.file.Close()
}

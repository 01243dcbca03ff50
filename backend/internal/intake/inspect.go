package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake/mapping"
	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/intake/read"
)

const (
	previewRows  = 50
	sampledRows  = 300 // rows whose values decide the mapping
	previewWidth = 300 // characters of a cell in a preview
)

// inspection is what one pass over a file tells: its shape, the mapping, how its dates are written.
type inspection struct {
	table     *read.Table // closed; Columns, Format …
	rows      int
	suggested mapping.Mapping // by names and values alone
	mapping   mapping.Mapping // with what people said
	orders    []normalise.DateOrder
	unclear   []bool // columns whose dates can be read two ways
	preview   [][]string
	as        *Remembered // whose mapping it starts from
}

func (s *Service) open(path, name string, o Options) (*read.Table, error) {
	return read.Open(path, read.Options{Name: name, Encoding: o.Encoding, Delimiter: o.Delimiter, Sheet: o.Sheet, HeaderRow: o.HeaderRow, MaxBytes: s.maxBytes, HeaderScore: s.mapper.HeaderScore})
}

// inspect goes over the whole file once. Dates need that: one 25/12/2024 in row 90,000 decides how 03/04/2024 in row 2
// is read. The last few answers are kept: a file is looked at, started and run within minutes, and never changes.
func (s *Service) inspect(path, name string, o Options) (*inspection, error) {
	key := path + "\x1f" + inspectKey(o)
	in := s.recent.get(key)
	if in == nil {
		var err error
		if in, err = s.inspectFile(path, name, o); err != nil {
			return nil, err
		}
		s.recent.put(key, in)
	}
	return in.under(o.Mapping)
}

// under is the inspection with the mapping that a person gave.
func (in *inspection) under(explicit map[string]*string) (*inspection, error) {
	out := *in
	var err error
	if out.mapping, err = in.suggested.Apply(explicit); err != nil {
		return nil, err
	}
	if in.rows == 0 {
		out.mapping.Holds = in.suggested.Holds
	}
	return &out, nil
}

// inspectKey holds the options that change how a file is read.
func inspectKey(o Options) string {
	b, err := json.Marshal(Options{Encoding: o.Encoding, Delimiter: o.Delimiter, Sheet: o.Sheet, HeaderRow: o.HeaderRow})
	if err != nil { // texts always encode
		return ""
	}
	return string(b)
}

// recent keeps the newest few inspections.
type recent struct {
	mu   sync.Mutex
	keys []string
	kept map[string]*inspection
}

func (r *recent) get(key string) *inspection {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.kept[key]
}

func (r *recent) put(key string, in *inspection) {
	const most = 8
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept == nil {
		r.kept = map[string]*inspection{}
	}
	r.kept[key] = in
	if r.keys = append(r.keys, key); len(r.keys) > most {
		delete(r.kept, r.keys[0])
		r.keys = r.keys[1:]
	}
}

func (s *Service) inspectFile(path, name string, o Options) (*inspection, error) {
	t, err := s.open(path, name, o)
	if err != nil {
		return nil, err
	}
	in := &inspection{table: t}
	values := make([][]string, len(t.Columns))
	dates := make([]normalise.DateColumn, len(t.Columns))
	for {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			_ = t.Close()
			return nil, err
		}
		in.rows++
		if row.Reject != nil {
			continue
		}
		in.take(row, values, dates)
	}
	if err := t.Close(); err != nil {
		return nil, fmt.Errorf("close %s: %w", name, err)
	}
	in.suggested = s.mapper.Suggest(t.Columns, values)
	if in.rows == 0 {
		in.suggested.Holds = "no rows, only the names of columns"
	}
	for _, d := range dates {
		in.orders = append(in.orders, d.Order())
		in.unclear = append(in.unclear, d.Unclear())
	}
	return in, nil
}

func (in *inspection) take(row read.Row, values [][]string, dates []normalise.DateColumn) {
	if len(in.preview) < previewRows {
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			c, _ = normalise.Text(c)
			cells[i] = clip(c, previewWidth)
		}
		in.preview = append(in.preview, cells)
	}
	for i, c := range row.Cells {
		if in.rows <= sampledRows {
			values[i] = append(values[i], clip(c, 2000))
		}
		if len(c) >= 6 && len(c) <= 32 && c[0] >= '0' && c[0] <= '9' {
			dates[i].Add(c)
		}
	}
}

// noLeads is the fault of a file that holds something else. force takes a person's word that it holds leads; rows it must
// have all the same.
func (in *inspection) noLeads(name string, force bool) *fault.Error {
	if in.mapping.Holds == "" || (force && in.rows > 0) {
		return nil
	}
	what := ""
	if in.mapping.Tool != "" {
		what = " (" + in.mapping.Tool + ")"
	}
	next := "say which column is what."
	if in.mapping.Known() {
		next = "say which column is what and set the option force."
	}
	return fault.Newf(fault.Invalid, "file_no_leads", "%q%s holds %s, so there are no leads to import. Nothing was changed. If it does hold leads, %s", name, what, in.mapping.Holds, next)
}

package read

import (
	"errors"
	"io"
	"strings"
)

// record is one row of a delimited file, before it is fitted to the columns.
type record struct {
	cells    []string
	raw      string
	problems []Problem
	reject   *Problem
}

// csvParser reads delimited rows and survives what encoding/csv does not: a quote that is never closed costs one
// row, bare quotes are text, and no row grows past MaxRecord.
type csvParser struct {
	lines *lines
	comma byte
}

// next is the following record or io.EOF.
func (p *csvParser) next() (record, error) {
	first, cutOff, err := p.lines.next()
	if err != nil {
		return record{}, err
	}
	if cutOff {
		return record{raw: cut(first, rawKept), reject: &Problem{Code: "row_too_large", Message: "this row holds more than 12 MB: it is left out"}}, nil
	}
	if strings.IndexByte(first, '"') < 0 {
		return record{cells: strings.Split(first, string(p.comma)), raw: first}, nil
	}
	f := fields{comma: p.comma}
	f.feed(first)
	if !f.open {
		return record{cells: f.cells, raw: first}, nil
	}
	return p.long(first, &f)
}

// long reads on while a quoted cell goes over several lines.
func (p *csvParser) long(first string, f *fields) (record, error) {
	read := []string{first}
	size := len(first)
	for f.open && !f.broken {
		line, cutOff, err := p.lines.next()
		if err != nil && !errors.Is(err, io.EOF) {
			return record{}, err
		}
		if err == nil {
			read = append(read, line)
			size += len(line)
		}
		if err != nil || cutOff || size > MaxRecord {
			f.broken = true
			break
		}
		f.feed(line)
	}
	if !f.broken {
		return record{cells: f.cells, raw: strings.Join(read, "\n")}, nil
	}
	p.lines.push(read[1:])
	lazy := fields{comma: p.comma}
	lazy.feed(first)
	lazy.close()
	return record{cells: lazy.cells, raw: first, problems: []Problem{{
		Code:    "quote_unclosed",
		Message: "a quotation mark is opened and never closed: the cell is taken to end with the line",
	}}}, nil
}

// fields cuts lines into cells and remembers an open quote from line to line.
type fields struct {
	comma  byte
	cells  []string
	cell   strings.Builder // the open quoted cell
	open   bool            // inside quotes at the end of the last line
	broken bool            // a cell of several lines ended in a way that shows it was never quoted
}

func (f *fields) feed(line string) {
	if f.open {
		f.cell.WriteByte('\n')
		rest, ok := f.quoted(line, true)
		if !ok {
			return
		}
		line = rest
		if line == "" {
			return
		}
		line = line[1:] // the delimiter
	}
	for {
		trimmed := strings.TrimLeft(line, " ")
		if strings.HasPrefix(trimmed, `"`) {
			rest, ok := f.quoted(trimmed[1:], false)
			if !ok || rest == "" {
				return
			}
			line = rest[1:]
			continue
		}
		i := strings.IndexByte(line, f.comma)
		if i < 0 {
			f.cells = append(f.cells, line)
			return
		}
		f.cells = append(f.cells, line[:i])
		line = line[i+1:]
	}
}

// quoted reads a quoted cell; rest starts at the delimiter or is empty at the line's end. ok is false when the cell
// goes on in the next line (open), or turns out broken.
func (f *fields) quoted(s string, continued bool) (rest string, ok bool) {
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			f.put(s)
			f.open = true
			return "", false
		}
		f.put(s[:i])
		s = s[i+1:]
		after := strings.TrimLeft(s, " ")
		switch {
		case strings.HasPrefix(s, `"`): // an escaped quote
			f.cell.WriteByte('"')
			s = s[1:]
		case after == "" || after[0] == f.comma:
			f.cells = append(f.cells, f.cell.String())
			f.cell.Reset()
			f.open = false
			return after, true
		case continued:
			f.broken = true
			return "", false
		case closes(s, f.comma): // a bare quote inside a quoted cell: "5" pipe",x
			f.cell.WriteByte('"')
		default: // "foo" bar,x: the quotes are part of the text
			j := strings.IndexByte(s, f.comma)
			if j < 0 {
				j = len(s)
			}
			f.cells = append(f.cells, `"`+f.cell.String()+`"`+s[:j])
			f.cell.Reset()
			return s[j:], true
		}
	}
}

// put adds to the open cell; of a cell over MaxCell, whose row is rejected, no more than shows that it is.
func (f *fields) put(s string) {
	if f.cell.Len() <= MaxCell {
		f.cell.WriteString(s[:min(len(s), MaxCell+1)])
	}
}

func closes(s string, comma byte) bool {
	return strings.HasSuffix(s, `"`) || strings.Contains(s, `"`+string(comma))
}

// close ends an open cell at the line's end.
func (f *fields) close() {
	if f.open {
		f.cells = append(f.cells, f.cell.String())
		f.cell.Reset()
		f.open = false
	}
}

package read

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"

	"winnow/backend/internal/fault"
)

// openJSON reads an array of objects, or the first such array inside an object ({data: […]}), or one object. It goes
// over the file twice: once to learn the columns, once for the rows.
func openJSON(f *os.File, size int64, t *Table) error {
	var k keys
	first, err := newJSONRows(f, size, t.Encoding)
	if err != nil {
		return err
	}
	rows := 0
	for {
		pairs, _, reject, err := first.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if reject == nil {
			k.add(pairs)
		}
		rows++
	}
	if rows == 0 {
		return fault.New(fault.Invalid, "file_no_rows", "the JSON holds no list of objects: it must be [{…}, …] or {\"data\": [{…}, …]}")
	}
	second, err := newJSONRows(f, size, t.Encoding)
	if err != nil {
		return err
	}
	t.Columns = k.names
	number := 0
	t.next = func() (Row, error) {
		pairs, raw, reject, err := second.next()
		if err != nil {
			return Row{}, err
		}
		number++
		row := Row{Number: number, Cells: k.cells(pairs), Raw: raw, Reject: reject}
		if reject == nil {
			row.Reject = tooLarge(t.Columns, row.Cells)
		}
		return row, nil
	}
	return nil
}

// jsonRows walks the elements of the list.
type jsonRows struct {
	dec    *json.Decoder
	budget *budget
	single bool // the root is one object without a list
	done   bool
}

var errRecordTooLarge = errors.New("record too large")

// budget stops the decoder from growing without bound over one record.
type budget struct {
	r    io.Reader
	left int
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errRecordTooLarge
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

func newJSONRows(f *os.File, size int64, enc string) (*jsonRows, error) {
	text, ok := textOf(f, size, enc)
	if !ok {
		return nil, unknownEncoding(enc)
	}
	list, err := findList(text)
	if err != nil {
		return nil, err
	}
	if text, ok = textOf(f, size, enc); !ok {
		return nil, unknownEncoding(enc)
	}
	b := &budget{r: text}
	rows := &jsonRows{dec: json.NewDecoder(b), budget: b, single: list < 0}
	rows.dec.UseNumber()
	for rows.dec.InputOffset() < list { // walk to just behind the list's [
		b.left = MaxRecord
		if _, err := rows.dec.Token(); err != nil {
			return nil, brokenJSON(err)
		}
	}
	return rows, nil
}

// findList is the offset just behind the [ of the first list of objects, or -1.
func findList(text io.Reader) (int64, error) {
	b := &budget{r: text}
	dec := json.NewDecoder(b)
	dec.UseNumber()
	opened := int64(-1)
	for depth := 0; ; {
		b.left = MaxRecord
		tok, err := dec.Token()
		if err == io.EOF {
			return -1, nil
		}
		if err != nil {
			return 0, brokenJSON(err)
		}
		d, isDelim := tok.(json.Delim)
		if isDelim && d == '{' && opened >= 0 {
			return opened, nil
		}
		opened = -1
		if isDelim {
			switch d {
			case '[':
				opened = dec.InputOffset()
				depth++
			case '{':
				depth++
			default:
				depth--
			}
		}
		if depth > 1000 {
			return 0, fault.New(fault.Invalid, "file_not_a_table", "the JSON is nested more than 1000 deep: this is no list of leads")
		}
	}
}

// next is the following element, flattened.
func (j *jsonRows) next() (pairs []pair, raw string, reject *Problem, err error) {
	if j.done {
		return nil, "", nil, io.EOF
	}
	if j.single {
		j.done = true
	} else if !j.dec.More() {
		return nil, "", nil, io.EOF
	}
	j.budget.left = MaxRecord
	var el json.RawMessage
	if err := j.dec.Decode(&el); err != nil {
		j.done = true
		return nil, "", brokenRecord(err), nil
	}
	pairs, reject = flattenRaw(el)
	return pairs, cut(string(el), rawKept), reject, nil
}

func flattenRaw(el []byte) ([]pair, *Problem) {
	dec := json.NewDecoder(bytes.NewReader(el))
	dec.UseNumber()
	pairs, err := flatten(dec, "", 0, nil)
	if errors.Is(err, errTooDeep) {
		return nil, &Problem{Code: "record_too_deep", Message: "this record is nested too deep to be a lead"}
	}
	if err != nil {
		return nil, brokenRecord(err)
	}
	if len(pairs) > 0 && pairs[0].key == "" {
		return nil, &Problem{Code: "record_not_object", Message: "this element is a plain value, not an object with named fields"}
	}
	return pairs, nil
}

func brokenRecord(err error) *Problem {
	if errors.Is(err, errRecordTooLarge) {
		return &Problem{Code: "row_too_large", Message: "a record is larger than 12 MB; the file cannot be read past it"}
	}
	return &Problem{Code: "json_broken", Message: "the JSON breaks off or is wrong here: " + err.Error()}
}

func brokenJSON(err error) error {
	if errors.Is(err, errRecordTooLarge) {
		return fault.New(fault.Invalid, "file_not_a_table", "one value of the JSON is larger than 12 MB: this is no list of leads")
	}
	return fault.Wrap(err, fault.Invalid, "file_not_json", "the file is not valid JSON ("+err.Error()+"): export it again")
}

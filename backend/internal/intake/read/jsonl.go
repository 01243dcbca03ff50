package read

import (
	"errors"
	"io"
	"os"
	"strings"
)

// openJSONL reads one JSON object a line; a broken line costs only itself.
func openJSONL(f *os.File, size int64, t *Table) error {
	var k keys
	first, ok := textOf(f, size, t.Encoding)
	if !ok {
		return unknownEncoding(t.Encoding)
	}
	for l := newLines(first); ; {
		line, cutOff, err := l.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if pairs, reject := jsonLine(line, cutOff); reject == nil {
			k.add(pairs)
		}
	}
	second, _ := textOf(f, size, t.Encoding)
	l := newLines(second)
	t.Columns = k.names
	number := 0
	t.next = func() (Row, error) {
		line, cutOff, err := l.next()
		if err != nil {
			return Row{}, err
		}
		number++
		pairs, reject := jsonLine(line, cutOff)
		row := Row{Number: number, Cells: k.cells(pairs), Raw: cut(line, rawKept), Reject: reject}
		if reject == nil {
			row.Reject = tooLarge(t.Columns, row.Cells)
		}
		return row, nil
	}
	return nil
}

func jsonLine(line string, cutOff bool) ([]pair, *Problem) {
	if cutOff {
		return nil, &Problem{Code: "row_too_large", Message: "this line holds more than 12 MB: it is left out"}
	}
	line = strings.TrimSpace(line)
	if line == "" {
		return nil, nil
	}
	return flattenRaw([]byte(line))
}

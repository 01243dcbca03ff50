package read

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// lines gives the physical lines of a text, of at most MaxRecord bytes each; lines can be pushed back.
type lines struct {
	r       *bufio.Reader
	pending []string
}

func newLines(r io.Reader) *lines { return &lines{r: bufio.NewReaderSize(r, 64<<10)} }

// next is the following line without its end. cutOff says that it was longer than MaxRecord and lost its tail.
func (l *lines) next() (line string, cutOff bool, err error) {
	if n := len(l.pending); n > 0 {
		line = l.pending[0]
		l.pending = l.pending[1:]
		return line, false, nil
	}
	chunk, err := l.r.ReadSlice('\n')
	if err == nil {
		return trimEnd(string(chunk)), false, nil
	}
	var b strings.Builder
	for errors.Is(err, bufio.ErrBufferFull) {
		if b.Len() < MaxRecord {
			b.Write(chunk)
		} else {
			cutOff = true
		}
		chunk, err = l.r.ReadSlice('\n')
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return "", false, err
	}
	if !cutOff {
		b.Write(chunk)
	}
	if b.Len() == 0 && errors.Is(err, io.EOF) {
		return "", false, io.EOF
	}
	return trimEnd(b.String()), cutOff, nil
}

func (l *lines) push(back []string) { l.pending = append(append([]string(nil), back...), l.pending...) }

func trimEnd(s string) string { return strings.TrimSuffix(strings.TrimSuffix(s, "\n"), "\r") }

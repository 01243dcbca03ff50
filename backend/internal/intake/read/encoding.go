package read

import (
	"bytes"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// detectEncoding reads the whole file once: a byte order mark decides, then NULs at every other byte (UTF-16),
// then whether it is UTF-8 throughout; what is left is Windows-1252. sure is how far the answer can be trusted, 0–1.
func detectEncoding(r io.ReaderAt, size int64) (name string, sure float64, err error) {
	head := make([]byte, min(size, 64<<10))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", 0, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}):
		return "utf-8", 1, nil
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return "utf-16le", 1, nil
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return "utf-16be", 1, nil
	}
	if e := utf16ByNULs(head); e != "" {
		return e, 0.9, nil
	}
	good, bad, err := countUTF8(io.NewSectionReader(r, 0, size))
	if err != nil {
		return "", 0, err
	}
	if bad == 0 || good > bad {
		return "utf-8", 1 - float64(bad)/float64(good+bad+1), nil
	}
	return "windows-1252", 0.7, nil // any text of one byte a letter reads as this
}

func utf16ByNULs(head []byte) string {
	var even, odd int
	for i, c := range head {
		if c == 0 {
			if i%2 == 0 {
				even++
			} else {
				odd++
			}
		}
	}
	half := len(head) / 2
	switch {
	case half >= 2 && odd > half/2 && even < half/10+1:
		return "utf-16le"
	case half >= 2 && even > half/2 && odd < half/10+1:
		return "utf-16be"
	}
	return ""
}

// countUTF8 counts multi-byte characters that are right and bytes that are wrong.
func countUTF8(r io.Reader) (good, bad int, err error) {
	buf := make([]byte, 256<<10)
	keep := 0
	for {
		n, rerr := r.Read(buf[keep:])
		b := buf[:keep+n]
		for len(b) > 0 && (len(b) >= utf8.UTFMax || rerr != nil || utf8.FullRune(b)) {
			if b[0] < utf8.RuneSelf {
				b = b[1:]
				continue
			}
			c, size := utf8.DecodeRune(b)
			if c == utf8.RuneError && size == 1 {
				bad++
			} else {
				good++
			}
			b = b[size:]
		}
		keep = copy(buf, b)
		if rerr == io.EOF {
			return good, bad + keep, nil
		}
		if rerr != nil {
			return 0, 0, rerr
		}
	}
}

// decoder gives r as UTF-8 without a byte order mark. Invalid UTF-8 passes through; cleaning it is normalise's work.
func decoder(r io.Reader, name string) (io.Reader, bool) {
	var e encoding.Encoding
	switch strings.ToLower(name) {
	case "utf-8", "utf8", "":
		return skipBOM(r), true
	case "utf-16le", "utf-16":
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case "utf-16be":
		e = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case "windows-1252", "cp1252", "iso-8859-1", "latin1":
		e = charmap.Windows1252
	default:
		return nil, false
	}
	return transform.NewReader(r, e.NewDecoder()), true
}

func skipBOM(r io.Reader) io.Reader {
	head := make([]byte, 3)
	n, err := io.ReadFull(r, head)
	if n == 3 && bytes.Equal(head, []byte{0xef, 0xbb, 0xbf}) {
		return r
	}
	rest := io.MultiReader(bytes.NewReader(head[:n]), r)
	if err != nil && n < 3 {
		return bytes.NewReader(head[:n])
	}
	return rest
}

// textOf opens the file as decoded text from its start; a file with lone carriage returns gets line feeds.
func textOf(f *os.File, size int64, enc string) (io.Reader, bool) {
	r, ok := decoder(io.NewSectionReader(f, 0, size), enc)
	if !ok {
		return nil, false
	}
	head := make([]byte, 64<<10)
	n, _ := io.ReadFull(r, head)
	r = io.MultiReader(bytes.NewReader(head[:n]), r)
	if bytes.IndexByte(head[:n], '\n') < 0 && bytes.IndexByte(head[:n], '\r') >= 0 {
		r = crReader{r}
	}
	return r, true
}

type crReader struct{ r io.Reader }

func (c crReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	for i := range p[:n] {
		if p[i] == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

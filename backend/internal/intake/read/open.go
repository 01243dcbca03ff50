package read

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"winnow/backend/internal/fault"
)

// Open tells what kind of file path is and gives its rows. Faults are *fault.Error and say what to do next:
// file_empty, file_too_large, file_encrypted, file_unsupported, file_binary, file_bomb, file_not_a_table.
func Open(path string, o Options) (*Table, error) {
	if o.MaxBytes == 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.HeaderScore == nil {
		o.HeaderScore = func([]string) int { return 0 }
	}
	if o.Name == "" {
		o.Name = filepath.Base(path)
	}
	f, err := os.Open(path) //nolint:gosec // reading the named file is what this is for
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil, fault.Newf(fault.NotFound, "file_not_found", "there is no file %q: check the name", path)
		}
		return nil, fault.Wrap(err, fault.Invalid, "file_unreadable", "the file cannot be opened: check that you may read it")
	}
	t, err := open(f, o)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	inner := t.closer
	t.closer = func() error {
		if inner != nil {
			return errors.Join(inner(), f.Close())
		}
		return f.Close()
	}
	return t, nil
}

func open(f *os.File, o Options) (*Table, error) {
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	switch {
	case st.IsDir():
		return nil, fault.Newf(fault.Invalid, "file_is_folder", "%q is a folder: name the files in it", o.Name)
	case st.Size() == 0:
		return nil, empty(o.Name)
	case st.Size() > o.MaxBytes:
		return nil, fault.Newf(fault.TooLarge, "file_too_large", "%q is %d MB, more than the limit of %d MB: split it, or import it by the command line where the limit can be raised", o.Name, st.Size()>>20, o.MaxBytes>>20)
	}
	head := make([]byte, min(st.Size(), 64<<10))
	if _, err := f.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, err
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		t := &Table{Format: XLSX}
		return t, openXLSX(f, st.Size(), t, o)
	}
	if err := otherFormat(f, st.Size(), head, o.Name); err != nil {
		return nil, err
	}
	return openText(f, st.Size(), o)
}

func empty(name string) error {
	return fault.Newf(fault.Invalid, "file_empty", "%q is empty: export it again and check that it holds rows", name)
}

// openText handles everything that is no binary format.
func openText(f *os.File, size int64, o Options) (*Table, error) {
	t := &Table{Encoding: o.Encoding, Sure: Sureness{Encoding: 1}}
	if t.Encoding == "" {
		var err error
		if t.Encoding, t.Sure.Encoding, err = detectEncoding(f, size); err != nil {
			return nil, err
		}
	}
	text, ok := textOf(f, size, t.Encoding)
	if !ok {
		return nil, unknownEncoding(t.Encoding)
	}
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(text, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	head = head[:n]
	if len(bytes.TrimSpace(head)) == 0 {
		return nil, empty(o.Name)
	}
	if looksBinary(head) {
		return nil, fault.Newf(fault.Invalid, "file_binary", "%q is not text that can be read: export the leads as CSV, XLSX, JSON or vCard", o.Name)
	}
	if t.Format, err = textFormat(head, o); err != nil {
		return nil, err
	}
	switch t.Format {
	case JSON:
		err = openJSON(f, size, t)
	case JSONL:
		err = openJSONL(f, size, t)
	case VCard:
		err = openVCard(f, size, t)
	case Text:
		err = openPosts(f, size, t)
	default:
		err = openCSV(f, size, t, o)
	}
	return t, err
}

// textFormat tells the kind of a text by its first 64 KiB.
func textFormat(head []byte, o Options) (Format, error) {
	s := strings.TrimSpace(string(head))
	low := strings.ToLower(s[:min(len(s), 200)])
	ext := strings.ToLower(filepath.Ext(o.Name))
	switch {
	case strings.HasPrefix(low, "begin:vcard"):
		return VCard, nil
	case strings.HasPrefix(low, "<!doctype html"), strings.HasPrefix(low, "<html"), strings.HasPrefix(low, "<?xml"):
		return "", fault.Newf(fault.Invalid, "file_unsupported", "%q is a web page or XML, often a login page saved by mistake: export the leads as CSV, XLSX, JSON or vCard", o.Name)
	case ext == ".jsonl" || ext == ".ndjson":
		return JSONL, nil
	case looksJSON(s):
		return jsonKind(s), nil
	case ext == ".json":
		return "", fault.Newf(fault.Invalid, "file_not_json", "%q is called .json but does not begin like JSON: check the file", o.Name)
	case ext == ".csv" || ext == ".tsv" || ext == ".tab":
		return CSV, nil
	case o.Delimiter != "" || tabular(strings.Split(trimEnd(s), "\n"), o.HeaderScore):
		return CSV, nil
	}
	return Text, nil
}

func looksJSON(s string) bool {
	if s[0] != '{' && s[0] != '[' {
		return false
	}
	rest := strings.TrimSpace(s[1:])
	if rest == "" {
		return false
	}
	if s[0] == '{' {
		return rest[0] == '"' || rest[0] == '}'
	}
	return rest[0] == '{' || rest[0] == ']' || rest[0] == '['
}

// jsonKind: several lines that each begin with { are JSON lines.
func jsonKind(s string) Format {
	first, rest, more := strings.Cut(s, "\n")
	if s[0] == '{' && more && strings.HasSuffix(strings.TrimSpace(first), "}") && strings.HasPrefix(strings.TrimSpace(rest), "{") {
		return JSONL
	}
	return JSON
}

func looksBinary(head []byte) bool {
	bad := 0
	for i := 0; i < len(head); {
		r, n := utf8.DecodeRune(head[i:])
		if (r < 0x20 && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != 0x1b) || (r == utf8.RuneError && n == 1) {
			bad++
		}
		i += n
	}
	return bad*20 > len(head)+40
}

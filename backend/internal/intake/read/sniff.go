package read

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path"
	"strings"

	"winnow/backend/internal/fault"
)

// otherFormat is the fault of a file whose first bytes show a format that cannot be read.
func otherFormat(f *os.File, size int64, head []byte, name string) error {
	if bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		return oldOffice(f, size, name)
	}
	for _, k := range []struct{ magic, what string }{
		{"%PDF", "a PDF"},
		{"\x89PNG", "a picture"},
		{"\xff\xd8\xff", "a picture"},
		{"GIF8", "a picture"},
		{"\x1f\x8b", "a gzip archive: unpack it first"},
		{"Rar!", "a RAR archive: unpack it first"},
		{"7z\xbc\xaf", "a 7z archive: unpack it first"},
		{"SQLite format 3", "a database"},
		{"\x7fELF", "a program"},
		{"MZ\x90", "a program"},
		{"{\\rtf", "an RTF document"},
		{"PAR1", "a Parquet file"},
	} {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return fault.Newf(fault.Invalid, "file_unsupported", "%q is %s, which holds no leads that can be read: export them as CSV, XLSX, JSON or vCard", name, k.what)
		}
	}
	return nil
}

// oldOffice tells a password-protected XLSX (an encrypted package inside the old container) from an old .xls.
func oldOffice(f *os.File, size int64, name string) error {
	marker := []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
	if contains(io.NewSectionReader(f, 0, size), marker) {
		return fault.Newf(fault.Invalid, "file_encrypted", "%q is protected by a password: open it, take the password off (File, Info, Protect Workbook), save it and import it again", name)
	}
	return fault.Newf(fault.Invalid, "file_unsupported", "%q is in the old Excel or Word format: open it and save it as .xlsx or CSV", name)
}

func contains(r io.Reader, marker []byte) bool {
	buf := make([]byte, 256<<10)
	keep := 0
	for {
		n, err := r.Read(buf[keep:])
		b := buf[:keep+n]
		if bytes.Contains(b, marker) {
			return true
		}
		if err != nil {
			return false
		}
		keep = copy(buf, b[max(0, len(b)-len(marker)):])
	}
}

// checkZip refuses archives that are no workbook, are protected, or unpack to more than the limits.
func checkZip(f *os.File, size int64, name string) error {
	z, err := zip.NewReader(f, size)
	if err != nil {
		return broken(err)
	}
	var total uint64
	var workbook bool
	kind := "a ZIP archive: unpack it and import the files in it"
	for _, e := range z.File {
		total += e.UncompressedSize64
		if e.Flags&1 != 0 {
			return fault.Newf(fault.Invalid, "file_encrypted", "%q is protected by a password: take it off and import the file again", name)
		}
		switch p := strings.ToLower(strings.TrimPrefix(e.Name, "/")); {
		case p == "xl/workbook.xml", strings.HasPrefix(p, "xl/workbook") && path.Ext(p) == ".xml":
			workbook = true
		case p == "xl/workbook.bin":
			kind = "a binary workbook (.xlsb): save it as .xlsx or CSV"
		case p == "word/document.xml":
			kind = "a Word document: copy the leads to a spreadsheet, or save the text as .txt"
		case strings.HasPrefix(p, "ppt/"):
			kind = "a presentation"
		case p == "content.xml":
			kind = "an OpenDocument file: save it as .xlsx or CSV"
		}
	}
	if !workbook {
		return fault.Newf(fault.Invalid, "file_unsupported", "%q is %s", name, kind)
	}
	if total > unzipLimit || len(z.File) > 10_000 {
		return bomb(name)
	}
	return checkStrings(z, name)
}

// checkStrings counts the shared strings without unpacking them to memory.
func checkStrings(z *zip.Reader, name string) error {
	for _, e := range z.File {
		if !strings.EqualFold(strings.TrimPrefix(e.Name, "/"), "xl/sharedStrings.xml") {
			continue
		}
		r, err := e.Open()
		if err != nil {
			return broken(err)
		}
		n, err := count(io.LimitReader(r, unzipLimit+1), []byte("<si"))
		if cerr := r.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return broken(err)
		}
		if n > maxStrings {
			return fault.Newf(fault.Invalid, "file_bomb", "%q holds %d different texts, more than a workbook can be read with: save it as CSV and import that", name, n)
		}
	}
	return nil
}

// count counts a word in a stream.
func count(r io.Reader, word []byte) (n int, err error) {
	buf := make([]byte, 256<<10)
	keep := 0
	for {
		got, err := r.Read(buf[keep:])
		b := buf[:keep+got]
		n += bytes.Count(b, word)
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		tail := b[max(0, len(b)-len(word)+1):]
		keep = copy(buf, tail)
	}
}

func broken(err error) error {
	return fault.Wrap(err, fault.Invalid, "file_broken", "the workbook is damaged: open it in a spreadsheet program, save it again and import that")
}

func bomb(name string) error {
	return fault.Newf(fault.Invalid, "file_bomb", "%q unpacks to more than %d MB: it is not read. Split it, or export it as CSV", name, unzipLimit>>20)
}

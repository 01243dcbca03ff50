package read_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake/read"
)

func zipOf(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range files {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const (
	workbook     = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`
	workbookRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
)

// book is a workbook of one sheet whose parts can be replaced.
func book(t *testing.T, replace map[string]string) string {
	t.Helper()
	parts := map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            workbook,
		"xl/_rels/workbook.xml.rels": workbookRels,
		"xl/worksheets/sheet1.xml":   sheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>`),
	}
	maps.Copy(parts, replace)
	return zipOf(t, parts)
}

func sheet(rows string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
}

// lying is a workbook whose directory says that the sheet unpacks to 10 GB.
func lying(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if _, err := w.Create("xl/workbook.xml"); err != nil {
		t.Fatal(err)
	}
	f, err := w.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", UncompressedSize64: 10 << 30, CompressedSize64: 4, CRC32: crc32.ChecksumIEEE([]byte("aaaa"))})
	if err == nil {
		_, err = f.Write([]byte("aaaa"))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// packed is a workbook whose sheet says that it has said bytes and unpacks to real.
func packed(t *testing.T, said uint64, real int) string {
	t.Helper()
	var deflated bytes.Buffer
	d, err := flate.NewWriter(&deflated, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	for range real >> 20 {
		if _, err := d.Write(bytes.Repeat([]byte(" "), 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range map[string]string{"xl/workbook.xml": workbook, "xl/_rels/workbook.xml.rels": workbookRels} {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	f, err := w.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, UncompressedSize64: said, CompressedSize64: uint64(deflated.Len())})
	if err == nil {
		_, err = f.Write(deflated.Bytes())
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func deepJSON(n int) string { return strings.Repeat(`{"a":[`, n) + strings.Repeat(`]}`, n) }

func TestA29_BombsEndInAClearErrorAndLittleMemory(t *testing.T) {
	huge := strings.Repeat("A", 1<<20)
	laughs := `<!DOCTYPE l [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>`
	xxe := `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>`
	for name, c := range map[string]struct {
		file    string
		content func() string // made when needed: what the test itself holds would hide what the reader takes
	}{
		"unpacks to 250 MB": {"x.xlsx", func() string {
			return book(t, map[string]string{"xl/worksheets/sheet1.xml": sheet(strings.Repeat(" ", 250<<20))})
		}},
		"says 10 GB": {"x.xlsx", func() string { return lying(t) }},
		"shared strings of 60 MB": {"x.xlsx", func() string {
			return book(t, map[string]string{"xl/sharedStrings.xml": "<sst>" + strings.Repeat("<si><t>"+huge+"</t></si>", 60) + "</sst>"})
		}},
		"says 100 bytes, is 300 MB": {"x.xlsx", func() string { return packed(t, 100, 300<<20) }},
		"400,000 shared strings": {"x.xlsx", func() string {
			return book(t, map[string]string{
				"xl/sharedStrings.xml":     `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + strings.Repeat("<si><t>a</t></si>", 400_000) + "</sst>",
				"xl/worksheets/sheet1.xml": sheet(`<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>399999</v></c></row>`),
			})
		}},
		"three million shared strings": {"x.xlsx", func() string {
			return book(t, map[string]string{
				"xl/sharedStrings.xml":     `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + strings.Repeat("<si><t>a</t></si>", 2_900_000) + "</sst>",
				"xl/worksheets/sheet1.xml": sheet(`<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>2899999</v></c></row>`),
			})
		}},
		"row 2^31": {"x.xlsx", func() string {
			return book(t, map[string]string{"xl/worksheets/sheet1.xml": sheet(`<row r="2147483648"><c r="A2147483648"><v>1</v></c></row>`)})
		}},
		"column 2^31": {"x.xlsx", func() string {
			return book(t, map[string]string{"xl/worksheets/sheet1.xml": sheet(`<row r="1"><c r="FXSHRXX1"><v>1</v></c></row>`)})
		}},
		"external entity": {"x.xlsx", func() string {
			return book(t, map[string]string{"xl/worksheets/sheet1.xml": xxe + sheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>`)})
		}},
		"billion laughs": {"x.xlsx", func() string {
			return book(t, map[string]string{"xl/worksheets/sheet1.xml": laughs + sheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row>`)})
		}},
		"deep xml": {"x.xlsx", func() string {
			return book(t, map[string]string{"xl/worksheets/sheet1.xml": strings.Repeat("<a>", 200_000)})
		}},
		"a million columns":      {"x.csv", func() string { return strings.Repeat("name,", 1_000_000) + "\n" }},
		"one line of 60 MB":      {"x.csv", func() string { return strings.Repeat(huge, 60) }},
		"one quoted cell":        {"x.csv", func() string { return "name,note\n\"" + strings.Repeat(huge+"\n", 60) }},
		"deep json":              {"x.json", func() string { return deepJSON(200_000) }},
		"one json text of 60 MB": {"x.json", func() string { return `[{"name":"` + strings.Repeat(huge, 60) + `"}]` }},
		"one json line of 60 MB": {"x.jsonl", func() string { return `{"name":"` + strings.Repeat(huge, 60) + `"}` + "\n" }},
		"one card of 60 MB":      {"x.vcf", func() string { return "BEGIN:VCARD\nNOTE:" + strings.Repeat(huge, 60) }},
		"NULs":                   {"x.csv", func() string { return strings.Repeat("\x00", 1<<20) }},
	} {
		t.Run(name, func(t *testing.T) {
			path := file(t, c.file, c.content())
			before := resetPeak(t)
			err, passwd := drain(path)
			grown := peak(t) - before
			t.Logf("%v; memory grew by %d MB at most", err, grown>>20)
			if passwd {
				t.Error("the password file was read")
			}
			if grown > 200<<20 {
				t.Errorf("memory grew by %d MB", grown>>20)
			}
		})
	}
}

// drain reads a file to its end and tells how it ended: nil when every row was rejected or there was none.
func drain(path string) (err error, passwd bool) {
	tb, err := read.Open(path, read.Options{HeaderScore: known})
	if err != nil {
		return err, false
	}
	defer tb.Close()
	for {
		r, err := tb.Next()
		if err != nil {
			return err, passwd
		}
		passwd = passwd || strings.Contains(strings.Join(r.Cells, ""), "root:")
	}
}

// resetPeak makes the system forget this process's peak of memory and answers what it holds now; on systems that
// cannot, the Go heap is measured at the end instead.
func resetPeak(t *testing.T) int64 {
	t.Helper()
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		return heap()
	}
	return status(t, "VmRSS:")
}

func peak(t *testing.T) int64 {
	t.Helper()
	if _, err := os.Stat("/proc/self/clear_refs"); err != nil {
		return heap()
	}
	return status(t, "VmHWM:")
}

func heap() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// status is a size in bytes from the kernel's account of this process.
func status(t *testing.T, key string) int64 {
	t.Helper()
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(string(raw), "\n") {
		if f := strings.Fields(line); len(f) == 3 && f[0] == key {
			n, err := strconv.ParseInt(f[1], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return n << 10
		}
	}
	t.Fatal("no " + key)
	return 0
}

func TestA29_BombsNameWhatToDo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ content, code string }{
		"250 MB": {book(t, map[string]string{"xl/worksheets/sheet1.xml": sheet(strings.Repeat(" ", 250<<20))}), "file_bomb"},
		"10 GB":  {lying(t), "file_bomb"},
		"row":    {book(t, map[string]string{"xl/worksheets/sheet1.xml": sheet(`<row r="2147483648"><c r="A2147483648"><v>1</v></c></row>`)}), "file_broken"},
	} {
		err, _ := drain(file(t, "x.xlsx", c.content))
		if fault.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	for name, c := range map[string]struct{ file, content, code string }{
		"columns": {"x.csv", strings.Repeat("name,", 1_000_000) + "\n", "file_too_wide"},
		"line":    {"x.csv", strings.Repeat("A", 20<<20), "file_not_a_table"},
	} {
		if err, _ := drain(file(t, c.file, c.content)); fault.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

func TestACellOfTenMegabytesCostsItsRowOnly(t *testing.T) {
	t.Parallel()
	for name, cell := range map[string]string{"plain": strings.Repeat("x", 10<<20), "with line ends": "\"" + strings.Repeat("0123456789\n", 1<<20) + "\""} {
		tb, err := open(t, "x.csv", "name,note\nA,a\nB,"+cell+"\nC,c\n")
		if err != nil {
			t.Fatal(err)
		}
		got := rows(t, tb)
		if len(got) != 3 || got[1].Reject == nil || got[1].Reject.Code != "cell_too_large" || got[1].Reject.Column != "note" || got[2].Cells[0] != "C" || len(got[1].Raw) > 64<<10 {
			t.Errorf("%s: %d rows, reject %+v", name, len(got), got[1].Reject)
		}
	}
}

func TestXLSX(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	t.Cleanup(func() { _ = f.Close() })
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := f.NewSheet("Leads")
	must(err)
	must(f.SetCellValue("Sheet1", "A1", "Read me first"))
	for i, row := range [][]any{{"Report of 2026"}, {}, {"Name", "Email", "Phone", "Created"}, {"Jo Ü", "jo@acme.example", 919876501234, 45292}, {}, {"Al", nil, "0049301234"}} {
		must(f.SetSheetRow("Leads", fmt.Sprintf("A%d", i+1), &row))
	}
	path := filepath.Join(t.TempDir(), "x.xlsx")
	must(f.SaveAs(path))
	tb, err := read.Open(path, read.Options{HeaderScore: known})
	must(err)
	defer tb.Close()
	got := rows(t, tb)
	if tb.HeaderRow != 3 || len(got) != 2 || got[0].Cells[2] != "919876501234" || got[0].Cells[3] != "45292" || got[1].Number != 6 || got[1].Cells[2] != "0049301234" {
		t.Errorf("header in row %d: %+v", tb.HeaderRow, got)
	}
	must(f.SaveAs(path, excelize.Options{Password: "secret"}))
	if _, err := read.Open(path, read.Options{}); fault.CodeOf(err) != "file_encrypted" {
		t.Error(err)
	}
	must(os.WriteFile(path, []byte("PK\x03\x04 and then nothing"), 0o600))
	if _, err := read.Open(path, read.Options{}); fault.CodeOf(err) != "file_broken" {
		t.Error(err)
	}
}

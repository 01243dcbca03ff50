package read_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake/read"
)

// known counts a few names of columns, as the mapping room does with many.
func known(cells []string) (n int) {
	for _, c := range cells {
		switch strings.ToLower(strings.TrimSpace(c)) {
		case "name", "email", "phone", "company", "notes", "note":
			n++
		}
	}
	return n
}

func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, name, content string) (*read.Table, error) {
	t.Helper()
	tb, err := read.Open(file(t, name, content), read.Options{HeaderScore: known})
	if err == nil {
		t.Cleanup(func() { _ = tb.Close() })
	}
	return tb, err
}

func rows(t *testing.T, tb *read.Table) (all []read.Row) {
	t.Helper()
	for {
		r, err := tb.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
}

func cells(t *testing.T, name, content string) (columns []string, out [][]string) {
	t.Helper()
	tb, err := open(t, name, content)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, r := range rows(t, tb) {
		out = append(out, r.Cells)
	}
	return tb.Columns, out
}

func utf16File(s string, big, bom bool) string {
	var b []byte
	put := func(u uint16) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	if bom {
		put(0xfeff)
	}
	for _, u := range utf16.Encode([]rune(s)) {
		put(u)
	}
	return string(b)
}

// Inputs 1 to 3 of the list of real inputs that broke other tools.
func TestEncodingsAndDelimiters(t *testing.T) {
	t.Parallel()
	want := [][]string{{"José Ü", "jo@acme.example"}}
	for name, content := range map[string]string{
		"utf-8":                    "name,email\nJosé Ü,jo@acme.example\n",
		"utf-8 with mark":          "\ufeffname,email\r\nJosé Ü,jo@acme.example\r\n",
		"mark and quoted header":   "\ufeff\"name\",\"email\"\n\"José Ü\",\"jo@acme.example\"",
		"windows-1252":             "name;email\nJos\xe9 \xdc;jo@acme.example\n",
		"utf-16le with mark, tab":  utf16File("name\temail\r\nJosé Ü\tjo@acme.example\r\n", false, true),
		"utf-16be with mark":       utf16File("name,email\nJosé Ü,jo@acme.example\n", true, true),
		"utf-16le without mark":    utf16File("name;email\nJosé Ü;jo@acme.example\n", false, false),
		"utf-16be without mark":    utf16File("name|email\nJosé Ü|jo@acme.example\n", true, false),
		"lone carriage returns":    "name,email\rJosé Ü,jo@acme.example\r",
		"excel's sep line":         "sep=;\nname;email\nJosé Ü;jo@acme.example\n",
		"junk above":               "Report\n\nname,email\nJosé Ü,jo@acme.example\n",
		"spaces around quotes":     "name, \"email\"\n\"José Ü\" , \"jo@acme.example\"\n",
		"empty lines between rows": "name,email\n\n\nJosé Ü,jo@acme.example\n,\n",
	} {
		columns, got := cells(t, "x.csv", content)
		if len(columns) != 2 || !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%s: %q %q", name, columns, got)
		}
	}
	_, got := cells(t, "x.csv", "name,note\nA,10 \x96 20\n")
	if got[0][1] != "10 – 20" {
		t.Errorf("the dash of Windows-1252 became %q", got[0][1])
	}
}

func TestQuotes(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][][]string{
		"a,\"line 1\nline 2\",c\n":                   {{"a", "line 1\nline 2", "c"}},
		"a,\"say \"\"hi\"\"\",c\n":                   {{"a", `say "hi"`, "c"}},
		"a,5\" pipe,c\n":                             {{"a", `5" pipe`, "c"}},
		"a,\"5\" pipe\",c\n":                         {{"a", `5" pipe`, "c"}},
		"a,\"foo\" bar,c\n":                          {{"a", `"foo" bar`, "c"}},
		"a,\"open,c\nd,e,f\n":                        {{"a", "open,c", ""}, {"d", "e", "f"}},
		"a,\"open,c\nd,\"e\",f\ng,h,i\n":             {{"a", "open,c", ""}, {"d", "e", "f"}, {"g", "h", "i"}},
		"a,\"Line one\"\"\n\"\"\n\"\"Line two\",c\n": {{"a", "Line one\"\n\"\n\"Line two", "c"}},
		"a,,c\n":     {{"a", "", "c"}},
		"a,\"\",c\n": {{"a", "", "c"}},
	} {
		if _, got := cells(t, "x.csv", "name,email,notes\n"+in); !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// Input 15: ragged rows are rows, with a word about them.
func TestRaggedRows(t *testing.T) {
	t.Parallel()
	tb, err := open(t, "x.csv", "Name,Email,Phone\nA,a@x.example\nB,b@x.example,1,extra\nC,c@x.example,2,,\n")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	got := rows(t, tb)
	for _, r := range got {
		for _, p := range r.Problems {
			codes = append(codes, p.Code)
		}
	}
	if len(got) != 3 || !slices.Equal(codes, []string{"row_short", "row_long"}) || got[2].Number != 4 {
		t.Errorf("%v %v", codes, got)
	}
}

func TestOneColumnKeepsItsCommas(t *testing.T) {
	t.Parallel()
	columns, got := cells(t, "posts.csv", "note\nWe lose orders, every week, and nobody knows why\n\"Quoted, too\"\nNo comma\nOne, comma\n")
	want := [][]string{{"We lose orders, every week, and nobody knows why"}, {"Quoted, too"}, {"No comma"}, {"One, comma"}}
	if !slices.Equal(columns, []string{"note"}) || !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%q %q", columns, got)
	}
}

func TestDuplicateAndEmptyHeaders(t *testing.T) {
	t.Parallel()
	tb, err := open(t, "x.csv", "name,Name,,email\nA,B,C,a@x.example\n")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(tb.Columns, []string{"name", "Name (2)", "Column 3", "email"}) || len(tb.Problems) != 1 {
		t.Errorf("%q %v", tb.Columns, tb.Problems)
	}
	tb, err = open(t, "x.csv", "jo@acme.example,512 555 0100\nal@acme.example,512 555 0101\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := rows(t, tb); tb.HeaderRow != 0 || len(got) != 2 {
		t.Errorf("a file without a header: %d %v", tb.HeaderRow, got)
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"list":        `[{"name":"A","org":{"name":"Acme"}},{"name":"B","tags":["x","y"]}]`,
		"in data":     `{"total":2,"ids":[1,2],"data":[{"name":"A","org":{"name":"Acme"}},{"name":"B","tags":["x","y"]}]}`,
		"deep inside": `{"answer":{"page":{"items":[{"name":"A","org":{"name":"Acme"}},{"name":"B","tags":["x","y"]}]}}}`,
	} {
		columns, got := cells(t, "x.json", content)
		if !slices.Equal(columns, []string{"name", "org.name", "tags"}) || len(got) != 2 || got[0][1] != "Acme" || got[1][2] != "x; y" {
			t.Errorf("%s: %q %q", name, columns, got)
		}
	}
	columns, got := cells(t, "x", "{\"name\":\"A\",\"id\":919876501234567890}\n\n{broken\n[1]\n{\"name\":\"B\",\"new\":true}\n")
	if !slices.Equal(columns, []string{"name", "id", "new"}) || len(got) != 4 || got[0][1] != "919876501234567890" || got[3][2] != "true" {
		t.Errorf("lines: %q %q", columns, got)
	}
	tb, err := open(t, "x.json", `[{"name":"A"},{"name":"B"},{"name":"C`)
	if err != nil {
		t.Fatal(err)
	}
	if all := rows(t, tb); len(all) != 3 || all[2].Reject == nil || all[1].Cells[0] != "B" {
		t.Errorf("half a file: %+v", all)
	}
}

func TestVCards(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../testdata/vcard/mixed.vcf")
	if err != nil {
		t.Fatal(err)
	}
	columns, got := cells(t, "x.vcf", string(raw)+"BEGIN:VCARD\nFN:Cut off\nBEGIN:VCARD\nVERSION:3.0\nFN:After\nEND:VCARD\n")
	at := func(row int, col string) string { return got[row][slices.Index(columns, col)] }
	if len(got) != 5 {
		t.Fatalf("%d cards: %q", len(got), got)
	}
	if at(0, "Company") != "Acme, Inc." || at(0, "Department") != "R&D" || at(0, "Notes") != "Line one\nline two which is folded over the seventy-five octet limit" {
		t.Errorf("3.0: %q", got[0])
	}
	if at(1, "Email") != "jose@acme.example" || at(1, "Phone") != "+34-612-345-678;ext=5" {
		t.Errorf("4.0: %q", got[1])
	}
	if at(2, "Full Name") != "Hans Müller" || at(2, "Last Name") != "Müller" || at(2, "Phone") != "030 1234" {
		t.Errorf("2.1: %q", got[2])
	}
	if at(4, "Full Name") != "After" {
		t.Errorf("after a broken card: %q", got[4])
	}
}

func TestPosts(t *testing.T) {
	t.Parallel()
	columns, got := cells(t, "posts.txt", `Author: Jo Doe, CEO at Acme
URL: https://forum.example/1
Date: 2025-11-02

We lose orders every week.

It has to stop.
---
Ada Sample (Owner, Mills Ltd): our spreadsheet is 40 tabs.
Help?
---
u/steelandcoffee
42 people, one whiteboard.
---
Just a post without an author. It runs on
over two lines.
`)
	at := func(row int, col string) string { return got[row][slices.Index(columns, col)] }
	if len(got) != 4 {
		t.Fatalf("%d posts: %q", len(got), got)
	}
	if at(0, "Name") != "Jo Doe" || at(0, "Title") != "CEO" || at(0, "Company") != "Acme" || at(0, "Content") != "We lose orders every week.\n\nIt has to stop." {
		t.Errorf("%q", got[0])
	}
	if at(1, "Name") != "Ada Sample" || at(1, "Company") != "Mills Ltd" || !strings.HasPrefix(at(1, "Content"), "our spreadsheet") {
		t.Errorf("%q", got[1])
	}
	if at(2, "Name") != "u/steelandcoffee" || at(2, "Content") != "42 people, one whiteboard." {
		t.Errorf("%q", got[2])
	}
	if at(3, "Name") != "" || !strings.HasPrefix(at(3, "Content"), "Just a post") {
		t.Errorf("%q", got[3])
	}
	if _, got := cells(t, "posts.txt", "First post, nothing more.\n\nSecond post.\nStill the second.\n"); len(got) != 2 {
		t.Errorf("parted by blank lines: %q", got)
	}
}

func TestFilesThatCannotBeReadSaySo(t *testing.T) {
	t.Parallel()
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)
	for name, c := range map[string]struct{ file, content, code string }{
		"empty":               {"x.csv", "", "file_empty"},
		"blank":               {"x.csv", "\ufeff \n\n ", "file_empty"},
		"picture":             {"x.csv", "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x01", 99), "file_unsupported"},
		"pdf":                 {"x.pdf", "%PDF-1.7 whatever", "file_unsupported"},
		"random bytes":        {"x.csv", strings.Repeat("\x01\x02\x03\x9d\x8f\x00\x07", 300), "file_binary"},
		"old excel":           {"x.xls", ole, "file_unsupported"},
		"password":            {"x.xlsx", ole + utf16File("EncryptedPackage", false, false), "file_encrypted"},
		"web page":            {"x.csv", "<!DOCTYPE html><html><body>Sign in</body></html>", "file_unsupported"},
		"not json":            {"x.json", "name,email\na,b", "file_not_json"},
		"broken json":         {"x.json", `{"a": {`, ""},
		"json without a list": {"x.json", `{"a": 1, "b": [1, 2`, ""},
		"zip":                 {"x.zip", zipOf(t, map[string]string{"a.txt": "hello"}), "file_unsupported"},
		"word":                {"x.docx", zipOf(t, map[string]string{"word/document.xml": "<w/>"}), "file_unsupported"},
	} {
		_, err := open(t, c.file, c.content)
		if c.code != "" && fault.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	if _, err := read.Open("/no/such/file.csv", read.Options{}); fault.CodeOf(err) != "file_not_found" {
		t.Error(err)
	}
	if _, err := read.Open(file(t, "x.csv", "name\n"+strings.Repeat("x\n", 99)), read.Options{MaxBytes: 20}); fault.CodeOf(err) != "file_too_large" {
		t.Error(err)
	}
	if _, err := read.Open(file(t, "x.csv", "name\nx"), read.Options{Encoding: "ebcdic"}); fault.CodeOf(err) != "encoding_unknown" {
		t.Error(err)
	}
}

package intake_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/testkit"
)

func TestA35_RejectsCanBeOpenedMendedAndImportedAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	notes := []string{"=1+1", "+SUM(A1)", "-2+3", "@x", "\t=1", "'=kept", "\"=1", "plain", "=cmd|' /C calc'!A0"}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"Name", "Email", "Notes", "=Odd header"})
	for _, n := range notes {
		_ = w.Write([]string{"", "broken@", n, "x"})
	}
	_ = w.Write([]string{"Jo", "jo@acme.example", "good", "x"})
	w.Flush()
	imp := h.bring(t, "x.csv", b.Bytes(), intake.Options{})
	if imp.Rejected != len(notes) || imp.Created != 1 {
		t.Fatal(fatesOf(imp))
	}
	var report bytes.Buffer
	if err := h.WriteRejects(h.ctx, imp.ID, &report); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(report.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != len(notes)+1 {
		t.Fatalf("%v: %q", err, rows)
	}
	for i, r := range rows[1:] {
		for _, cell := range r {
			if t0 := strings.TrimLeft(cell, " \""); t0 != "" && strings.ContainsRune("=+-@\t\r", rune(t0[0])) {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
		if r[1] != "Email" || r[2] != "email_invalid" || r[0] == "" || i == 0 && r[0] != "2" {
			t.Errorf("%q", r)
		}
	}
	mended := strings.ReplaceAll(report.String(), "broken@", "MEND")
	for i := range notes {
		mended = strings.Replace(mended, "MEND", "mended"+string(rune('a'+i))+"@acme.example", 1)
	}
	again := h.bring(t, "rejects.csv", []byte(mended), intake.Options{})
	if again.Created != len(notes) || again.Rejected != 0 {
		t.Fatal(fatesOf(again), again.Warnings.V)
	}
	var got []string
	for _, l := range h.leads(t)[1:] {
		got = append(got, l.Custom.V["note"])
		for k := range l.Custom.V {
			if strings.HasPrefix(k, "winnow") {
				t.Errorf("the report's own column came in as %q", k)
			}
		}
	}
	want := slices.Clone(notes)
	want[4] = "=1" // a tab before text is no text
	if !slices.Equal(got, want) {
		t.Errorf("came back as %q, want %q", got, want)
	}
}

func TestABadRowNeverStopsAFile(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	file := "Name,Email,Notes\nA,a@x.example,ok\n,,only notes\nB,b@x.example," + strings.Repeat("x", 2<<20) + "\nC,c@x.example,\"open\nD,d@x.example,ok\n"
	imp := h.bring(t, "x.csv", []byte(file), intake.Options{})
	if imp.Created != 3 || imp.Rejected != 2 || imp.RowsTotal != 5 {
		t.Fatal(fatesOf(imp))
	}
	rows, _, err := h.Rows(h.ctx, imp.ID, intake.Rejected, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	if rows[0].RowNo != 3 || rows[0].Code != "lead_empty" || rows[1].RowNo != 4 || rows[1].Code != "cell_too_large" || rows[1].Col != "Notes" || len(rows[1].Raw) > 40<<10 {
		t.Errorf("%.300v", rows)
	}
}

// Input 8: what a person would be asked is kept raw, warned about and counted.
func TestAmbiguousDatesAreKeptRaw(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	imp := h.bring(t, "x.csv", []byte("Name,Created\nA,03/04/2024\nB,05/06/2024\n"), intake.Options{})
	l := h.leads(t)[0]
	if l.Custom.V["created"] != "03/04/2024" || len(imp.Warnings.V) != 1 || imp.Warnings.V[0].Code != "date_ambiguous" || imp.Warnings.V[0].Count != 2 || imp.Warnings.V[0].Column != "Created" {
		t.Errorf("%v %+v", l.Custom.V, imp.Warnings.V)
	}
	imp = h.bring(t, "y.csv", []byte("Name,Created\nC,03/04/2024\nD,25/12/2024\n"), intake.Options{})
	if l := h.leads(t)[2]; l.Custom.V["created"] != "2024-04-03" || len(imp.Warnings.V) != 0 {
		t.Errorf("the column decides: %v %+v", l.Custom.V, imp.Warnings.V)
	}
}

func TestAMappingByHandOverrules(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	company, note := "company", "custom.remark"
	imp := h.bring(t, "x.csv", []byte("Name,Whatever,Email,Hm\nJo,Acme,jo@x.example,hello\n"), intake.Options{
		Mapping: map[string]*string{"Whatever": &company, "Hm": &note, "Email": nil},
	})
	l := h.leads(t)[0]
	if l.Company != "Acme" || l.Email != "" || l.Custom.V["remark"] != "hello" || imp.Mapping.V["Email"] != "" {
		t.Errorf("%+v", l)
	}
	wrong := "shoe_size"
	_, err := h.Upload(h.ctx, "x.csv", strings.NewReader("Name\nJo\n"), intake.Options{Mapping: map[string]*string{"Name": &wrong, "Nope": &company}})
	if f := fieldsOf(err); f["mapping.Name"] != "unknown_field" || f["mapping.Nope"] != "unknown_column" {
		t.Errorf("%v", err)
	}
}

// TestAFileKnownToHoldNoLeadsNeedsAWord: mapping its columns is not enough, since a saved mapping may meet any file.
func TestAFileKnownToHoldNoLeadsNeedsAWord(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	file := []byte("Company name,Record ID,Company owner\nAcme,1,Sam\n")
	o := intake.Options{Mapping: map[string]*string{"Company owner": new("name")}}
	if imp := h.bring(t, "companies.csv", file, o); !strings.Contains(imp.Error, "force") || imp.Created != 0 {
		t.Errorf("without force: %q %s", imp.Error, fatesOf(imp))
	}
	o.Force = true
	if imp := h.bring(t, "companies.csv", file, o); imp.Error != "" || imp.Created != 1 {
		t.Errorf("with force: %q %s", imp.Error, fatesOf(imp))
	}
	empty := intake.Options{Force: true}
	if imp := h.bring(t, "empty.csv", []byte("Name,Email\n"), empty); imp.Error == "" {
		t.Error("a file without rows was imported")
	}
}

func TestFilesThatNobodyImportsAreForgotten(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	if _, err := h.Upload(h.ctx, "looked-at.csv", strings.NewReader("Name\nX\n"), intake.Options{}); err != nil {
		t.Fatal(err)
	}
	h.bring(t, "headers.csv", []byte("Name,Email\n"), intake.Options{})
	h.clock.Advance(25 * time.Hour)
	if _, err := h.Upload(h.ctx, "new.csv", strings.NewReader("Name\nY\n"), intake.Options{}); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(h.dir)
	if err != nil || len(left) != 1 || h.count(t, "imports") != 2 {
		t.Errorf("%d files and %d imports are left, %v", len(left), h.count(t, "imports"), err)
	}
}

//go:fix inline
func TestFilesAndOptionsThatAreWrong(t *testing.T) {
	t.Parallel()
	h := newHouseWith(t, testkit.SQLite(t), intake.Config{MaxBytes: 1000})
	for name, c := range map[string]struct {
		content string
		o       intake.Options
		code    string
	}{
		"empty":     {"", intake.Options{}, "file_empty"},
		"too large": {strings.Repeat("x", 2000), intake.Options{}, "file_too_large"},
		"region":    {"Name\nX\n", intake.Options{DefaultRegion: "Atlantis"}, "import_options_invalid"},
		"delimiter": {"Name\nX\n", intake.Options{Delimiter: ";;"}, "import_options_invalid"},
		"encoding":  {"Name\nX\n", intake.Options{Encoding: "klingon"}, "encoding_unknown"},
	} {
		if _, err := h.Upload(h.ctx, "x.csv", strings.NewReader(c.content), c.o); fault.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	if h.count(t, "imports") != 0 {
		t.Error("a file that cannot be read was kept")
	}
	left, err := os.ReadDir(h.dir)
	if err != nil || len(left) != 0 {
		t.Errorf("files left behind: %v %v", left, err)
	}
	p, err := h.Upload(h.ctx, "../../etc/\x00pass\u202ewd.csv", strings.NewReader("Name\nX\n"), intake.Options{})
	if err != nil || p.Import.Filename != "passwd.csv" {
		t.Errorf("%v %q", err, p.Import.Filename)
	}
	if _, err := h.Start(h.ctx, p.Import.ID, intake.Options{}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Start(h.ctx, p.Import.ID, intake.Options{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("started twice: %v", err)
	}
	if _, err := h.Get(h.ctx, "nonsense"); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
}

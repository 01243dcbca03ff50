package intake_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/intake/mapping"
	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/lead/filter"
	"winnow/backend/internal/testkit"
)

// The name of a file is a label: what is kept lies under a name of our own, whatever the file is called.
func TestA30_NoNameOfAFileLeavesTheFolderOfUploads(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	outside := filepath.Dir(h.dir)
	for _, name := range []string{
		"../../etc/passwd", "..", "../", "/etc/passwd", `..\..\windows\win.ini`, `C:\x.csv`, "a/../../b.csv", "x\x00.csv", "....//x.csv", "%2e%2e%2fx.csv", "CON", "x.csv/", ".", "",
		"\u202ecsv.exe", strings.Repeat("n", 10_000) + ".csv", strings.Repeat("é", 10_000), "~/x.csv", "\r\nSet-Cookie: a=b", "．．／x.csv", "|rm -rf", "$(id).csv",
	} {
		p, err := h.Upload(h.ctx, name, strings.NewReader("Name\nJo\n"), intake.Options{})
		if err != nil {
			t.Errorf("%.40q: %v", name, err)
			continue
		}
		if filepath.Dir(p.Import.Path) != h.dir || filepath.Base(p.Import.Path) != p.Import.ID {
			t.Errorf("%.40q is kept as %s", name, p.Import.Path)
		}
		if f := p.Import.Filename; f == "" || len([]rune(f)) > 200 || strings.ContainsAny(f, "/\\\x00\r\n\u202e") || f == ".." {
			t.Errorf("%.40q is called %q", name, f)
		}
	}
	around, err := os.ReadDir(outside)
	if err != nil || len(around) != 1 {
		t.Errorf("beside the folder: %v %v", around, err)
	}
	inside, err := os.ReadDir(h.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range inside {
		if info, err := f.Info(); err != nil || !info.Mode().IsRegular() || info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v", f.Name(), info.Mode())
		}
	}
}

// pathological is text of 100 KB that makes backtracking or quadratic parsers stand still.
func pathological() map[string]string {
	const n = 100_000
	fill := func(s string) string { return strings.Repeat(s, n/len(s)+1)[:n] }
	return map[string]string{
		"one letter": fill("a"), "at signs": fill("@"), "addresses": fill("a@"), "quotes": fill(`"`), "backslashes": fill(`\`), "dots": fill("."), "dashes": fill("-"),
		"digits": fill("1"), "plus": "+" + fill("1 "), "slashes": fill("/"), "schemes": fill("http://"), "angles": fill("<"), "parentheses": fill("("), "spaces": fill(" "),
		"separators": fill(";,"), "percent": fill("%25"), "joiners": fill("a\u200d"), "marks": "a" + strings.Repeat("\u0301", n/2), "dates": fill("1/"), "comments": fill("(a@b.c"), "nested": fill("(not "),
	}
}

// within is the bound of A34, with room for a loaded machine: backtracking takes minutes.
const within = 50 * time.Millisecond

func TestA34_NoTextMakesAParserStandStill(t *testing.T) {
	t.Parallel()
	m, countries := mapping.New(), normalise.NewCountries()
	parsers := map[string]func(s string){ // a column is judged by the first 2,000 characters of its values
		"e-mail":                   func(s string) { _, _ = normalise.ParseEmail(s) },
		"text":                     func(s string) { _, _ = normalise.Text(s) },
		"line":                     func(s string) { _, _ = normalise.Line(s) },
		"fold":                     func(s string) { _ = normalise.Fold(s) },
		"country":                  func(s string) { _ = countries.Code(s) },
		"column":                   func(s string) { _ = m.Suggest([]string{s}, [][]string{{s[:2000]}}) },
		"header":                   func(s string) { _ = m.HeaderScore([]string{s}) },
		"signature":                func(s string) { _ = mapping.Fingerprint([]string{s, s}) },
		"filter":                   func(s string) { _, _ = filter.Parse(s, filter.Env{}) },
		"filter, cut to its bound": func(s string) { _, _ = filter.Parse(s[:filter.MaxLength], filter.Env{}) },
	}
	wall := clock.System{}
	for what, s := range pathological() {
		for name, parse := range parsers {
			least := time.Hour
			for try := 0; try < 20 && least > within; try++ { // a pause of the machine is no fault of the parser
				began := wall.Now()
				parse(s)
				least = min(least, wall.Now().Sub(began))
			}
			if least > within {
				t.Errorf("%s of %s took %s", name, what, least)
			}
		}
	}
}

// A cell of 100 KB in every column, through the whole door.
func TestA34_ARowOfHostileCellsIsShapedAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	wall := clock.System{}
	for what, s := range pathological() {
		cell := `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		var file bytes.Buffer
		file.WriteString("Name,First Name,Email,Phone,Company,Title,LinkedIn,Website,Country,Created,Value,Tags,Notes\nJo")
		for range 12 {
			file.WriteString("," + cell)
		}
		file.WriteString("\n")
		least := time.Hour
		for try := 0; try < 3 && least > 2*time.Second; try++ {
			began := wall.Now()
			h.bring(t, "x.csv", file.Bytes(), intake.Options{DefaultRegion: "US"})
			least = min(least, wall.Now().Sub(began))
		}
		if least > 2*time.Second {
			t.Errorf("%s: %s for 1.2 MB", what, least)
		}
	}
}

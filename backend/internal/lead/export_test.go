package lead_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func export(t *testing.T, d *db.DB, f lead.Format, q lead.Query) []byte {
	t.Helper()
	e, err := store(d).Export(system(t), f, q, func(id string) string { return "Pain " + id }, lead.Choice{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := e.Write(system(t), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// records reads a CSV export as header → cell.
func records(t *testing.T, b []byte) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(b), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, l := range lines[1:] {
		m := map[string]string{}
		for i, c := range l {
			m[lines[0][i]] = c
		}
		out = append(out, m)
	}
	return out
}

func hostile() []string {
	return []string{
		"=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "'=1", `"=1`, ` =1`, "''+x", "=cmd|'/C calc'!A0", " \"'@x", "-5", "\n=1",
	}
}

func TestA35_NoCellRunsAsFormula(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		for i, s := range hostile() {
			put(t, d, lead.Lead{
				Name: s, Title: s, Company: s, Email: s, Phone: s, Content: s, Source: s, PainQuote: s, Score: i + 1, Grade: "D",
				Tags: db.NewJSON([]string{s}), Custom: db.NewJSON(map[string]string{"k": s, "=head": "x"}),
			})
		}
		put(t, d, lead.Lead{Name: "plain 'quoted' text", Phone: "+4915112345678", Content: "it's = fine"})
		for _, r := range records(t, export(t, d, lead.CSV, lead.Query{})) {
			if r["name"] == "plain 'quoted' text" {
				if r["phone"] != "+4915112345678" || r["content"] != "it's = fine" {
					t.Errorf("plain cells were changed: %v", r)
				}
				continue
			}
			for h, c := range r {
				if bare := strings.TrimLeft(c, " \"\n"); bare != "" && strings.ContainsAny(bare[:1], "=+-@\t\r") && !regexp.MustCompile(`^[+-][0-9]+(-[0-9]+)?$`).MatchString(c) {
					t.Errorf("%s: %q would run", h, c)
				}
				if strings.HasPrefix(h, "=") {
					t.Errorf("header %q would run", h)
				}
			}
			if !slices.Contains(hostile(), lead.UnguardCell(r["name"])) || r["name"] != r["k"] {
				t.Errorf("taking the apostrophe off %q does not give the original", r["name"])
			}
		}
		f, err := excelize.OpenReader(bytes.NewReader(export(t, d, lead.XLSX, lead.Query{Sort: "score", Filter: "score > 0"})))
		if err != nil {
			t.Fatal(err)
		}
		for i := range hostile() {
			cell := fmt.Sprintf("F%d", i+2)
			if v, err := f.GetCellFormula("Leads", cell); err != nil || v != "" {
				t.Errorf("%s has the formula %q, %v", cell, v, err)
			}
			if v, _ := f.GetCellValue("Leads", cell); strings.TrimSpace(v) != strings.TrimSpace(hostile()[i]) {
				t.Errorf("%s: %q, want %q", cell, v, hostile()[i])
			}
		}
	})
}

func TestExportHoldsTheFilteredViewWithItsJudgement(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		v := int64(99_900_000)
		putAll(t, d, []lead.Lead{
			{Name: "Ann", Grade: "A+", Score: 92, PainID: "late", PainQuote: "always late, \"always\"", ValueMicros: &v, Custom: db.NewJSON(map[string]string{"budget": "500"})},
			{Name: "Bob", Grade: "D", Score: 3, Tags: db.NewJSON([]string{"a", "b"})},
			{Name: "Cid"},
		})
		rs := records(t, export(t, d, lead.CSV, lead.Query{Filter: "grade in (A+,D)", Sort: "name"}))
		if len(rs) != 2 || rs[0]["winnow_grade"] != "A+" || rs[0]["winnow_score"] != "92" || rs[0]["winnow_top_pain"] != "Pain late" ||
			rs[0]["winnow_quote"] != `always late, "always"` || rs[0]["lead value"] != "99.9" || rs[0]["budget"] != "500" || rs[1]["tags"] != "a, b" {
			t.Errorf("%v", rs)
		}
		var objects []map[string]any
		if err := json.Unmarshal(export(t, d, lead.JSON, lead.Query{Search: "bob"}), &objects); err != nil {
			t.Fatal(err)
		}
		if len(objects) != 1 || objects[0]["winnow_score"] != 3.0 || fmt.Sprint(objects[0]["tags"]) != "[a b]" || objects[0]["email"] != nil {
			t.Errorf("%v", objects)
		}
		if b := export(t, d, lead.JSON, lead.Query{Filter: "name = nobody"}); strings.TrimSpace(string(b)) != "[\n]" {
			t.Errorf("an empty export: %q", b)
		}
		for _, c := range []struct {
			f lead.Format
			q lead.Query
		}{{"pdf", lead.Query{}}, {lead.CSV, lead.Query{Filter: "x"}}, {lead.CSV, lead.Query{Sort: "x"}}, {lead.CSV, lead.Query{Search: "!"}}} {
			if _, err := store(d).Export(system(t), c.f, c.q, nil, lead.Choice{}); !fault.Is(err, fault.Invalid) {
				t.Errorf("%v: %v", c, err)
			}
		}
	})
}

func TestA14_ExportHoldsNoForeignLead(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		me, other := user(t, d), user(t, d)
		put(t, d, lead.Lead{Name: "canary", OwnerID: &other, Custom: db.NewJSON(map[string]string{"canary": "x"})})
		e, err := store(d).Export(as(t, me, account.RoleUser), lead.CSV, lead.Query{}, nil, lead.Choice{})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		n, err := e.Write(as(t, me, account.RoleUser), &b)
		if err != nil || n != 0 || strings.Contains(b.String(), "canary") {
			t.Errorf("%d %v %s", n, err, b.String())
		}
	})
}

func TestExportGoesOnOverManyPages(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		ls := make([]lead.Lead, 1203)
		for i := range ls {
			ls[i] = lead.Lead{Name: fmt.Sprintf("n%04d", i), Score: i % 7 * 10, Grade: "D"}
		}
		putAll(t, d, ls)
		for _, q := range []lead.Query{{}, {Sort: "-score,name"}, {Sort: "grade"}} {
			seen := map[string]bool{}
			for _, r := range records(t, export(t, d, lead.CSV, q)) {
				seen[r["name"]] = true
			}
			if len(seen) != len(ls) {
				t.Errorf("%+v: %d of %d leads", q, len(seen), len(ls))
			}
		}
	})
}

func TestA35_ChosenColumnsAndLeads(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		one := put(t, d, lead.Lead{Name: "=1+1", Email: "a@b.example", Custom: db.NewJSON(map[string]string{"budget": "@SUM(A1)"})})
		put(t, d, lead.Lead{Name: "Two"})
		write := func(f lead.Format, c lead.Choice) string {
			e, err := store(d).Export(system(t), f, lead.Query{}, nil, c)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if _, err := e.Write(system(t), &b); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
		c := lead.Choice{IDs: []string{one.ID}, Columns: []string{"custom.budget", "name", "grade"}}
		if got := write(lead.CSV, c); got != "\ufeffbudget,name,winnow_grade\n'@SUM(A1),'=1+1,\n" {
			t.Errorf("CSV: %q", got)
		}
		if got := write(lead.JSONL, c); got != `{"budget":"@SUM(A1)","name":"=1+1"}`+"\n" {
			t.Errorf("JSON Lines: %q", got)
		}
		if got := write(lead.JSONL, lead.Choice{Columns: []string{"name"}}); strings.Count(got, "\n") != 2 || !json.Valid([]byte(strings.Split(got, "\n")[0])) {
			t.Errorf("two leads: %q", got)
		}
		for _, bad := range []lead.Choice{{Columns: []string{"password"}}, {Columns: []string{"name", "name"}}, {Columns: []string{"name; DROP TABLE leads"}}, {IDs: []string{"x"}}} {
			if _, err := store(d).Export(system(t), lead.CSV, lead.Query{}, nil, bad); !fault.Is(err, fault.Invalid) {
				t.Errorf("%v: %v", bad, err)
			}
		}
	})
}

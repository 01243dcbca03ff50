package httpapi_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// lines reads a CSV answer.
func (a answer) lines() [][]string {
	a.t.Helper()
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(a.body), "\ufeff"))).ReadAll()
	if err != nil {
		a.t.Fatal(err)
	}
	return lines
}

func TestChosenLeadsAreExportedWithExactlyTheColumnsAskedFor(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		w := serveLeads(t, d)
		ann := w.as(w.ann)
		mia := w.add(w.ann, map[string]any{"name": "Mia", "company": "Acme", "custom": map[string]string{"budget": "9"}})
		leo := w.add(w.ann, map[string]any{"name": "Leo", "company": "Bolt"})
		w.add(w.ann, map[string]any{"name": "Ida", "company": "Cole"})
		foreign := w.add(w.bob, map[string]any{"name": "Bobs own"})

		got := ann.do(http.MethodPost, "/leads/export", map[string]any{
			"ids": []string{mia.ID, leo.ID, foreign.ID}, "columns": []string{"company", "name", "owner", "custom.budget"}, "sort": "name",
		}).want(http.StatusOK)
		want := [][]string{{"company", "name", "winnow_owner", "budget"}, {"Bolt", "Leo", "ann", ""}, {"Acme", "Mia", "ann", "9"}}
		if lines := got.lines(); !slices.EqualFunc(lines, want, slices.Equal) {
			t.Errorf("%q, want %q", lines, want)
		}
		if h := got.header; h.Get("Content-Type") != "text/csv; charset=utf-8" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%v", h)
		}

		byFilter := map[string]any{"format": "json", "filter": "company = Cole", "columns": []string{"name"}}
		if b := ann.do(http.MethodPost, "/leads/export", byFilter).want(http.StatusOK).body; string(b) != "[\n{\"name\":\"Ida\"}\n]\n" {
			t.Errorf("%s", b)
		}
		both := map[string]any{"ids": []string{mia.ID}, "filter": "company = Cole"}
		if n := len(ann.do(http.MethodPost, "/leads/export", both).want(http.StatusOK).lines()); n != 1 {
			t.Errorf("ids that do not meet the filter: %d lines, want the head alone", n)
		}
	})
}

func TestAnExportThatCannotBeSaysWhichField(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		w := serveLeads(t, d)
		many := make([]string, 10_001)
		for i := range many {
			many[i] = id.New()
		}
		for name, c := range map[string]struct {
			body  map[string]any
			field string
		}{
			"nobody chosen":  {map[string]any{"ids": []string{}}, "ids"},
			"too many":       {map[string]any{"ids": many}, "ids"},
			"no id":          {map[string]any{"ids": []string{"1 OR 1=1"}}, "ids"},
			"unknown column": {map[string]any{"columns": []string{"password_hash"}}, "columns"},
			"twin column":    {map[string]any{"columns": []string{"name", "name"}}, "columns"},
			"unknown format": {map[string]any{"format": "pdf"}, "format"},
			"bad filter":     {map[string]any{"filter": "gade = A"}, "filter"},
			"unknown member": {map[string]any{"colums": []string{"name"}}, "colums"},
		} {
			a := w.as(w.ann).do(http.MethodPost, "/leads/export", c.body).want(http.StatusBadRequest)
			if _, told := a.fields()[c.field]; !told {
				t.Errorf("%s: %s", name, a.body)
			}
		}
	})
}

func TestA35_NoCellOfAChosenExportRunsAsFormula(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		w := serveLeads(t, d)
		var ids []string
		for _, name := range []string{"=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|'/C calc'!A0"} {
			ids = append(ids, w.add(w.boss, map[string]any{"name": name, "custom": map[string]string{"=HYPERLINK(1)": name}}).ID)
		}
		a := w.as(w.boss).do(http.MethodPost, "/leads/export", map[string]any{"ids": ids, "columns": []string{"name", "custom.=HYPERLINK(1)"}}).want(http.StatusOK)
		lines := a.lines()
		if len(lines) != 6 {
			t.Fatalf("%d lines", len(lines))
		}
		for _, line := range lines {
			for _, cell := range line {
				if strings.ContainsAny(cell[:1], "=+-@") {
					t.Errorf("runs in a spreadsheet: %q", cell)
				}
			}
		}
	})
}

// An edit that comes too late is answered with what is stored now, so that a page can show both.
func TestAConflictCarriesTheLeadAsItIsNow(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		w := serveLeads(t, d)
		ann := w.as(w.ann)
		mia := w.add(w.ann, map[string]any{"name": "Mia", "email": "mia@acme.example"})
		w.add(w.ann, map[string]any{"name": "Leo", "email": "leo@acme.example"})
		ann.do(http.MethodPut, "/leads/"+mia.ID, map[string]any{"title": "CEO"}).want(http.StatusOK)
		current := func(a answer) (l httpapi.LeadResponse) {
			t.Helper()
			var p struct{ Current httpapi.LeadResponse }
			if err := json.Unmarshal(a.body, &p); err != nil {
				t.Fatal(err)
			}
			return p.Current
		}

		late := ann.with("If-Match", `"1"`).do(http.MethodPut, "/leads/"+mia.ID, map[string]any{"title": "Owner"}).want(http.StatusPreconditionFailed)
		if l := current(late); l.ID != mia.ID || l.Title != "CEO" || l.Version != 2 {
			t.Errorf("too late: %+v", l)
		}
		clash := ann.do(http.MethodPut, "/leads/"+mia.ID, map[string]any{"email": "leo@acme.example"}).want(http.StatusConflict)
		if l := current(clash); l.ID != mia.ID || l.Email != "mia@acme.example" {
			t.Errorf("taken address: %+v", l)
		}
		// Nobody learns of a foreign lead by a conflict.
		if a := w.as(w.bob).with("If-Match", `"1"`).do(http.MethodPut, "/leads/"+mia.ID, map[string]any{"title": "x"}).want(http.StatusNotFound); strings.Contains(string(a.body), "Mia") {
			t.Errorf("%s", a.body)
		}
	})
}

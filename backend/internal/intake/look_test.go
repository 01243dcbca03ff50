package intake_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead/filter"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func TestADryRunShowsWhatAKnownLeadWouldGainAndWhatStays(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		first := h.bring(t, "a.csv", []byte("Name,Email,Title\nJo Doe,jo@acme.example,Owner\nAl Roe,al@acme.example,\n"), intake.Options{})
		p, err := h.Upload(h.ctx, "b.csv", strings.NewReader("Name,Email,Title,Company\nJo Doe,jo@acme.example,Founder,Acme\nCy Poe,cy@acme.example,,\n"), intake.Options{})
		if err != nil {
			t.Fatal(err)
		}
		_, samples, err := h.Rehearse(h.ctx, p.Import.ID, intake.Options{})
		if err != nil || len(samples) != 2 {
			t.Fatalf("%v %+v", err, samples)
		}
		want := []intake.Change{{Field: "title", Stored: "Owner", Given: "Founder"}, {Field: "company", Given: "Acme", Taken: true}}
		got := samples[0]
		if got.Fate != intake.Updated || got.LeadID == "" || len(got.Changes) != 2 || got.Changes[0] != want[0] || got.Changes[1] != want[1] {
			t.Errorf("%+v", got)
		}
		if samples[1].Fate != intake.Created || samples[1].LeadID != "" || len(samples[1].Changes) != 0 {
			t.Errorf("%+v", samples[1])
		}
		f, err := filter.Parse("import = "+first.ID, filter.Env{Relations: []filter.Relation{intake.Relation()}})
		if err != nil {
			t.Fatal(err)
		}
		var n int64
		if err := d.Read.Table("leads").Where(f.Where(d.Dialect)).Count(&n).Error; err != nil || n != 2 {
			t.Errorf("%d leads of the import, %v", n, err)
		}
	})
}

func TestTheUsersWordDecidesHowAFileIsRead(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	p, err := h.Upload(h.ctx, "a.csv", strings.NewReader("Name,Posted\nJo,03/04/2024\nAl,05/06/2024\n"), intake.Options{})
	if err != nil || !p.Reading.DatesUnclear || p.Reading.DateOrder != "" {
		t.Fatalf("%v %+v", err, p.Reading)
	}
	imp, err := h.DryRun(h.ctx, p.Import.ID, intake.Options{Mapping: map[string]*string{"Posted": new("posted_at")}})
	if err != nil || len(imp.Warnings.V) == 0 {
		t.Fatalf("an unclear date passed: %v %+v", err, imp)
	}
	imp, err = h.DryRun(h.ctx, p.Import.ID, intake.Options{Mapping: map[string]*string{"Posted": new("posted_at")}, DateOrder: "dmy"})
	if err != nil || len(imp.Warnings.V) != 0 {
		t.Errorf("%v %+v", err, imp.Warnings.V)
	}
}

func TestASheetIsChosen(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	if _, err := book.NewSheet("People"); err != nil {
		t.Fatal(err)
	}
	for cell, v := range map[string]string{"A1": "Quarter", "B1": "Sum", "A2": "Q1", "B2": "7"} {
		if err := book.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	for cell, v := range map[string]string{"A1": "Name", "B1": "Email", "A2": "Jo", "B2": "jo@acme.example"} {
		if err := book.SetCellValue("People", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, testkit.SQLite(t))
	p, err := h.Upload(h.ctx, "a.xlsx", bytes.NewReader(b.Bytes()), intake.Options{})
	if err != nil || p.Reading.Sheet != "People" || len(p.Reading.Sheets) != 2 {
		t.Fatalf("%v %+v", err, p)
	}
	p, err = h.Look(h.ctx, p.Import.ID, intake.Options{Sheet: "Sheet1"})
	if err != nil || p.Columns[0].Header != "Quarter" || p.Reading.Sheet != "Sheet1" {
		t.Errorf("%v %+v", err, p)
	}
	if _, err := h.Look(h.ctx, p.Import.ID, intake.Options{Sheet: "None"}); err == nil || !strings.Contains(err.Error(), "People") {
		t.Errorf("%v", err)
	}
}

package intake_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// dump is everything about leads that an undo has to bring back: their values, keys and origins.
func (h *house) dump(tb testing.TB) string {
	tb.Helper()
	var b strings.Builder
	for _, l := range h.leads(tb) {
		company := ""
		if l.CompanyID != nil {
			company = *l.CompanyID
		}
		fmt.Fprintf(&b, "%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%v|%v|%v|%v\n", l.Name, l.Title, l.Company, company, l.Email, l.Phone, l.LinkedinURL,
			l.Industry, l.Content, l.Location, l.Country, l.Tags.V, l.Custom.V, l.PostedAt, l.ValueMicros != nil)
	}
	var keys []lead.Identity
	var from []lead.Provenance
	if err := h.db.Read.Where("live").Order("lead_id, kind, value").Find(&keys).Error; err != nil {
		tb.Fatal(err)
	}
	q := h.db.Read.Where("lead_id IN (SELECT id FROM leads WHERE deleted_at IS NULL)").Order("lead_id, field, value, at")
	if err := q.Find(&from).Error; err != nil {
		tb.Fatal(err)
	}
	for _, k := range keys {
		fmt.Fprintf(&b, "key %s %s %s\n", k.LeadID, k.Kind, k.Value)
	}
	for _, p := range from {
		fmt.Fprintf(&b, "from %s %s %q %v\n", p.LeadID, p.Field, p.Value, p.Current)
	}
	return b.String()
}

// undo takes an import back and answers its state.
func (h *house) undo(tb testing.TB, importID string, all bool) *intake.Import {
	tb.Helper()
	imp, err := h.Undo(h.ctx, importID, all)
	if err == nil {
		imp, err = h.RunUndo(h.ctx, imp.ID)
	}
	if err != nil {
		tb.Fatal(err)
	}
	if imp.Status != intake.Undone || imp.UndoneAt == nil || imp.LeaseUntil != nil {
		tb.Fatalf("%+v", imp)
	}
	return imp
}

const second = "Name,Email,Phone,Company,Title,Industry,Tags,Posted At,Deal Value,Shoe Size,Text\n" +
	"Jo Doe,jo@acme.example,+1 512 555 0177,Acme Inc,Chief,Steel,big,2026-02-03,1200,44,we need help\n" +
	"New One,new@one.example,,One GmbH,CEO,,,,,,\n" +
	"Al Roe,al@acme.example,+1 512 555 0111,Roe Ltd,CFO,,hot,,,,\n" +
	"New One,new@one.example,,One GmbH,,Toys,,,,,\n"

// Undoing an import right away brings back every value, key and origin, whatever the import was allowed to do.
func TestUndoAnImport(t *testing.T) {
	t.Parallel()
	policies := map[string]intake.Options{
		"fill":      {},
		"overwrite": {Known: intake.KnownOverwrite},
		"clear":     {Known: intake.KnownOverwrite, ClearEmpty: true, Tags: []string{"fair", "a,b"}},
		"update":    {Known: intake.KnownOverwrite, Rows: intake.RowsUpdate},
		"create":    {Rows: intake.RowsCreate, Defaults: map[string]string{"country": "Germany"}},
	}
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		for name, o := range policies {
			h := newHouse(t, d)
			h.bring(t, "people.csv", []byte(people), intake.Options{Tags: []string{"first"}})
			h.clock.Advance(time.Hour)
			before := h.dump(t)
			imp := h.bring(t, "second.csv", []byte(second), o)
			if h.dump(t) == before {
				t.Fatalf("%s: the import changed nothing", name)
			}
			plan, err := h.PlanUndo(h.ctx, imp.ID, false, 0, 0)
			if err != nil || !plan.Complete || plan.Next != 0 {
				t.Fatalf("%s: %+v %v", name, plan, err)
			}
			h.clock.Advance(time.Hour)
			done := h.undo(t, imp.ID, false)
			if after := h.dump(t); after != before {
				t.Errorf("%s: before\n%safter\n%s", name, before, after)
			}
			if done.Removed != plan.Removed || done.PutBack != plan.PutBack || done.Kept != plan.Kept || done.Kept != 0 {
				t.Errorf("%s: planned %+v, did removed %d, put back %d, kept %d", name, plan, done.Removed, done.PutBack, done.Kept)
			}
			if _, err := h.Undo(h.ctx, imp.ID, false); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: undone twice: %v", name, err)
			}
			again := h.bring(t, "second.csv", []byte(second), o)
			if again.Created+again.Updated == 0 {
				t.Errorf("%s: the file cannot come again: %s", name, fatesOf(again))
			}
			h.undo(t, again.ID, true)
			wipe(t, d)
		}
	})
}

// wipe empties the tables of leads for the next case.
func wipe(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *gorm.DB) error {
		for _, table := range []string{"field_provenance", "lead_sightings", "lead_identities", "leads", "imports", "events"} {
			if err := tx.Exec("DELETE FROM " + table).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What was changed since stays, and the plan says so row by row before anything is done.
func TestUndoLeavesWhatWasChangedSince(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		h.bring(t, "people.csv", []byte(people), intake.Options{})
		const file = "Name,Email,Title,Industry\nJo Doe,jo@acme.example,Chief,Steel\nA New,a@new.example,,\nB New,b@new.example,,\nC New,c@new.example,,\nD New,d@new.example,,\nAl Roe,al@acme.example,Chief,\n"
		imp := h.bring(t, "second.csv", []byte(file), intake.Options{Known: intake.KnownOverwrite})
		h.clock.Advance(time.Hour)
		h.bring(t, "third.csv", []byte("Name,Email,Title\nB New,b@new.example,Buyer\n"), intake.Options{})
		who := "01900000-0000-7000-8000-000000000001"
		byName := map[string]*lead.Lead{}
		for _, l := range h.leads(t) {
			byName[l.Name] = &l
		}
		err := d.Tx(h.ctx, func(tx *gorm.DB) error {
			if err := tx.Model(&lead.Lead{}).Where("name = 'Jo Doe'").Update("title", "President").Error; err != nil {
				return err
			}
			if err := tx.Model(&lead.Lead{}).Where("name = 'Al Roe'").Update("title", "Boss").Error; err != nil {
				return err
			}
			if err := tx.Model(&lead.Lead{}).Where("name = 'D New'").Update("deleted_at", h.clock.Now()).Error; err != nil {
				return err
			}
			return h.events.Append(tx,
				event.Event{Type: "lead.updated", SubjectKind: "lead", SubjectID: byName["A New"].ID, ActorID: &who},
				event.Event{Type: "lead.qualified", SubjectKind: "lead", SubjectID: byName["C New"].ID, ActorID: &who})
		})
		if err != nil {
			t.Fatal(err)
		}
		plan, err := h.PlanUndo(h.ctx, imp.ID, false, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, r := range plan.Rows {
			got[r.Name] = fmt.Sprintf("%d %s %s %v %v", r.Row, r.Does, r.Why, r.Fields, r.Stays)
		}
		want := map[string]string{
			"Jo Doe": "2 partly changed_since [industry] [title]",
			"A New":  "3 kept changed_since [] []",
			"B New":  "4 kept met_again [] []",
			"C New":  "5 removed  [] []",
			"D New":  "6 kept deleted [] []",
			"Al Roe": "7 kept changed_since [] [title]",
		}
		for name, w := range want {
			if got[name] != w {
				t.Errorf("%s: %s, want %s", name, got[name], w)
			}
		}
		done := h.undo(t, imp.ID, false)
		if done.Removed != 1 || done.PutBack != 1 || done.Kept != 5 {
			t.Errorf("removed %d, put back %d, kept %d", done.Removed, done.PutBack, done.Kept)
		}
		var names []string
		for _, l := range h.leads(t) {
			names = append(names, l.Name+" "+l.Title+" "+l.Industry)
			if l.Name == "Al Roe" && l.Version != byName["Al Roe"].Version {
				t.Error("a lead of which nothing goes back was written")
			}
		}
		if got := strings.Join(names, ", "); got != "Jo Doe President , Al Roe Boss , A New  , B New Buyer " {
			t.Error(got)
		}
		rows, _, err := h.Rows(h.ctx, imp.ID, "", 0, 0)
		if err != nil || rows[1].Undone != intake.UndoKept || rows[1].UndoneWhy != intake.UndoChanged {
			t.Errorf("%+v %v", rows, err)
		}
	})
}

// An undo that is killed goes on at the right row, and two at once do the work once.
func TestF3_AKilledUndoGoesOn(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		h.bring(t, "first.csv", rowsCSV(700), intake.Options{})
		before := h.dump(t)
		more := strings.Replace(string(rowsCSV(1700)), "\n", ",Industry\n", 1)
		more = strings.ReplaceAll(more, "\n", ",Steel\n")
		imp := h.bring(t, "second.csv", []byte(strings.Replace(more, "Industry,Steel", "Industry", 1)), intake.Options{})
		if imp.Created != 1000 || imp.Updated != 700 {
			t.Fatal(fatesOf(imp))
		}
		ctx, kill := context.WithCancel(h.ctx)
		seen := 0
		h.events.On("import.progressed", func(context.Context, *gorm.DB, event.Event) error {
			if seen++; seen == 3 {
				kill()
			}
			return nil
		})
		if _, err := h.Undo(h.ctx, imp.ID, false); err != nil {
			t.Fatal(err)
		}
		if _, err := h.RunUndo(ctx, imp.ID); err == nil {
			t.Fatal("the undo was not stopped")
		}
		if got, err := h.Get(h.ctx, imp.ID); err != nil || got.Status != intake.Undoing || got.Removed != 1000 {
			t.Fatalf("%+v %v", got, err)
		}
		h.clock.Advance(time.Minute)
		done, err := h.RunUndo(h.ctx, imp.ID)
		if err != nil || done.Status != intake.Undone || done.Removed != 1000 || done.PutBack != 700 || done.Kept != 0 {
			t.Fatalf("%+v %v", done, err)
		}
		if h.dump(t) != before {
			t.Error("not everything is as it was")
		}
		if again, err := h.RunUndo(h.ctx, imp.ID); err != nil || again.PutBack != 700 {
			t.Errorf("%+v %v", again, err)
		}
	})
}

// A paused import stops after the rows that are being stored and goes on at the next one.
func TestPauseAndResume(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		p, err := h.Upload(h.ctx, "x.csv", bytes.NewReader(rowsCSV(3000)), intake.Options{})
		if err == nil {
			_, err = h.Start(h.ctx, p.Import.ID, intake.Options{})
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Resume(h.ctx, p.Import.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("resumed what runs: %v", err)
		}
		var once sync.Once
		imp, err := h.Run(h.ctx, p.Import.ID, func(intake.Import) {
			once.Do(func() {
				if _, err := h.Pause(h.ctx, p.Import.ID); err != nil {
					t.Error(err)
				}
			})
		})
		if err != nil || imp.Status != intake.Paused || imp.Created == 0 || imp.Created == 3000 {
			t.Fatalf("%+v %v", imp, err)
		}
		if n := int64(len(h.leads(t))); n != int64(imp.Created) || h.count(t, "import_rows") != n {
			t.Errorf("%d leads and %d fates, the import says %d", n, h.count(t, "import_rows"), imp.Created)
		}
		if still, err := h.Run(h.ctx, p.Import.ID, nil); err != nil || still.Created != imp.Created {
			t.Errorf("a paused import ran: %+v %v", still, err)
		}
		if _, err := h.Resume(h.ctx, p.Import.ID); err != nil {
			t.Fatal(err)
		}
		if imp, err = h.Run(h.ctx, p.Import.ID, nil); err != nil || imp.Status != intake.Finished || imp.Created != 3000 || imp.RowsTotal != 3000 {
			t.Fatalf("%+v %v", imp, err)
		}
		if _, err := h.Pause(h.ctx, p.Import.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("paused what is done: %v", err)
		}
	})
}

// The file stays for 30 days, as it was sent.
func TestTheFileIsKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	imp := h.bring(t, "people.csv", []byte(people), intake.Options{})
	_, f, err := h.File(h.ctx, imp.ID)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil || string(got) != people {
		t.Errorf("%q %v", got, err)
	}
	for _, tc := range []struct {
		after time.Duration
		kept  bool
	}{{29 * 24 * time.Hour, true}, {2 * 24 * time.Hour, false}} {
		h.clock.Advance(tc.after)
		h.bring(t, "more.csv", []byte("Name\nX\n"), intake.Options{})
		_, f, err := h.File(h.ctx, imp.ID)
		if (err == nil) != tc.kept {
			t.Errorf("after another %s: %v", tc.after, err)
		}
		if err == nil {
			_ = f.Close()
		}
	}
}

package intake_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// merges is the merging room over the house's database.
func (h *house) merges() (*merging.Service, *lead.Service) {
	leads := lead.NewService(lead.NewStore(h.db, h.clock), h.events, nil)
	return merging.New(merging.Deps{DB: h.db, Clock: h.clock, Events: h.events, Leads: leads, Children: lead.Children()}), leads
}

// A row that names a merged lead goes to the lead that stands for it, and what it brought goes home when the merge is
// undone; so does the next such row.
func TestARowOfAMergedLeadGoesToTheSurvivorAndComesBack(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.bring(t, "stock.csv", []byte(stock), intake.Options{})
		merges, leads := h.merges()
		jo, al := h.named(t, "Jo Doe"), h.named(t, "Al Roe")
		h.clock.Advance(time.Hour)
		m, err := merges.Merge(h.ctx, merging.Request{Survivor: jo.ID, Merged: []string{al.ID}})
		if err != nil {
			t.Fatal(err)
		}
		h.clock.Advance(time.Hour)
		imp := h.bring(t, "more.csv", []byte("Name,Email,Country,Phone,Tags\nAl Roe,al@acme.example,Germany,+1 512 555 0199,eu\n"), intake.Options{})
		if imp.Updated != 1 {
			t.Fatalf("the row of the merged lead: %+v", imp)
		}
		if l := h.named(t, "Jo Doe"); l.Country != "DE" || fmt.Sprint(l.Tags.V) != "[eu]" {
			t.Errorf("the survivor got %q %v", l.Country, l.Tags.V)
		}
		h.clock.Advance(time.Hour)
		plan, err := merges.Undo(h.ctx, m.ID, nil, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range plan.Changes {
			if c.Why != "found_again" || c.To[0] != al.ID {
				t.Errorf("%+v", c)
			}
		}
		if l := h.named(t, "Jo Doe"); l.Country != "" || len(l.Tags.V) != 0 {
			t.Errorf("the survivor kept %q %v", l.Country, l.Tags.V)
		}
		if l := h.named(t, "Al Roe"); l.Country != "DE" || fmt.Sprint(l.Tags.V) != "[eu]" {
			t.Errorf("the lead that came back has %q %v", l.Country, l.Tags.V)
		}
		from, err := leads.Provenance(h.ctx, al.ID)
		if err != nil || !strings.Contains(fmt.Sprint(from), "+15125550199") {
			t.Errorf("the other number is not with the lead that it was told of: %v %v", from, err)
		}
		h.bring(t, "again.csv", []byte("Name,Email,Phone,Industry\nAl R.,al@acme.example,,Wood\nAl Roe,,+1 512 555 0199,\nJo,jo@acme.example,,Iron\n"), intake.Options{})
		if a, j := h.named(t, "Al Roe"), h.named(t, "Jo Doe"); a.Industry != "Wood" || j.Industry != "Steel" || len(h.leads(t)) != 2 {
			t.Errorf("later rows went to %q and %q of %d", a.Industry, j.Industry, len(h.leads(t)))
		}
	})
}

func (h *house) named(tb testing.TB, name string) lead.Lead {
	tb.Helper()
	for _, l := range h.leads(tb) {
		if l.Name == name {
			return l
		}
	}
	tb.Fatalf("there is no %s", name)
	return lead.Lead{}
}

// Merges, their undoing, edits and imports of the same leads at once: nothing fails but what says why, and nothing is
// lost or doubled.
func TestMergesEditsAndImportsAtOnce(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		merges, leads := h.merges()
		const people, rounds = 6, 5
		var file strings.Builder
		file.WriteString("Name,Email,Company\n")
		for i := range people {
			fmt.Fprintf(&file, "Person %c,p%d@acme.example,Acme\n", 'A'+i, i)
		}
		h.bring(t, "people.csv", []byte(file.String()), intake.Options{})
		var ids []string
		for _, l := range h.leads(t) {
			ids = append(ids, l.ID)
		}
		var wg sync.WaitGroup
		run := func(f func(round int) error) {
			wg.Go(func() {
				for round := range rounds {
					err := f(round)
					if err != nil && !expected(err) {
						t.Errorf("round %d: %v", round, err)
					}
				}
			})
		}
		for n := range 3 {
			run(func(round int) error {
				a, b := ids[(n+round)%people], ids[(2*n+round+1)%people]
				m, err := merges.Merge(h.ctx, merging.Request{Survivor: a, Merged: []string{b}})
				if err != nil {
					return err
				}
				_, err = merges.Undo(h.ctx, m.ID, map[string]string{"title": a}, false)
				return err
			})
		}
		run(func(round int) error {
			_, err := leads.Update(h.ctx, ids[round%people], nil, lead.Change{Text: map[string]string{"title": fmt.Sprint("T", round)}})
			return err
		})
		run(func(round int) error {
			_, _, err := h.AcceptOne(h.ctx, map[string]string{"email": fmt.Sprintf("p%d@acme.example", round%people), "name": fmt.Sprintf("Person %c", 'A'+round%people), "industry": "Steel"}, "api")
			return err
		})
		wg.Wait()
		h.undoAll(t, merges)
		if got := h.leads(t); len(got) != people {
			t.Errorf("%d leads at the end, want %d", len(got), people)
		}
		var stray int64
		if err := d.Read.Raw("SELECT COUNT(*) FROM lead_identities i JOIN leads l ON l.id = i.lead_id WHERE NOT i.live OR l.merged_into IS NOT NULL OR i.first_lead_id IS NOT NULL").Scan(&stray).Error; err != nil || stray > 0 {
			t.Errorf("%d identities are not at home, %v", stray, err)
		}
		for i, l := range h.leads(t) {
			if !strings.HasSuffix(l.Email, "@acme.example") || l.Name == "" {
				t.Errorf("lead %d is %q %q", i, l.Name, l.Email)
			}
		}
	})
}

// expected are the faults that tell somebody that others were quicker.
func expected(err error) bool {
	f, ok := errors.AsType[*fault.Error](err)
	return ok && (f.Kind == fault.NotFound || f.Kind == fault.Conflict || f.Kind == fault.Stale || f.Kind == fault.Invalid)
}

// undoAll undoes every merge that stands.
func (h *house) undoAll(t *testing.T, merges *merging.Service) {
	t.Helper()
	var ids []string
	if err := h.db.Read.Table("merges").Where("state = 'done'").Pluck("id", &ids).Error; err != nil {
		t.Fatal(err)
	}
	for _, m := range ids {
		plan, err := merges.Undo(h.ctx, m, nil, true)
		if err != nil {
			t.Fatal(err)
		}
		answers := map[string]string{}
		for _, q := range plan.Questions() {
			answers[q.Field] = q.Options[0]
		}
		if _, err := merges.Undo(h.ctx, m, answers, false); err != nil {
			t.Fatal(err)
		}
	}
}

// Undoing an import leaves a lead that went into another one, and says that the merge has to be undone first; after that
// the lead goes as any other.
func TestUndoOfAnImportAfterAMerge(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		merges, _ := h.merges()
		h.bring(t, "people.csv", []byte(people), intake.Options{})
		imp := h.bring(t, "second.csv", []byte("Name,Email\nJoe Doe,joe@acme.example\nAl Roe,al2@acme.example\n"), intake.Options{})
		jo, joe := h.named(t, "Jo Doe"), h.named(t, "Joe Doe")
		done, err := merges.Merge(h.ctx, merging.Request{Survivor: jo.ID, Merged: []string{joe.ID}})
		if err != nil {
			t.Fatal(err)
		}
		says := func() string {
			plan, err := h.PlanUndo(h.ctx, imp.ID, false, 0, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range plan.Rows {
				if r.LeadID == joe.ID {
					return string(r.Does) + " " + string(r.Why)
				}
			}
			return ""
		}
		if got := says(); got != "kept merged" {
			t.Error(got)
		}
		if _, err := merges.Undo(h.ctx, done.ID, nil, false); err != nil {
			t.Fatal(err)
		}
		if got := says(); got != "removed " {
			t.Error(got)
		}
	})
}

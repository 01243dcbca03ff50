package merging_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// TestWhoGetsWhatWasChangedSince is the table of the three-way rules: what a and b had, what the field was changed to
// after b went into a, who gets it when that is undone, and why.
func TestWhoGetsWhatWasChangedSince(t *testing.T) {
	t.Parallel()
	const a, b, both = "a", "b", "ab"
	for name, c := range map[string]struct {
		had  [2]string
		rule merging.Rule
		now  string
		to   string
		why  string
		ask  bool
		left [2]string // after the suggestion is taken
	}{
		"only the survivor had one":           {[2]string{"CEO", ""}, "", "COO", a, "only_one_had", false, [2]string{"COO", ""}},
		"only the merged lead had one":        {[2]string{"", "CTO"}, "", "COO", b, "only_one_had", false, [2]string{"", "COO"}},
		"the survivor's was shown":            {[2]string{"CEO", "CTO"}, "", "COO", a, "shown", false, [2]string{"COO", "CTO"}},
		"the merged lead's was shown":         {[2]string{"CEO", "CTO"}, merging.RuleNewest, "COO", b, "shown_theirs", true, [2]string{"CEO", "COO"}},
		"both had the same":                   {[2]string{"CEO", "CEO"}, "", "COO", both, "both_had", true, [2]string{"COO", "COO"}},
		"nobody had one":                      {[2]string{"", ""}, "", "COO", a, "nobody_had", true, [2]string{"COO", ""}},
		"it was changed to the other's value": {[2]string{"CEO", "CTO"}, "", "CTO", b, "has_already", false, [2]string{"CEO", "CTO"}},
		"it was emptied":                      {[2]string{"CEO", ""}, "", "", a, "only_one_had", false, [2]string{"", ""}},
		"nothing was changed":                 {[2]string{"CEO", "CTO"}, merging.RuleNewest, "CTO", "", "", false, [2]string{"CEO", "CTO"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t, testkit.SQLite(t))
			one := h.lead(lead.Lead{Name: "Ann", Title: c.had[0]})
			h.clock.Advance(time.Minute)
			two := h.lead(lead.Lead{Name: "Anne", Title: c.had[1]})
			m := h.must(h.merge.Merge(boss(t), merging.Request{Survivor: one, Merged: []string{two}, Rule: c.rule}))
			h.set(one, "title", c.now)
			plan, err := h.merge.Undo(boss(t), m.ID, nil, true)
			if err != nil {
				t.Fatal(err)
			}
			names := map[string]string{one: a, two: b}
			answers := map[string]string{}
			changed := false
			for _, ch := range plan.Changes {
				if ch.Field != "title" {
					continue
				}
				changed = true
				parts := make([]string, len(ch.To))
				for i, l := range ch.To {
					parts[i] = names[l]
				}
				to := strings.Join(parts, "")
				if to != c.to || ch.Why != c.why || ch.Asked != c.ask {
					t.Errorf("goes to %q because %s, asked %v", to, ch.Why, ch.Asked)
				}
				answers["title"] = ch.To[0]
				if len(ch.To) > 1 {
					answers["title"] = merging.All
				}
			}
			if changed != (c.to != "") {
				t.Errorf("changes: %+v", plan.Changes)
			}
			_, err = h.merge.Undo(boss(t), m.ID, nil, false)
			if c.ask && fault.CodeOf(err) != "merge_questions" {
				t.Errorf("without an answer: %v", err)
			}
			if c.ask {
				h.undo(m.ID, answers)
			}
			if got := [2]string{h.get(one).Title, h.get(two).Title}; got != c.left {
				t.Errorf("left with %q", got)
			}
		})
	}
}

func TestAnEditedAddressTakesItsIdentityAlong(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		a, b := h.lead(ann()), h.lead(ann2())
		m := h.must(h.merge.Merge(boss(t), merging.Request{Survivor: a, Merged: []string{b}}))
		h.set(a, "phone", "+4930999")
		h.undo(m.ID, nil)
		if l := h.get(b); l.Phone != "+4930999" || h.get(a).Phone != "" {
			t.Errorf("phones: %q %q", h.get(a).Phone, l.Phone)
		}
		var holder string
		if err := d.Read.Table("lead_identities").Where("value = ? AND live AND first_lead_id IS NULL", "+4930999").Select("lead_id").Take(&holder).Error; err != nil || holder != b {
			t.Errorf("the new number is the identity of %q, %v", holder, err)
		}
		from, err := h.leads.Provenance(boss(t), b)
		if err != nil || !slices.ContainsFunc(from, func(o lead.FieldOrigin) bool {
			return o.Field == "phone" && o.Current.Value == "+4930999" && o.Current.Source == lead.SourceUser && len(o.Others) == 1
		}) {
			t.Errorf("provenance: %+v %v", from, err)
		}
	})
}

// Merges of merged leads come apart from the middle, the bottom and the top.
func TestMergesOfMergedLeadsComeApartInAnyOrder(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
			t.Run(fmt.Sprint(order), func(t *testing.T) {
				h := open(t, d)
				var ids []string
				for i := range 4 {
					l := ann()
					l.Email, l.Phone, l.Name = fmt.Sprintf("%d-%v@acme.test", i, order), "", fmt.Sprint("Ann ", i)
					ids = append(ids, h.lead(l))
					h.clock.Advance(time.Minute)
				}
				before := h.dump(ids...)
				var ms []string
				for _, pair := range [][2]int{{1, 0}, {2, 1}, {2, 3}} { // 0 into 1, 1 into 2, 3 into 2
					m := h.must(h.merge.Merge(boss(t), merging.Request{Survivor: ids[pair[0]], Merged: []string{ids[pair[1]]}, Rule: merging.RuleNewest}))
					ms = append(ms, m.ID)
				}
				if l := h.get(ids[2]); l.Name != "Ann 3" {
					t.Errorf("shows %q", l.Name)
				}
				for _, i := range order {
					h.undo(ms[i], nil)
				}
				same(t, before, h.dump(ids...))
			})
		}
	})
}

func TestUndoingAnUndoing(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		a, b := h.lead(ann()), h.lead(ann2())
		alone := h.dump(a, b)
		m := h.must(h.merge.Merge(boss(t), merging.Request{Survivor: a, Merged: []string{b}, Rule: merging.RuleLongest, Picks: map[string]merging.Pick{"title": {LeadID: b}}}))
		h.set(a, "country", "AT")
		merged := h.dump(a, b)
		h.undo(m.ID, nil)
		if _, err := h.merge.Undo(boss(t), m.ID, nil, false); fault.CodeOf(err) != "merge_undone" {
			t.Errorf("undone twice: %v", err)
		}
		apart := h.dump(a, b)
		dry := h.must(h.merge.Redo(boss(t), m.ID, true))
		same(t, apart, h.dump(a, b))
		again := h.must(h.merge.Redo(boss(t), m.ID, false))
		if dry.ID != "" || again.ID == m.ID {
			t.Errorf("ids %q and %q", dry.ID, again.ID)
		}
		if l := h.get(a); l.Country != "AT" || l.Title != "" || l.Name != "Anne M. Lee" {
			t.Errorf("merged again: %q %q %q", l.Country, l.Title, l.Name)
		}
		same(t, merged, h.dump(a, b), "deleted_at", "field_provenance", b+".country")
		if _, err := h.merge.Redo(boss(t), again.ID, false); fault.CodeOf(err) != "merge_stands" {
			t.Errorf("done twice: %v", err)
		}
		h.undo(again.ID, nil)
		same(t, apart, h.dump(a, b))
		same(t, alone, h.dump(a, b), ".country", ".last_activity_at", "field_provenance")
	})
}

func TestADeletedSurvivorIsRestoredBeforeItsMergeIsUndone(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		a, b := h.lead(ann()), h.lead(ann2())
		before := h.dump(a, b)
		m := h.must(h.merge.Merge(boss(t), merging.Request{Survivor: a, Merged: []string{b}}))
		if err := h.leads.Delete(boss(t), a, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := h.merge.Undo(boss(t), m.ID, nil, false); fault.CodeOf(err) != "merge_survivor_deleted" {
			t.Errorf("%v", err)
		}
		if _, err := h.leads.Get(boss(t), b); fault.CodeOf(err) != "lead_not_found" {
			t.Errorf("a link to a lead in a deleted one: %v", err)
		}
		if _, err := h.leads.Restore(boss(t), a); err != nil {
			t.Fatal(err)
		}
		h.undo(m.ID, nil)
		same(t, before, h.dump(a, b))
	})
}

// A lead whose owner left meanwhile comes back as nobody's, a user who owns the survivor may undo, and gets back only
// what is theirs to see.
func TestA14_OwnersOfMergedLeads(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		me, other := h.user(), h.user()
		a, b := h.lead(lead.Lead{Name: "a", OwnerID: &me}), h.lead(lead.Lead{Name: "b", OwnerID: &other})
		m := h.must(h.merge.Merge(boss(t), merging.Request{Survivor: a, Merged: []string{b}}))
		if _, err := h.merge.Undo(as(t, other), m.ID, nil, false); !fault.Is(err, fault.NotFound) {
			t.Errorf("the merged lead's old owner undoes: %v", err)
		}
		if _, err := h.merge.ByID(as(t, other), m.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("the merged lead's old owner looks: %v", err)
		}
		if _, err := h.merge.Undo(as(t, me), m.ID, nil, false); err != nil {
			t.Errorf("the survivor's owner undoes: %v", err)
		}
		if l := h.get(b); l.OwnerID == nil || *l.OwnerID != other {
			t.Errorf("b belongs to %v", l.OwnerID)
		}
	})
}

func TestUndoingMany(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		var ids []string
		for i := range 4 {
			ids = append(ids, h.lead(lead.Lead{Name: fmt.Sprint("L", i), Source: "sample"}))
		}
		before := h.dump(ids...)
		var ms []string
		for _, from := range ids[1:] {
			ms = append(ms, h.must(h.merge.Merge(boss(t), merging.Request{Survivor: ids[0], Merged: []string{from}})).ID)
		}
		h.set(ids[0], "title", "CEO") // nobody had one, so each of them asks
		got, err := h.merge.UndoMany(boss(t), append(ms, "x"))
		if err != nil || len(got.Undone) != 0 || got.Skipped[ms[0]] != "merge_questions" || got.Skipped["x"] != "merge_not_found" {
			t.Errorf("%+v, %v", got, err)
		}
		h.set(ids[0], "title", "")
		got, err = h.merge.UndoMany(boss(t), ms)
		if err != nil || len(got.Undone) != 3 || len(got.Skipped) != 0 {
			t.Errorf("%+v, %v", got, err)
		}
		same(t, before, h.dump(ids...), ".last_activity_at", "field_provenance")
	})
}

func TestARealLeadInASampleIsNoSample(t *testing.T) {
	t.Parallel()
	h := open(t, testkit.SQLite(t))
	a, b := h.lead(lead.Lead{Name: "a", Source: lead.SourceSample}), h.lead(lead.Lead{Name: "b", Source: "file"})
	out := h.must(h.merge.Merge(boss(t), merging.Request{Survivor: a, Merged: []string{b}}))
	if out.Survivor.Source != "file" {
		t.Errorf("the merged lead is from %q and goes with the samples", out.Survivor.Source)
	}
}

// An edit drops the identity of the address that it replaces. When the edit leaves with another lead, the address is the
// lead's again, with its identity, also where a later merge hides it until that one is undone too.
func TestAnAddressThatAnEditReplacedComesBackWithItsIdentity(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		for name, hidden := range map[string]bool{"shown at once": false, "hidden by a later merge": true} {
			h := open(t, d)
			mark := strings.ReplaceAll(name, " ", "-")
			one := h.lead(lead.Lead{Name: "Bo"})
			h.clock.Advance(time.Minute)
			two := h.lead(lead.Lead{Name: "Bo B", Phone: "+49-two-" + mark})
			h.clock.Advance(time.Minute)
			three := h.lead(lead.Lead{Name: "Bo C"})
			h.set(one, "phone", "first-"+mark)
			m := h.must(h.merge.Merge(boss(t), merging.Request{Survivor: one, Merged: []string{two}}))
			h.set(one, "phone", "second-"+mark)
			undo := []string{m.ID}
			if hidden {
				last := h.must(h.merge.Merge(boss(t), merging.Request{Survivor: one, Merged: []string{three}, Picks: map[string]merging.Pick{"phone": {LeadID: three}}}))
				undo = append(undo, last.ID)
			}
			for _, one := range undo {
				plan, err := h.merge.Undo(boss(t), one, nil, true)
				if err != nil {
					t.Fatal(err)
				}
				answers := map[string]string{}
				for _, q := range plan.Questions() {
					answers[q.Field] = two
				}
				h.undo(one, answers)
			}
			for _, id := range []string{one, two} {
				l := h.get(id)
				var holder []string
				if err := d.Read.Table("lead_identities").Where("kind = 'phone' AND value = ? AND live", l.Phone).Pluck("lead_id", &holder).Error; err != nil {
					t.Fatal(err)
				}
				if l.Phone == "" || !slices.Equal(holder, []string{id}) {
					t.Errorf("%s: the phone %q of %s is the identity of %v", name, l.Phone, l.Name, holder)
				}
			}
		}
	})
}

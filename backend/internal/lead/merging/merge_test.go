package merging_test

import (
	"slices"
	"testing"
	"time"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func ann() lead.Lead {
	return lead.Lead{Name: "Ann Lee", Title: "CEO", Company: "Acme", Email: "ann@acme.test", Source: "linkedin", SourceID: "a1", Content: "We lose orders.", Tags: tags("vip", "Hot"), Custom: custom("budget", "10k", "empty", "")}
}

func ann2() lead.Lead {
	return lead.Lead{Name: "Anne M. Lee", Title: "", Company: "Acme Ltd", Phone: "+4930123456", Source: "file", Country: "DE", Grade: "B", Tags: tags("hot", "eu"), Custom: custom("budget", "12k", "size", "5")}
}

func TestAMergeMovesEverythingAndItsUndoingPutsItBack(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		a, b := h.lead(ann()), h.lead(ann2())
		before := h.dump(a, b)
		out := h.must(h.merge.Merge(boss(t), merging.Request{Survivor: a, Merged: []string{b}}))
		l := h.get(a)
		if l.Name != "Ann Lee" || l.Phone != "+4930123456" || l.Country != "DE" || l.Grade != "B" || l.Custom.V["budget"] != "10k" || l.Custom.V["size"] != "5" || len(l.Tags.V) != 3 {
			t.Errorf("merged: %+v", l)
		}
		if out.Moved["lead_identities"] != 1 || out.Moved["analyses"] != 1 || out.Moved["lead_sightings"] != 1 {
			t.Errorf("moved %v", out.Moved)
		}
		_, err := h.leads.Get(boss(t), b)
		if lead.MergedInto(err) != a {
			t.Errorf("an old link says %v", err)
		}
		h.clock.Advance(time.Hour)
		h.undo(out.ID, nil)
		same(t, before, h.dump(a, b))
	})
}

func TestWhoseValueAFieldTakes(t *testing.T) {
	t.Parallel()
	older := lead.Lead{Name: "Ann", Title: "CEO and founder", Company: "Acme", Source: "reddit", Country: "DE", Custom: custom("Do not contact", "no", "size", "5")}
	newer := lead.Lead{Name: "Ann Lee", Title: "CEO", Company: "Acme Incorporated", Source: "linkedin", Custom: custom("Do not contact", "yes", "size", "7")}
	cases := map[string]struct {
		r    merging.Request
		want map[string]string
	}{
		"the survivor's, whatever is missing is filled": {merging.Request{}, map[string]string{"name": "Ann", "title": "CEO and founder", "country": "DE", "custom.size": "5", "custom.Do not contact": "yes"}},
		"newest":               {merging.Request{Rule: merging.RuleNewest}, map[string]string{"name": "Ann Lee", "title": "CEO", "country": "DE", "custom.size": "7"}},
		"longest":              {merging.Request{Rule: merging.RuleLongest}, map[string]string{"name": "Ann Lee", "title": "CEO and founder", "company": "Acme Incorporated"}},
		"most trusted":         {merging.Request{Rule: merging.RuleTrusted}, map[string]string{"name": "Ann Lee", "title": "CEO", "company": "Acme Incorporated", "source": "linkedin"}},
		"a rule for one field": {merging.Request{Rules: map[string]merging.Rule{"title": merging.RuleNewest}}, map[string]string{"name": "Ann", "title": "CEO"}},
		"by hand":              {merging.Request{Rule: merging.RuleLongest, Picks: map[string]merging.Pick{"title": {Value: new(" Founder ")}}}, map[string]string{"title": "Founder", "name": "Ann Lee"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t, testkit.SQLite(t))
			a := h.lead(older)
			h.clock.Advance(time.Hour)
			b := h.lead(newer)
			before := h.dump(a, b)
			r := c.r
			r.Survivor, r.Merged, r.DryRun = a, []string{b}, true
			dry := h.must(h.merge.Merge(boss(t), r))
			same(t, before, h.dump(a, b))
			r.DryRun = false
			out := h.must(h.merge.Merge(boss(t), r))
			for field, want := range c.want {
				if got := merging.Readable(field, merging.ImageOf(&out.Survivor)[field]); got != want {
					t.Errorf("%s is %q, want %q", field, got, want)
				}
				for _, f := range dry.Fields {
					if f.Name == field && f.Value != want {
						t.Errorf("the dry run promised %q for %s", f.Value, field)
					}
				}
			}
			h.undo(out.ID, nil)
			same(t, before, h.dump(a, b))
		})
	}
}

func TestVerifiedIsWhatAPersonTypedOrSeveralSourcesSay(t *testing.T) {
	t.Parallel()
	h := open(t, testkit.SQLite(t))
	a := h.lead(lead.Lead{Name: "Ann", Title: "Chief", Source: "website"})
	b := h.lead(lead.Lead{Name: "Anne", Source: "reddit"})
	h.set(b, "title", "CEO")
	out := h.must(h.merge.Merge(boss(t), merging.Request{Survivor: a, Merged: []string{b}, Rule: merging.RuleVerified}))
	if out.Survivor.Title != "CEO" || out.Survivor.Name != "Ann" {
		t.Errorf("%s, %s", out.Survivor.Name, out.Survivor.Title)
	}
}

func TestAStatusThatPeopleSetWins(t *testing.T) {
	t.Parallel()
	h := open(t, testkit.SQLite(t))
	a, b := h.lead(ann()), h.lead(ann2())
	contacted := lead.StatusContacted
	if _, err := h.leads.Update(boss(t), b, nil, lead.Change{Status: &contacted}); err != nil {
		t.Fatal(err)
	}
	out := h.must(h.merge.Merge(boss(t), merging.Request{Survivor: a, Merged: []string{b}}))
	if out.Survivor.Status != contacted {
		t.Errorf("somebody who was written to is %s after the merge", out.Survivor.Status)
	}
}

func TestProvenanceAndTimelineOfAMergedLead(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		a, b := h.lead(ann()), h.lead(ann2())
		h.set(b, "title", "Founder")
		out := h.must(h.merge.Merge(boss(t), merging.Request{Survivor: a, Merged: []string{b}}))
		from, err := h.leads.Provenance(boss(t), a)
		if err != nil {
			t.Fatal(err)
		}
		byField := map[string]lead.FieldOrigin{}
		for _, o := range from {
			byField[o.Field] = o
		}
		name, phone := byField["name"], byField["phone"]
		if name.Current.Value != "Ann Lee" || name.Current.LeadID != nil || len(name.Others) != 1 || name.Others[0].Value != "Anne M. Lee" || *name.Others[0].LeadID != b {
			t.Errorf("name: %+v", name)
		}
		if phone.Current == nil || phone.Current.Value != "+4930123456" || *phone.Current.LeadID != b || phone.Current.Source != "file" {
			t.Errorf("phone: %+v", phone)
		}
		if byField["source"].Current.Source != "linkedin" || byField["custom.size"].Current.Value != "5" {
			t.Errorf("fields without rows: %+v, %+v", byField["source"], byField["custom.size"])
		}
		h.undo(out.ID, nil)
		h.must(h.merge.Redo(boss(t), out.ID, false))
		evs, err := h.leads.Timeline(boss(t), a, 50)
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, e := range evs {
			kinds = append(kinds, e.Type)
		}
		if !slices.Equal(kinds, []string{"lead.merged", "lead.unmerged", "lead.merged", "lead.updated"}) {
			t.Errorf("timeline: %v", kinds)
		}
	})
}

func TestWhatCannotBeMerged(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		me, other := h.user(), h.user()
		lone := func(owner *string) string { return h.lead(lead.Lead{Name: "x", OwnerID: owner}) }
		mine, mine2, theirs, free := lone(&me), lone(&me), lone(&other), lone(nil)
		merge := func(into string, from ...string) error {
			_, err := h.merge.Merge(as(t, me), merging.Request{Survivor: into, Merged: from})
			return err
		}
		for what, c := range map[string]struct {
			err  error
			kind fault.Kind
		}{
			"with itself":          {merge(mine, mine), fault.Invalid},
			"twice the same":       {merge(mine, mine2, mine2), fault.Invalid},
			"nothing":              {merge(mine), fault.Invalid},
			"a colleague's":        {merge(mine, theirs), fault.NotFound},
			"into a colleague's":   {merge(theirs, mine), fault.NotFound},
			"one that nobody owns": {merge(mine, free), fault.Forbidden},
			"no id":                {merge(mine, "x"), fault.NotFound},
		} {
			if fault.KindOf(c.err) != c.kind {
				t.Errorf("%s: %v", what, c.err)
			}
		}
		_, err := h.merge.Merge(as(t, me), merging.Request{Survivor: mine, Merged: []string{mine2}, Versions: map[string]int{mine2: 7}})
		if !fault.Is(err, fault.Stale) {
			t.Errorf("another version: %v", err)
		}
		if err := merge(mine, mine2); err != nil {
			t.Fatal(err)
		}
		if err := merge(mine2, mine); lead.MergedInto(err) != mine {
			t.Errorf("a circle: %v", err)
		}
		if _, err := h.leads.Restore(boss(t), mine2); lead.MergedInto(err) != mine {
			t.Errorf("restoring a merged lead: %v", err)
		}
		_, err = h.merge.ForLead(as(t, other), mine)
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("a colleague's merges: %v", err)
		}
	})
}

package merging_test

import (
	"testing"
	"time"

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

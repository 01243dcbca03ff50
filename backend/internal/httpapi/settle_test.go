package httpapi_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/qualify/batch"
	"winnow/backend/internal/testkit"
)

// Pairs beyond doubt are merged while a batch judges their leads: every place of the batch is done or skipped, its counts
// are those of its places, each result is with the lead that stands, and undoing gives each lead its own back.
func TestMergingByItselfDuringARunningBatch(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, f *fixture) {
		admin := f.by(f.callers["admin"])
		ctx := account.With(t.Context(), account.System())
		const twins = 12
		var ids []string
		for i := range twins {
			for n := range 2 {
				l, _, err := f.product.Intake.AcceptOne(ctx, map[string]string{
					"name": fmt.Sprintf("Venkataraman Priyanka%c", 'a'+i), "company": fmt.Sprintf("Nilgiri %c Textiles", 'A'+i), "email": fmt.Sprintf("p%d.%d@nilgiri%d.example", i, n, i),
				}, "manual")
				if err != nil {
					t.Fatal(err)
				}
				ids = append(ids, l)
			}
		}
		var found []duplicate.Found
		for i := 0; i < len(ids); i += 2 {
			found = append(found, duplicate.Found{A: ids[i], B: ids[i+1], Score: 0.999, Model: "1"})
		}
		f.product.Twins.Settling(duplicate.Auto{
			Settings: f.product.Settings, Jobs: f.product.Jobs, From: 0.99,
			Sure: func(*gorm.DB, *lead.Lead, *lead.Lead, []lead.Lead, []lead.Lead) (bool, bool, error) {
				return true, false, nil
			},
		})
		admin.do("PUT", "/duplicates/policy", map[string]any{"merge_sure": true}).want(http.StatusOK)
		if err := f.product.DB.Tx(ctx, func(tx *gorm.DB) error { _, err := f.product.Twins.Record(tx, found); return err }); err != nil {
			t.Fatal(err)
		}
		b, err := f.product.Batches.Create(ctx, batch.Request{Selection: batch.Selection{IDs: ids}, Analyzer: "rules"})
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		wg.Go(func() {
			if err := f.product.Runner.Work(ctx, b.ID); err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			if n, err := f.product.Twins.Settle(ctx); err != nil || n != twins {
				t.Errorf("%d merged, %v", n, err)
			}
		})
		wg.Wait()
		testkit.Eventually(t, "the batch to end", func() bool {
			if b, err = f.product.Batches.Get(ctx, b.ID); err != nil {
				t.Fatal(err)
			}
			return b.Status == batch.Finished
		})
		var states []struct {
			State string
			N     int
		}
		if err := f.product.DB.Read.Table("batch_items").Select("state", "COUNT(*) AS n").Where("batch_id = ?", b.ID).Group("state").Find(&states).Error; err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, s := range states {
			if s.State == "pending" || s.State == "leased" || s.State == "failed" {
				t.Errorf("%d places are %s", s.N, s.State)
			}
			sum += s.N
		}
		if sum != 2*twins || b.Total != 2*twins {
			t.Errorf("%d places of %d leads: %+v", sum, 2*twins, states)
		}
		var page httpapi.MergePage
		admin.do("GET", "/merges?limit=200", nil).want(http.StatusOK).into(&page)
		if page.Total != twins {
			t.Fatalf("%d merges made by itself", page.Total)
		}
		for _, m := range page.Items {
			l, err := f.product.Leads.Get(ctx, m.Into)
			if err != nil || l.AnalyzedAt == nil || !m.Automatic || m.ActorID != nil {
				t.Errorf("the lead that stands was not judged: %+v, %v", m, err)
			}
			admin.do("POST", "/merges/"+m.ID+"/undo", map[string]any{}).want(http.StatusOK)
		}
		for _, l := range ids {
			if _, err := f.product.Leads.Get(ctx, l); err != nil {
				t.Error(err)
			}
		}
		if n, err := f.product.Twins.Settle(ctx); err != nil || n != 0 {
			t.Errorf("what was undone is merged again: %d, %v", n, err)
		}
	})
}

// Merges in a circle: whoever is merged already goes nowhere, also when several try at once, and no lead is lost.
func TestMergesInACircleAtOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, f *fixture) {
		ctx := account.With(t.Context(), account.System())
		a, b, c := f.newTree(""), f.newTree(""), f.newTree("")
		var wg sync.WaitGroup
		for _, m := range [][2]string{{a.lead, b.lead}, {b.lead, c.lead}, {c.lead, a.lead}, {b.lead, a.lead}} {
			wg.Go(func() {
				_, err := f.product.Merges.Merge(ctx, merging.Request{Survivor: m[0], Merged: []string{m[1]}})
				if err != nil && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		roots := map[string]bool{}
		for _, l := range []tree{a, b, c} {
			root, err := lead.Root(f.product.DB.Read, l.lead)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.product.Leads.Get(ctx, root); err != nil {
				t.Errorf("%s stands for %s: %v", root, l.lead, err)
			}
			roots[root] = true
		}
		if len(roots) > 2 {
			t.Error("nothing was merged")
		}
	})
}

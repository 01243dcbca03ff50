package resolution_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/intake/resolution"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// state is the keys and the pairs as they are stored, pairs without what each storing makes anew.
func (h *house) state(t *testing.T) (keys, pairs []string) {
	t.Helper()
	var ks []struct{ Hash, Lead int64 }
	if err := h.d.Read.Table("lead_keys").Order("hash, lead").Find(&ks).Error; err != nil {
		t.Fatal(err)
	}
	for _, k := range ks {
		keys = append(keys, fmt.Sprint(k))
	}
	var ps []duplicate.Pair
	if err := h.d.Read.Order("lead_a, lead_b").Find(&ps).Error; err != nil {
		t.Fatal(err)
	}
	for i := range ps {
		pairs = append(pairs, fmt.Sprint(ps[i].LeadA, ps[i].LeadB, ps[i].Score, ps[i].Weights.V, ps[i].State))
	}
	return keys, pairs
}

func (h *house) sweep(t *testing.T, width int) {
	t.Helper()
	h.SetWidth(width)
	sw, err := h.Start(h.ctx)
	if err == nil {
		sw, err = h.Run(h.ctx, sw.ID)
	}
	if err != nil || sw.Status != resolution.Finished {
		t.Fatalf("%+v %v", sw, err)
	}
	h.clock.Advance(time.Hour)
}

// However many work at it, a sweep stores the same keys and finds the same pairs; so it does after what was stored before
// was done lead by lead, and when it is killed in any phase, again and again.
func TestASweepAbreastIsASweepAlone(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		leads, _ := crowd(1200)
		h.put(t, leads...)
		h.sweep(t, 1)
		keys, pairs := h.state(t)
		if len(keys) < 5*len(leads) || len(pairs) < 100 {
			t.Fatalf("%d keys, %d pairs", len(keys), len(pairs))
		}
		for _, width := range []int{2, 5} {
			h.sweep(t, width)
			if k, p := h.state(t); !slices.Equal(k, keys) || !slices.Equal(p, pairs) {
				t.Errorf("%d abreast: %d keys and %d pairs, alone %d and %d", width, len(k), len(p), len(keys), len(pairs))
			}
		}
		h.follow(t)
		h.sweep(t, 3)
		if k, p := h.state(t); !slices.Equal(k, keys) || !slices.Equal(p, pairs) {
			t.Errorf("after following: %d keys and %d pairs, alone %d and %d", len(k), len(p), len(keys), len(pairs))
		}
		h.sweepKilled(t)
		if k, p := h.state(t); !slices.Equal(k, keys) || !slices.Equal(p, pairs) {
			t.Errorf("killed: %d keys and %d pairs, alone %d and %d", len(k), len(p), len(keys), len(pairs))
		}
	})
}

// sweepKilled is a sweep of which each try does some steps and dies.
func (h *house) sweepKilled(t *testing.T) {
	t.Helper()
	h.TellAlways()
	left, kill := 0, context.CancelFunc(nil)
	h.log.On(resolution.EventSwept, func(context.Context, *gorm.DB, event.Event) error {
		if left--; left == 0 {
			kill()
		}
		return nil
	})
	sw, err := h.Start(h.ctx)
	if err != nil {
		t.Fatal(err)
	}
	for try := 1; try < 20; try++ {
		var ctx context.Context
		ctx, kill = context.WithCancel(h.ctx)
		left = 1 + 8*try
		done, err := h.Run(ctx, sw.ID)
		kill()
		h.clock.Advance(time.Minute)
		if err == nil && done.Status == resolution.Finished {
			if try < 4 {
				t.Errorf("it was not killed often: finished at try %d", try)
			}
			return
		}
	}
	t.Fatal("it never ends")
}

// What changes while keys are written has its own keys when the sweep is over, not those of before.
func TestALeadThatChangesDuringASweepHasTheKeysOfNow(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		leads, _ := crowd(600)
		leads = h.put(t, leads...)
		one := leads[10]
		h.TellAlways()
		changed := false
		h.log.On(resolution.EventSwept, func(_ context.Context, tx *gorm.DB, e event.Event) error {
			done, _ := e.Data["done"].(int)
			if changed || e.Data["phase"] != string(resolution.Indexing) || done <= len(leads)/2 {
				return nil // not before all leads were read and some keys written
			}
			changed = true
			if err := tx.Model(&lead.Lead{}).Where("id = ?", one.ID).Updates(map[string]any{"name": "Zebedee Quux", "company": "Xylophone Works", "email": "zq@xylo.example"}).Error; err != nil {
				return err
			}
			return h.log.Append(tx, event.Event{Type: "lead.updated", SubjectKind: "lead", SubjectID: one.ID})
		})
		h.sweep(t, 2)
		if !changed {
			t.Fatal("nothing changed")
		}
		got := h.keysOf(t, one.ID)
		h.follow(t)
		if want := h.keysOf(t, one.ID); len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("the sweep left %v, they are %v", got, want)
		}
	})
}

func (h *house) keysOf(t *testing.T, id string) (hashes []int64) {
	t.Helper()
	err := h.d.Read.Table("lead_keys").Joins("JOIN leads ON leads.seq = lead_keys.lead").Where("leads.id = ?", id).Order("hash").Pluck("hash", &hashes).Error
	if err != nil {
		t.Fatal(err)
	}
	return hashes
}

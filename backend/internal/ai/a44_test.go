package ai_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"
	"pgregory.net/rapid"

	"winnow/backend/internal/ai"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
	"winnow/backend/internal/testkit/fakeai"
)

// watch fails the test as soon as any budget is past its limit, until stop is called; it tells how often it looked.
func watch(t *testing.T, d *db.DB, limits map[string]int64) (stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	looked, done := 0, make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for ; ctx.Err() == nil; <-tick.C {
			var rows []struct {
				Scope, Key                  string
				SpentMicros, ReservedMicros int64
			}
			if err := d.Read.WithContext(ctx).Table("budgets").Find(&rows).Error; err != nil {
				continue
			}
			looked++
			for _, r := range rows {
				if most, ok := limits[r.Scope]; ok && r.SpentMicros+r.ReservedMicros > most {
					t.Errorf("%s %s: spent %d + reserved %d > %d", r.Scope, r.Key, r.SpentMicros, r.ReservedMicros, most)
					return
				}
				if r.SpentMicros < 0 || r.ReservedMicros < 0 {
					t.Errorf("%s %s went below 0: %+v", r.Scope, r.Key, r)
					return
				}
			}
		}
	}()
	return func() int { cancel(); <-done; return looked }
}

func TestA44_FiftyWorkersAgainstAHostileModelNeverPassTheBudget(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		const workers = 50
		hostile := func(n int, _ fakeai.Request) fakeai.Step {
			switch n % 7 {
			case 0:
				return fakeai.Status(500, "server_error", "again, please")
			case 1:
				return fakeai.Says(`{"verdict":"pay me","count":1}`) // makes us ask again
			case 2:
				return fakeai.Garbage()
			case 3:
				return fakeai.Usage(1<<30, 1<<30)
			}
			return fakeai.Longest()
		}
		r := newRig(t, d, fakeai.Options{Answer: says(goodAnswer), Script: hostile}, nil)
		limits := map[string]int64{ai.ScopeDay: 150_000, ai.ScopeMonth: 1_000_000, ai.ScopeBatch: 130_000}
		r.limit(ai.ScopeDay, limits[ai.ScopeDay])
		r.limit(ai.ScopeMonth, limits[ai.ScopeMonth])
		batch, ceiling := id.New(), limits[ai.ScopeBatch]
		if err := d.Tx(t.Context(), func(tx *gorm.DB) error { return r.client.Ledger().OpenBatch(tx, batch, &ceiling) }); err != nil {
			t.Fatal(err)
		}
		stop := watch(t, d, limits)
		var wg sync.WaitGroup
		var refused, next atomic.Int64
		for range workers {
			wg.Go(func() {
				for {
					call := question(fmt.Sprint("MARK-", next.Add(1)))
					call.BatchID, call.LeadID = batch, id.New()
					_, err := r.client.Complete(t.Context(), call)
					if fault.Is(err, fault.BudgetExceeded) {
						refused.Add(1)
						return
					}
				}
			})
		}
		wg.Wait()
		looked := stop()
		r.clock.Advance(time.Hour) // a settlement that a slow machine did not get through is booked now
		if _, err := r.client.Recover(t.Context()); err != nil {
			t.Fatal(err)
		}
		b, err := r.client.Ledger().BatchBudget(t.Context(), batch)
		if err != nil {
			t.Fatal(err)
		}
		charged := r.fake.Cost(priceIn, priceOut)
		if refused.Load() != workers || b.ReservedMicros != 0 || b.SpentMicros > ceiling || b.SpentMicros < ceiling/3 {
			t.Errorf("%d workers stopped; batch %+v", refused.Load(), b)
		}
		if charged > b.SpentMicros {
			t.Errorf("the provider charges %d, the ledger knows of %d", charged, b.SpentMicros)
		}
		if day := r.day(); day.SpentMicros != b.SpentMicros {
			t.Errorf("day spent %d, batch %d", day.SpentMicros, b.SpentMicros)
		}
		sumMatches(t, d, b.SpentMicros)
		t.Logf("%d requests, spent %d of %d, charged %d, looked %d times", len(r.fake.Log()), b.SpentMicros, ceiling, charged, looked)
	})
}

// sumMatches compares the ledger's settlements with what the budgets say.
func sumMatches(t interface {
	Helper()
	Fatal(args ...any)
	Errorf(format string, args ...any)
}, d *db.DB, spent int64,
) {
	t.Helper()
	var settled, reserves, ends int64
	read := d.Read.Table("ledger_entries")
	if err := read.Where("kind IN ('settle','release')").Select("COALESCE(SUM(amount_micros), 0)").Scan(&settled).Error; err != nil {
		t.Fatal(err)
	}
	if err := d.Read.Table("ledger_entries").Where("kind = 'reserve'").Count(&reserves).Error; err != nil {
		t.Fatal(err)
	}
	if err := d.Read.Table("ledger_entries").Where("kind <> 'reserve'").Count(&ends).Error; err != nil {
		t.Fatal(err)
	}
	if settled != spent || reserves != ends {
		t.Errorf("ledger: settled %d (budget says %d), %d reserved and %d ended", settled, spent, reserves, ends)
	}
}

// TestA44_NoInterleavingPassesABudget lets workers do random reservations, settlements, losses and recoveries at once.
func TestA44_NoInterleavingPassesABudget(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		clock := testkit.Clock()
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			if round++; round > 12 {
				return // enough over a real database
			}
			clock.Advance(24 * time.Hour)
			l := ai.NewLedger(d, clock, nil, "EUR", nil)
			day := rapid.Int64Range(0, 2000).Draw(rt, "day")
			if _, err := l.SetLimit(t.Context(), ai.ScopeDay, &day, ""); err != nil {
				rt.Fatal(err)
			}
			if _, err := l.SetLimit(t.Context(), ai.ScopeMonth, nil, ""); err != nil {
				rt.Fatal(err)
			}
			work := rapid.SliceOfN(rapid.SliceOfN(rapid.Custom(drawMove), 1, 8), 2, 6).Draw(rt, "work")
			stop := watch(t, d, map[string]int64{})
			var wg sync.WaitGroup
			for _, moves := range work {
				wg.Go(func() { play(rt, l, moves) })
			}
			wg.Wait()
			stop()
			bs, err := l.Budgets(t.Context())
			if err != nil {
				rt.Fatal(err)
			}
			if b := bs[0]; b.SpentMicros+b.ReservedMicros > day || b.SpentMicros < 0 || b.ReservedMicros < 0 {
				rt.Fatalf("day %+v past %d", b, day)
			}
			clock.Advance(2 * time.Minute)
			if _, err := l.Recover(t.Context()); err != nil {
				rt.Fatal(err)
			}
			if bs, err = l.Budgets(t.Context()); err != nil || bs[0].ReservedMicros != 0 || bs[0].SpentMicros > day {
				rt.Fatalf("after recovery %+v past %d, %v", bs[0], day, err)
			}
			sumMatches(rt, d, bs[1].SpentMicros)
		})
	})
}

// move is one call: how much is set aside, how it ends (settle, release or be lost), and at what share of the worst case.
type move struct {
	reserve int64
	end     int
	share   int64
}

func drawMove(t *rapid.T) move {
	return move{rapid.Int64Range(0, 600).Draw(t, "reserve"), rapid.IntRange(0, 2).Draw(t, "end"), rapid.Int64Range(0, 100).Draw(t, "share")}
}

func play(t *rapid.T, l *ai.Ledger, moves []move) {
	ctx := context.Background()
	for _, m := range moves {
		r := ai.Reservation{CallID: id.New(), Purpose: "test", Model: "m", Provider: "p", Micros: m.reserve, Lease: time.Minute, Attempt: 1}
		if err := l.Reserve(ctx, r); err != nil {
			if !fault.Is(err, fault.BudgetExceeded) {
				t.Errorf("reserve: %v", err)
			}
			continue
		}
		var err error
		switch m.end {
		case 0:
			err = l.Settle(ctx, r.CallID, ai.Settlement{State: "done", Outcome: "ok", Micros: m.reserve * m.share / 100}, nil)
		case 1:
			err = l.Settle(ctx, r.CallID, ai.Settlement{State: "failed", Outcome: "provider_500"}, nil)
		}
		if err != nil {
			t.Errorf("settle: %v", err)
		}
	}
}

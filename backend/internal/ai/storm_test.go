package ai_test

import (
	"fmt"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"winnow/backend/internal/ai"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
	"winnow/backend/internal/testkit/fakeai"
)

// TestF14_AStormOfFaultsLeavesNothingStuckAndEveryCoinCounted plays every script in turn to 16 workers: 200 calls, in
// make soak 1,000. Each ends in an answer or a typed fault, and the ledger knows of at least what was charged.
func TestF14_AStormOfFaultsLeavesNothingStuckAndEveryCoinCounted(t *testing.T) {
	t.Parallel()
	calls := 200
	if os.Getenv("WINNOW_SOAK") == "1" {
		calls = 1000
	}
	scripts := []fakeai.Step{fakeai.OK(), fakeai.Longest(), fakeai.Usage(1<<30, -1), fakeai.Slow(5 * time.Millisecond)}
	for _, c := range faultCases() {
		switch c.name {
		case "429", "429 by header", "429 by date", "hang": // they hold the whole client back, each is tried by itself
		default:
			scripts = append(scripts, c.step)
		}
	}
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		r := newRig(t, d, fakeai.Options{Answer: says(goodAnswer), Script: func(n int, _ fakeai.Request) fakeai.Step { return scripts[n%len(scripts)] }}, nil)
		r.client = ai.New(ai.Deps{
			Config: ai.Config{BaseURL: r.url, APIKey: canary, Model: "fake-1", PriceIn: priceIn, PriceOut: priceOut, Concurrency: 16, CacheTTL: time.Hour},
			DB:     d, Clock: r.clock, HTTP: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}},
		})
		var good, bad, next atomic.Int64
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() {
				for n := next.Add(1); n <= int64(calls); n = next.Add(1) {
					call := question(fmt.Sprint("MARK-", n))
					call.LeadID = id.New()
					switch _, err := r.client.Complete(t.Context(), call); fault.KindOf(err) {
					case "":
						good.Add(1)
					case fault.Invalid, fault.Unavailable, fault.TooLarge:
						bad.Add(1)
					default:
						t.Errorf("call %d: %v", n, err)
					}
				}
			})
		}
		wg.Wait()
		day := r.day()
		if good.Load()+bad.Load() != int64(calls) || good.Load() == 0 || bad.Load() == 0 || day.ReservedMicros != 0 {
			t.Errorf("%d answered, %d failed, %d still reserved", good.Load(), bad.Load(), day.ReservedMicros)
		}
		if charged := r.fake.Cost(priceIn, priceOut); day.SpentMicros < charged {
			t.Errorf("spent %d, charged %d", day.SpentMicros, charged)
		}
		if n := r.count("ai_calls", "state = 'reserved'"); n != 0 {
			t.Errorf("%d calls are stuck", n)
		}
		sumMatches(t, d, day.SpentMicros)
		t.Logf("%d calls: %d answered, %d typed faults, %d requests", calls, good.Load(), bad.Load(), len(r.fake.Log()))
	})
}

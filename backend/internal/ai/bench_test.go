package ai_test

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"winnow/backend/internal/ai"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
	"winnow/backend/internal/testkit/fakeai"
)

// BenchmarkComplete shows what the ledger, the cache and the limits cost beside a model that takes 500 ms: 32 workers
// could make 64 calls a second.
func BenchmarkComplete(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *db.DB{"sqlite": testkit.SQLite, "postgres": testkit.Postgres} {
		b.Run(name, func(b *testing.B) {
			const workers = 32
			_, url := fakeai.New(b, fakeai.Options{Latency: 500 * time.Millisecond, Answer: says(goodAnswer)})
			client := ai.New(ai.Deps{
				Config: ai.Config{BaseURL: url, Model: "fake-1", PriceIn: priceIn, PriceOut: priceOut, Concurrency: workers, CacheTTL: time.Hour},
				DB:     open(b), Clock: testkit.Clock(), HTTP: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: workers}},
			})
			batch := id.New()
			var next atomic.Int64
			var wg sync.WaitGroup
			b.ResetTimer()
			for range workers {
				wg.Go(func() {
					for int(next.Add(1)) <= b.N {
						call := question(fmt.Sprint("MARK-", id.New()))
						call.BatchID, call.LeadID = batch, id.New()
						if _, err := client.Complete(b.Context(), call); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			wg.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
		})
	}
}

package ai_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"winnow/backend/internal/ai"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
	"winnow/backend/internal/testkit/fakeai"
)

const (
	killQuestions = 200
	killWorkers   = 8
	killBatch     = "0193a5c2-0000-7000-8000-000000000001"
	killCeiling   = 100_000_000
)

// killJob is what the process that gets killed has to do.
type killJob struct {
	Dir, DatabaseURL, AIURL string
}

func (j killJob) client(ctx context.Context) (*ai.Client, *db.DB, error) {
	d, err := db.Open(ctx, db.Options{URL: j.DatabaseURL, DataDir: j.Dir, MaxConns: 6})
	if err != nil {
		return nil, nil, err
	}
	return ai.New(ai.Deps{
		Config: ai.Config{BaseURL: j.AIURL, Model: "fake-1", PriceIn: priceIn, PriceOut: priceOut, Concurrency: killWorkers},
		DB:     d, Clock: clock.System{}, HTTP: &http.Client{},
	}), d, nil
}

// TestKillHelper is no test: it is the process that TestKill… starts and kills.
func TestKillHelper(t *testing.T) {
	spec := os.Getenv("WINNOW_TEST_KILL_JOB")
	if spec == "" {
		t.Skip("only run by the kill test")
	}
	var job killJob
	if err := json.Unmarshal([]byte(spec), &job); err != nil {
		t.Fatal(err)
	}
	client, _, err := job.client(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	work := make(chan int)
	var wg sync.WaitGroup
	for range killWorkers {
		wg.Go(func() {
			for i := range work {
				call := question(fmt.Sprintf("MARK-%d", i))
				call.BatchID, call.LeadID = killBatch, fmt.Sprintf("0193a5c2-0000-7000-8000-%012d", i)
				if _, err := client.Complete(t.Context(), call); err != nil && !fault.Is(err, fault.Unavailable) {
					t.Error(err)
				}
			}
		})
	}
	for i := range killQuestions {
		work <- i
	}
	close(work)
	wg.Wait()
}

// TestF1_AfterKillNothingFinishedIsPaidForAgain kills a process that asks 200 questions again and again at random
// moments, and lets the last one finish.
func TestF1_AfterKillNothingFinishedIsPaidForAgain(t *testing.T) {
	t.Parallel()
	kills := 6
	if os.Getenv("WINNOW_SOAK") == "1" {
		kills = 30
	}
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			fake, url := fakeai.New(t, fakeai.Options{Answer: says(goodAnswer), Latency: 40 * time.Millisecond})
			job := killJob{Dir: t.TempDir(), AIURL: url}
			if kind == "postgres" {
				job.DatabaseURL = testkit.PostgresURL(t)
			}
			client, d, err := job.client(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = d.Close() })
			if err := d.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			ceiling := int64(killCeiling)
			if _, err := client.Ledger().SetLimit(t.Context(), ai.ScopeDay, &ceiling, ""); err != nil {
				t.Fatal(err)
			}
			died := 0
			for range kills {
				if killed(t, job, time.Duration(60+rand.IntN(250))*time.Millisecond) {
					died++
				}
			}
			if killed(t, job, time.Minute) {
				t.Fatal("the last process did not finish")
			}
			judgeKills(t, fake, client, d, died)
		})
	}
}

// killed runs the helper and kills it after d; false when it had ended by then, and well.
func killed(t *testing.T, job killJob, d time.Duration) bool {
	t.Helper()
	spec, err := json.Marshal(job)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKillHelper$", "-test.count=1")
	cmd.Env = append(os.Environ(), "WINNOW_TEST_KILL_JOB="+string(spec))
	var text bytes.Buffer
	out := &lockedWriter{w: &text}
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Fatalf("the process failed: %v\n%s", err, text.String())
		}
		return false
	case <-time.After(d):
		if err := cmd.Process.Kill(); err != nil {
			t.Logf("kill: %v", err)
		}
		return <-ended != nil
	}
}

func judgeKills(t *testing.T, fake *fakeai.Fake, client *ai.Client, d *db.DB, died int) {
	t.Helper()
	paid := fake.PaidFor()
	extra := 0
	for i := range killQuestions {
		n := paid[fmt.Sprintf("MARK-%d", i)]
		if n == 0 {
			t.Errorf("question %d was never asked", i)
		}
		extra += n - 1
	}
	if extra > died*killWorkers {
		t.Errorf("%d payments too many, though only %d calls can have been in flight at the %d kills", extra, died*killWorkers, died)
	}
	var done, open int64
	if err := d.Read.Table("ai_calls").Where("state = 'done'").Count(&done).Error; err != nil {
		t.Fatal(err)
	}
	if err := d.Read.Table("ai_calls").Where("state = 'reserved'").Count(&open).Error; err != nil {
		t.Fatal(err)
	}
	if done != killQuestions {
		t.Errorf("%d calls are booked as done", done)
	}
	bs, err := client.Ledger().Budgets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if charged := fake.Cost(priceIn, priceOut); charged > bs[1].SpentMicros+bs[1].ReservedMicros || bs[1].SpentMicros+bs[1].ReservedMicros > killCeiling {
		t.Errorf("charged %d; the budget knows of %d spent and %d reserved", charged, bs[1].SpentMicros, bs[1].ReservedMicros)
	}
	t.Logf("%d kills, %d calls lost and still reserved, %d paid twice", died, open, extra)
}

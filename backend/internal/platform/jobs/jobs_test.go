package jobs_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"go.uber.org/goleak"
	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/platform/jobs"
	"winnow/backend/internal/testkit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type greet struct {
	Name string `json:"name"`
}

func (greet) Kind() string { return "greet" }

// greeter counts its runs by name and answers what its test says.
type greeter struct {
	river.WorkerDefaults[greet]
	mu     sync.Mutex
	runs   map[string]int
	answer func(ctx context.Context, name string, run int) error
}

func newGreeter(answer func(ctx context.Context, name string, run int) error) *greeter {
	return &greeter{runs: map[string]int{}, answer: answer}
}

func (g *greeter) Work(ctx context.Context, job *river.Job[greet]) error {
	g.mu.Lock()
	g.runs[job.Args.Name]++
	run := g.runs[job.Args.Name]
	g.mu.Unlock()
	return g.answer(ctx, job.Args.Name, run)
}

// NextRetry makes retries quick for the tests.
func (g *greeter) NextRetry(*river.Job[greet]) time.Time { return time.Unix(0, 0) }

func (g *greeter) count(name string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.runs[name]
}

func start(t *testing.T, d *db.DB, g *greeter, o jobs.Options) *jobs.Jobs {
	t.Helper()
	o.Work, o.Logger = true, testkit.Logger()
	j, err := jobs.New(d, o)
	if err != nil {
		t.Fatal(err)
	}
	jobs.AddWorker(j, g)
	if err := j.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Stop(context.WithoutCancel(t.Context())) })
	return j
}

func insert(t *testing.T, d *db.DB, j *jobs.Jobs, o *river.InsertOpts, names ...string) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *gorm.DB) error {
		for _, n := range names {
			if err := j.InsertTx(tx, greet{n}, o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func state(t *testing.T, d *db.DB, name string) (state string, attempt int) {
	t.Helper()
	q := "SELECT state, attempt FROM river_job WHERE args->>'name' = ?"
	if err := d.Read.WithContext(t.Context()).Raw(q, name).Row().Scan(&state, &attempt); err != nil {
		t.Fatal(err)
	}
	return state, attempt
}

func TestAJobExistsOnlyIfItsTransactionCommits(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		g := newGreeter(func(context.Context, string, int) error { return nil })
		j := start(t, d, g, jobs.Options{})
		undo := errors.New("undo")
		err := d.Tx(t.Context(), func(tx *gorm.DB) error { return errors.Join(j.InsertTx(tx, greet{"undone"}, nil), undo) })
		if !errors.Is(err, undo) || strings.Contains(err.Error(), "insert job") {
			t.Fatal(err)
		}
		insert(t, d, j, nil, "done")
		testkit.Eventually(t, "the job to be done", func() bool { return g.count("done") == 1 })
		var n int64
		if err := d.Read.WithContext(t.Context()).Table("river_job").Count(&n).Error; err != nil {
			t.Fatal(err)
		}
		if n != 1 || g.count("undone") != 0 {
			t.Errorf("%d jobs, the undone one ran %d times", n, g.count("undone"))
		}
	})
}

func TestAProcessWithoutTheWorkerRoleInsertsOnly(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		j, err := jobs.New(d, jobs.Options{Logger: testkit.Logger()})
		if err != nil {
			t.Fatal(err)
		}
		jobs.AddWorker(j, newGreeter(nil))
		if err := errors.Join(j.Start(t.Context()), j.Stop(t.Context())); err != nil {
			t.Fatal(err)
		}
		insert(t, d, j, nil, "later")
		if s, _ := state(t, d, "later"); s != "available" {
			t.Errorf("state %s", s)
		}
		g := newGreeter(func(context.Context, string, int) error { return nil })
		start(t, d, g, jobs.Options{})
		testkit.Eventually(t, "another process to do it", func() bool { return g.count("later") == 1 })
	})
}

// TestFaultsDecideWhatBecomesOfAJob holds the one table from fault kinds to cancel, snooze and retry.
func TestFaultsDecideWhatBecomesOfAJob(t *testing.T) {
	t.Parallel()
	limited := fault.New(fault.RateLimited, "slow_down", "slow down")
	limited.RetryAfter = time.Hour
	down := fault.New(fault.Unavailable, "down", "down")
	waiting := fault.New(fault.Unavailable, "down", "down for a while")
	waiting.RetryAfter = time.Hour
	cases := map[string]struct {
		err     error
		state   string
		attempt int // a snooze is not counted
	}{
		"done":          {nil, "completed", 1},
		"invalid":       {fault.New(fault.Invalid, "bad", "bad"), "cancelled", 1},
		"not_found":     {fault.New(fault.NotFound, "gone", "gone"), "cancelled", 1},
		"conflict":      {fault.New(fault.Conflict, "no", "no"), "cancelled", 1},
		"budget":        {fault.New(fault.BudgetExceeded, "spent", "spent"), "cancelled", 1},
		"limited":       {limited, "scheduled", 0},
		"waiting":       {waiting, "scheduled", 0},
		"unavailable":   {down, "retryable", 1},
		"stale":         {fault.New(fault.Stale, "stale", "stale"), "retryable", 1},
		"disk_full":     {errors.New("write: no space left on device"), "scheduled", 0},
		"unknown":       {errors.New("boom"), "retryable", 1},
		"river_cancel":  {river.JobCancel(errors.New("mine")), "cancelled", 1},
		"river_snoozed": {river.JobSnooze(time.Hour), "scheduled", 0},
	}
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		g := newGreeter(func(_ context.Context, name string, run int) error {
			if run > 1 {
				return nil
			}
			return cases[name].err
		})
		slow := &slowRetry{g}
		j, err := jobs.New(d, jobs.Options{Work: true, Logger: testkit.Logger()})
		if err != nil {
			t.Fatal(err)
		}
		jobs.AddWorker(j, slow)
		if err := j.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = j.Stop(context.WithoutCancel(t.Context())) })
		for name, c := range cases {
			insert(t, d, j, nil, name)
			var got string
			var attempt int
			testkit.Eventually(t, name+" to be "+c.state, func() bool {
				got, attempt = state(t, d, name)
				return got == c.state
			})
			if attempt != c.attempt {
				t.Errorf("%s counts %d attempts, want %d", name, attempt, c.attempt)
			}
		}
	})
}

// slowRetry keeps retries far away so that their state can be seen.
type slowRetry struct{ *greeter }

func (slowRetry) NextRetry(*river.Job[greet]) time.Time {
	return time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
}

func TestF19_APoisonJobEndsDiscardedAndHurtsNoOther(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		var mu sync.Mutex
		panics := 0
		g := newGreeter(func(_ context.Context, name string, _ int) error {
			if name == "poison" {
				var m map[string]int
				m["x"] = 1 //nolint:staticcheck // the panic is the point
			}
			return nil
		})
		j := start(t, d, g, jobs.Options{Workers: 2, Observe: func(_, outcome string, _ time.Duration) {
			if outcome == "panic" {
				mu.Lock()
				panics++
				mu.Unlock()
			}
		}})
		insert(t, d, j, &river.InsertOpts{MaxAttempts: 2}, "poison")
		names := make([]string, 50)
		for i := range names {
			names[i] = "good" + string(rune('a'+i%26)) + string(rune('a'+i/26))
		}
		insert(t, d, j, nil, names...)
		testkit.Eventually(t, "the others to be done", func() bool {
			return !slices.ContainsFunc(names, func(n string) bool { return g.count(n) != 1 })
		})
		testkit.Eventually(t, "the poison to be discarded", func() bool {
			s, _ := state(t, d, "poison")
			return s == "discarded"
		})
		mu.Lock()
		defer mu.Unlock()
		if panics != 2 {
			t.Errorf("%d panics were seen, want 2", panics)
		}
	})
}

func TestF17_StopPutsUnfinishedJobsBackWithoutCountingTheAttempt(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		started := make(chan string, 2)
		release := make(chan struct{})
		g := newGreeter(func(ctx context.Context, name string, run int) error {
			if run > 1 {
				return nil
			}
			started <- name
			if name == "short" {
				<-release
				return nil
			}
			<-ctx.Done()
			return errors.New("stopped half way") // as a worker may say it, without the context's own error
		})
		j := start(t, d, g, jobs.Options{SoftStop: 300 * time.Millisecond})
		insert(t, d, j, nil, "short", "long")
		<-started
		<-started
		close(release)
		if err := j.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		if s, _ := state(t, d, "short"); s != "completed" {
			t.Errorf("the job that could finish is %s", s)
		}
		if s, attempt := state(t, d, "long"); s != "available" || attempt != 0 {
			t.Errorf("the job that could not is %s after %d attempts", s, attempt)
		}
		start(t, d, g, jobs.Options{})
		testkit.Eventually(t, "the next process to finish it", func() bool {
			s, _ := state(t, d, "long")
			return s == "completed"
		})
	})
}

func TestJobsOfAKilledProcessRunAgainOnSQLite(t *testing.T) {
	t.Parallel()
	d := testkit.SQLite(t)
	j, err := jobs.New(d, jobs.Options{Logger: testkit.Logger()})
	if err != nil {
		t.Fatal(err)
	}
	insert(t, d, j, nil, "cut", "killer")
	err = d.Tx(t.Context(), func(tx *gorm.DB) error { // what a kill leaves behind
		return errors.Join(
			tx.Exec("UPDATE river_job SET state = 'running', attempt = 1 WHERE args->>'name' = 'cut'").Error,
			tx.Exec("UPDATE river_job SET state = 'running', attempt = max_attempts WHERE args->>'name' = 'killer'").Error)
	})
	if err != nil {
		t.Fatal(err)
	}
	g := newGreeter(func(context.Context, string, int) error { return nil })
	start(t, d, g, jobs.Options{})
	testkit.Eventually(t, "the cut job to be done", func() bool { return g.count("cut") == 1 })
	if s, _ := state(t, d, "killer"); s != "discarded" || g.count("killer") != 0 {
		t.Errorf("the job that was cut off at its last attempt is %s and ran %d times", s, g.count("killer"))
	}
}

func TestEveryInsertsAtStart(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		g := newGreeter(func(context.Context, string, int) error { return nil })
		j, err := jobs.New(d, jobs.Options{Work: true, Logger: testkit.Logger()})
		if err != nil {
			t.Fatal(err)
		}
		jobs.AddWorker(j, g)
		j.Every(time.Hour, true, func() river.JobArgs { return greet{"hourly"} })
		if err := j.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = j.Stop(context.WithoutCancel(t.Context())) })
		testkit.Eventually(t, "the hourly job to run", func() bool { return g.count("hourly") == 1 })
	})
}

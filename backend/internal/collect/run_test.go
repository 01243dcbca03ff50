package collect_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func TestARunBringsWhatIsNewAndTheNextGoesOnBehindIt(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d, &board{posts: 7, per: 3})
		src := h.create(t, draft())
		r := h.run(t, src.ID)
		if r.Status != collect.Finished || r.Found != 7 || r.Created != 7 || r.Pages != 3 || r.Steps != 3 || r.Found != r.Created+r.Updated+r.Known+r.Rejected {
			t.Fatalf("%+v", r)
		}
		if s := h.source(t, src.ID); s.Health != collect.HealthOK || string(s.Kept.V) != "7" {
			t.Errorf("the source is %s and keeps %s", s.Health, s.Kept.V)
		}
		h.board.posts = 9
		if r := h.run(t, src.ID); r.Found != 2 || r.Created != 2 {
			t.Errorf("the second run: %+v", r)
		}
		if n := len(h.names(t)); n != 9 {
			t.Errorf("%d leads", n)
		}
	})
}

// F15 A run whose process dies at any step goes on behind the last step that was stored; the dead one, come back, writes
// no more. Nothing is lost and nothing comes twice.
func TestF15_AKilledRunGoesOnWithNothingLostOrDoubled(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		for dies := 1; dies <= 4; dies++ {
			b := &board{posts: 40 * dies, per: 10}
			h := newHouse(t, d, b)
			dr := draft()
			src := h.create(t, dr)
			held, go1 := make(chan struct{}), make(chan struct{})
			b.before = func(n int) error {
				if n == dies {
					close(held)
					<-go1 // as if its process stood still
				}
				return nil
			}
			before := len(h.names(t))
			r, err := h.RunNow(h.ctx, src.ID)
			if err != nil {
				t.Fatal(err)
			}
			var first sync.WaitGroup
			first.Go(func() {
				if err := h.Do(h.ctx, r.ID); err != nil {
					t.Errorf("the one that stood still: %v", err)
				}
			})
			<-held
			h.clock.Advance(2 * time.Minute)
			other := h.service(t)
			if err := other.Tick(h.ctx); err != nil {
				t.Fatal(err)
			}
			if last := h.jobs.runs[len(h.jobs.runs)-1]; last != r.ID {
				t.Fatal("it was not taken up again")
			}
			if err := other.Do(h.ctx, r.ID); err != nil {
				t.Fatal(err)
			}
			close(go1)
			first.Wait()
			if got := h.read(t, r.ID); got.Status != collect.Finished || got.Found != 40*dies || got.Steps != 4*dies {
				t.Errorf("dead at step %d: %+v", dies, got)
			}
			names := h.names(t)
			if want := max(before, 40*dies); len(names) != want || len(slices.Compact(names)) != want {
				t.Errorf("dead at step %d: %d leads, want %d", dies, len(names), want)
			}
		}
	})
}

func TestARunThatIsToldToEndIsPutBack(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		b := &board{posts: 30, per: 10}
		h := newHouse(t, d, b)
		src := h.create(t, draft())
		ctx, stop := context.WithCancel(h.ctx)
		b.before = func(n int) error {
			if n == 2 {
				stop()
				return ctx.Err()
			}
			return nil
		}
		r, err := h.RunNow(h.ctx, src.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Do(ctx, r.ID); !errors.Is(err, context.Canceled) {
			t.Fatalf("%v", err)
		}
		if err := h.Do(h.ctx, r.ID); err != nil { // at once: its lease was given back
			t.Fatal(err)
		}
		if got := h.read(t, r.ID); got.Status != collect.Finished || got.Found != 30 || len(h.names(t)) != 30 {
			t.Errorf("%+v, %d leads", got, len(h.names(t)))
		}
	})
}

// However many processes look at the clock at once, a source has one run.
func TestADueSourceIsRunOnceAcrossProcesses(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d, &board{posts: 3, per: 10})
		src := h.create(t, draft())
		if err := h.Tick(h.ctx); err != nil || len(h.jobs.runs) != 0 {
			t.Fatalf("before its time: %d, %v", len(h.jobs.runs), err)
		}
		h.clock.Advance(time.Hour)
		var all sync.WaitGroup
		for range 6 {
			s := h.service(t)
			all.Go(func() {
				for range 3 {
					if err := s.Tick(h.ctx); err != nil && !db.IsBusy(err) {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		runs, err := h.Runs(h.ctx, src.ID)
		if err != nil || len(runs) != 1 || runs[0].StartedBy != collect.BySchedule {
			t.Fatalf("%d runs, %v", len(runs), err)
		}
		if _, err := h.RunNow(h.ctx, src.ID); fault.KindOf(err) != fault.Conflict {
			t.Errorf("beside an open run: %v", err)
		}
		if err := h.Do(h.ctx, runs[0].ID); err != nil {
			t.Fatal(err)
		}
		h.clock.Advance(25 * time.Hour) // a machine that was off makes good by one run
		for range 3 {
			if err := h.Tick(h.ctx); err != nil {
				t.Fatal(err)
			}
		}
		if runs, _ = h.Runs(h.ctx, src.ID); len(runs) != 2 {
			t.Errorf("%d runs after a day", len(runs))
		}
	})
}

func TestWhatAFailedStepMeans(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err    error
		times  int // that the step fails
		status collect.Status
		health collect.Health
		rest   string // of the first try
	}{
		"passes":        {fault.New(fault.Unavailable, "site_down", "The site does not answer."), 2, collect.Finished, collect.HealthOK, "30s"},
		"asks to wait":  {&fault.Error{Kind: fault.RateLimited, Code: "site_busy", Msg: "Later.", RetryAfter: 5 * time.Minute}, 1, collect.Finished, collect.HealthOK, "5m0s"},
		"never passes":  {fault.New(fault.Unavailable, "site_down", "The site does not answer."), 99, collect.Failed, collect.HealthNew, "30s"},
		"refuses us":    {fault.New(fault.Forbidden, "site_refused", "The site refuses us."), 99, collect.Failed, collect.HealthStopped, ""},
		"bad settings":  {fault.New(fault.Invalid, "key_wrong", "The key is wrong."), 99, collect.Failed, collect.HealthStopped, ""},
		"over budget":   {fault.New(fault.BudgetExceeded, "budget", "The budget is used up."), 99, collect.Failed, collect.HealthNew, ""},
		"our own fault": {errors.New("boom with a secret"), 99, collect.Failed, collect.HealthNew, "30s"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := &board{posts: 20, per: 10}
			h := newHouse(t, testkit.SQLite(t), b)
			failed := 0
			b.before = func(n int) error {
				if n >= 2 && failed < c.times {
					failed++
					return c.err
				}
				return nil
			}
			src := h.create(t, draft())
			r, err := h.RunNow(h.ctx, src.ID)
			if err != nil {
				t.Fatal(err)
			}
			for i := range 6 {
				err := h.Do(h.ctx, r.ID)
				if i == 0 && c.rest != "" && (err == nil || !strings.Contains(err.Error(), c.rest)) {
					t.Errorf("it answers %v, want a rest of %s", err, c.rest)
				}
				h.clock.Advance(10 * time.Minute)
			}
			got, s := h.read(t, r.ID), h.source(t, src.ID)
			if got.Status != c.status || s.Health != c.health || got.LeaseUntil != nil {
				t.Errorf("the run %s (%s), the source %s", got.Status, got.Error, s.Health)
			}
			if strings.Contains(got.Error, "secret") {
				t.Errorf("an unknown fault is shown: %s", got.Error)
			}
			if want := map[collect.Status]int{collect.Finished: 20, collect.Failed: 10}[c.status]; len(h.names(t)) != want {
				t.Errorf("%d leads, want %d", len(h.names(t)), want)
			}
			alarmed := len(h.events(t, collect.EventAlarmed)) > 0
			if alarmed != (c.health == collect.HealthStopped) {
				t.Errorf("alarmed: %v", alarmed)
			}
			if c.health == collect.HealthStopped { // it does not run again by itself
				n := len(h.jobs.runs)
				h.clock.Advance(5 * time.Hour)
				if err := h.Tick(h.ctx); err != nil || len(h.jobs.runs) != n {
					t.Errorf("it was run again: %v", err)
				}
			}
		})
	}
}

// Nothing where there was always something is an alarm, not a success.
func TestSilenceAfterSpeechIsAnAlarm(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before  []int
		last    int
		changed bool
		want    collect.Health
	}{
		"silence":            {[]int{5, 6, 40}, 0, false, collect.HealthDegraded},
		"few as always":      {[]int{1, 0, 2}, 0, false, collect.HealthOK},
		"too early to say":   {[]int{40, 40}, 0, false, collect.HealthOK},
		"a changed page":     {nil, 0, true, collect.HealthDegraded},
		"less than always":   {[]int{50, 50, 50}, 20, false, collect.HealthOK},
		"silence long since": {[]int{5, 0, 0, 0}, 0, false, collect.HealthOK},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := &board{per: 100}
			h := newHouse(t, testkit.SQLite(t), b)
			src := h.create(t, draft())
			for _, n := range append(slices.Clone(c.before), c.last) {
				b.posts += n
				b.edit = func(st *collect.Step) { st.Changed = c.changed }
				h.run(t, src.ID)
			}
			s := h.source(t, src.ID)
			if s.Health != c.want {
				t.Errorf("%s (%s), want %s", s.Health, s.HealthReason, c.want)
			}
			if n := len(h.events(t, collect.EventAlarmed)); n > 1 || (n == 1) != (c.want == collect.HealthDegraded) {
				t.Errorf("%d alarms", n)
			}
		})
	}
}

func TestARunStopsAtItsBounds(t *testing.T) {
	t.Parallel()
	for code, c := range map[string]struct {
		caps  collect.Caps
		found int
	}{
		"cap_finds": {collect.Caps{Finds: 25}, 30},
		"cap_pages": {collect.Caps{Pages: 2}, 20},
		"cap_time":  {collect.Caps{Minutes: 5}, 30},
		"cap_cost":  {collect.Caps{Cost: 3_000_000}, 30},
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			b := &board{posts: 500, per: 10}
			h := newHouse(t, testkit.SQLite(t), b)
			b.edit = func(st *collect.Step) { st.Cost = 1_000_000 }
			b.before = func(int) error { h.clock.Advance(100 * time.Second); return nil }
			d := draft()
			d.Caps = c.caps
			src := h.create(t, d)
			r := h.run(t, src.ID)
			if r.Status != collect.Finished || r.Found != c.found || len(r.Notes.V) != 1 || r.Notes.V[0].Code != code {
				t.Errorf("%s after %d: %+v", r.Status, r.Found, r.Notes.V)
			}
			if string(h.source(t, src.ID).Kept.V) != "null" {
				t.Error("it passes over what it did not reach")
			}
		})
	}
}

func TestAStoppedRunBringsNothingMore(t *testing.T) {
	t.Parallel()
	b := &board{posts: 30, per: 10}
	h := newHouse(t, testkit.SQLite(t), b)
	src := h.create(t, draft())
	r, err := h.RunNow(h.ctx, src.ID)
	if err != nil {
		t.Fatal(err)
	}
	b.before = func(n int) error {
		if n == 2 {
			if _, err := h.Stop(h.ctx, r.ID); err != nil {
				t.Error(err)
			}
		}
		return nil
	}
	if err := h.Do(h.ctx, r.ID); err != nil {
		t.Fatal(err)
	}
	if got := h.read(t, r.ID); got.Status != collect.Stopped || got.Found != 10 || len(h.names(t)) != 10 {
		t.Errorf("%+v", got)
	}
	if _, err := h.Stop(h.ctx, r.ID); fault.KindOf(err) != fault.Conflict {
		t.Errorf("stopped twice: %v", err)
	}
}

func TestAnswersThatCouldNotBeReadAreKept(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		b := &board{posts: 1, per: 10}
		b.edit = func(st *collect.Step) {
			st.Raw = []collect.Raw{{URL: "https://board.example/x", Type: "text/html", Body: []byte(strings.Repeat("x", 2<<20)), Reason: "no list in it"}}
			st.Finds = append(st.Finds, collect.Find{URL: "https://board.example/nobody", Fields: map[string]string{"location": "Pune"}})
		}
		h := newHouse(t, d, b)
		r := h.run(t, h.create(t, draft()).ID)
		var n, size int64
		if err := d.Read.Table("source_raws").Where("run_id = ?", r.ID).Select("count(*), max(length(body))").Row().Scan(&n, &size); err != nil || n != 1 || size != 1<<20 {
			t.Errorf("%d answers of %d bytes, %v", n, size, err)
		}
		if r.Rejected != 1 || len(r.Reasons.V) != 1 || r.Reasons.V[0].Code != "lead_empty" || r.Reasons.V[0].URL == "" {
			t.Errorf("%+v", r.Reasons.V)
		}
	})
}

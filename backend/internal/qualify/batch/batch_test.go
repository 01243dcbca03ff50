package batch_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/batch"
	"winnow/backend/internal/qualify/judge"
	"winnow/backend/internal/testkit"
)

func TestBatchJudgesEveryLeadOnce(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		p := newPlant(t, d, batch.Options{Chunk: 40})
		ids := p.sow(t, 333)
		b := p.await(t, p.create(t, batch.Request{}).ID, batch.Finished)
		if b.Total != len(ids) || b.Done != len(ids) || b.Failed != 0 || b.Skipped != 0 || b.Qualified != len(ids) {
			t.Errorf("counts are total %d done %d failed %d skipped %d qualified %d, want 333/333/0/0/333", b.Total, b.Done, b.Failed, b.Skipped, b.Qualified)
		}
		if n := p.an.most(); n != 1 {
			t.Errorf("a lead was judged %d times", n)
		}
		if n := p.count(t, &judge.Analysis{}, "batch_id = ?", b.ID); n != len(ids) {
			t.Errorf("%d analyses stored", n)
		}
		if n := p.count(t, &lead.Lead{}, "status = ? AND pain_id = ? AND pain_quote = ? AND score > 0", lead.StatusQualified, "order-chaos", "orders get lost"); n != len(ids) {
			t.Errorf("%d leads carry their judgement", n)
		}
		sum := 0
		for _, n := range b.Grades.V {
			sum += n
		}
		if sum != len(ids) {
			t.Errorf("grades %v do not add up", b.Grades.V)
		}
	})
}

func TestPauseStopsAndResumeGoesOn(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		p := newPlant(t, d, batch.Options{Chunk: 5})
		gate := make(chan struct{})
		open := sync.OnceFunc(func() { close(gate) })
		t.Cleanup(open)
		p.an.script = func(ctx context.Context, in qualify.Input, _ int) (qualify.Draft, error) {
			select {
			case <-gate:
			case <-ctx.Done():
				return qualify.Draft{}, ctx.Err()
			}
			return pained(in), nil
		}
		p.sow(t, 60)
		b := p.create(t, batch.Request{})
		p.await(t, b.ID, batch.Running)
		if _, err := p.batches.Pause(system(t), b.ID); err != nil {
			t.Fatal(err)
		}
		open()
		testkit.Eventually(t, "leads in flight to be stored and the rest given back", func() bool {
			return p.count(t, &batch.Item{}, "batch_id = ? AND state = ?", b.ID, batch.Leased) == 0
		})
		if now := p.get(t, b.ID); now.Done == 60 || now.Status != batch.Paused {
			t.Fatalf("paused batch is %s with %d done", now.Status, now.Done)
		}
		if _, err := p.batches.Resume(system(t), b.ID); err != nil {
			t.Fatal(err)
		}
		if end := p.await(t, b.ID, batch.Finished); end.Done != 60 || p.an.most() != 1 {
			t.Errorf("%d done, most judged %d times", end.Done, p.an.most())
		}
	})
}

func TestCancelSkipsTheRestAndCountsAddUp(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		p := newPlant(t, d, batch.Options{Chunk: 4})
		begun := make(chan struct{})
		gate := make(chan struct{})
		first := sync.OnceFunc(func() { close(begun) })
		p.an.script = func(_ context.Context, in qualify.Input, _ int) (qualify.Draft, error) {
			first()
			<-gate
			return pained(in), nil
		}
		p.sow(t, 50)
		b := p.create(t, batch.Request{})
		<-begun
		if _, err := p.batches.Cancel(system(t), b.ID); err != nil {
			t.Fatal(err)
		}
		close(gate)
		testkit.Eventually(t, "every lead to have its fate", func() bool {
			now := p.get(t, b.ID)
			return now.Done+now.Skipped+now.Failed == now.Total
		})
		if now := p.get(t, b.ID); now.Status != batch.Canceled || now.Skipped == 0 {
			t.Errorf("batch is %s with %d skipped", now.Status, now.Skipped)
		}
		if _, err := p.batches.Resume(system(t), b.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("resuming a canceled batch gave %v", err)
		}
	})
}

func TestFailuresRetryThenLandInTheListAndCanBeRetried(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		p := newPlant(t, d, batch.Options{MaxAttempts: 3})
		ids := p.sow(t, 12)
		poison, flaky, nonsense := ids[3], ids[5], ids[7]
		p.an.script = func(_ context.Context, in qualify.Input, call int) (qualify.Draft, error) {
			switch {
			case in.LeadID == poison:
				panic("a bug met by this text only")
			case in.LeadID == flaky && call < 3:
				return qualify.Draft{}, limited(0)
			case in.LeadID == nonsense:
				return qualify.Draft{}, fault.New(fault.Invalid, "ai_answer_malformed", "The model answered nonsense twice.")
			}
			return pained(in), nil
		}
		b := p.await(t, p.create(t, batch.Request{}).ID, batch.Finished)
		if b.Done != 10 || b.Failed != 2 {
			t.Fatalf("done %d failed %d, want 10 and 2", b.Done, b.Failed)
		}
		fs, err := p.batches.Failures(system(t), b.ID, 50)
		if err != nil || len(fs) != 2 {
			t.Fatalf("failures: %v, %v", fs, err)
		}
		want := map[string]struct {
			code     string
			attempts int
		}{poison: {"analyzer_crashed", 3}, nonsense: {"ai_answer_malformed", 1}}
		for _, f := range fs {
			if w := want[f.LeadID]; f.Code != w.code || f.Attempts != w.attempts || f.Reason == "" || f.LeadName == "" {
				t.Errorf("failure %+v, want code %s after %d tries, with a reason and a name", f, w.code, w.attempts)
			}
		}
		p.an.mu.Lock()
		p.an.script = nil
		p.an.mu.Unlock()
		if _, err := p.batches.Retry(system(t), b.ID, poison); err != nil {
			t.Fatal(err)
		}
		if now := p.await(t, b.ID, batch.Finished); now.Done != 11 || now.Failed != 1 {
			t.Errorf("after one retry: done %d failed %d", now.Done, now.Failed)
		}
		if _, err := p.batches.Retry(system(t), b.ID, ""); err != nil {
			t.Fatal(err)
		}
		if now := p.await(t, b.ID, batch.Finished); now.Done != 12 || now.Failed != 0 {
			t.Errorf("after all retries: done %d failed %d", now.Done, now.Failed)
		}
	})
}

func TestWhatHitsEveryLeadPausesTheBatchAndSaysWhy(t *testing.T) {
	t.Parallel()
	for name, cause := range map[string]error{
		"budget":  fault.New(fault.BudgetExceeded, "budget_exceeded", "The budget of today is used up."),
		"key":     fault.New(fault.Unauthenticated, "ai_key_refused", "The provider refused the key."),
		"setting": fault.New(fault.Invalid, "ai_model_unknown", "The provider has no such model."),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlant(t, testkit.SQLite(t), batch.Options{Chunk: 10})
			p.sow(t, 40)
			p.an.script = func(context.Context, qualify.Input, int) (qualify.Draft, error) { return qualify.Draft{}, cause }
			b := p.await(t, p.create(t, batch.Request{}).ID, batch.Paused)
			if b.Error == "" || b.Failed != 0 {
				t.Errorf("error %q, failed %d", b.Error, b.Failed)
			}
			testkit.Eventually(t, "every lead to be given back untouched", func() bool {
				return p.count(t, &batch.Item{}, "batch_id = ? AND state = ? AND attempts = 0", b.ID, batch.Waiting) == 40
			})
			p.an.mu.Lock()
			p.an.script = nil
			p.an.mu.Unlock()
			if _, err := p.batches.Resume(system(t), b.ID); err != nil {
				t.Fatal(err)
			}
			if end := p.await(t, b.ID, batch.Finished); end.Done != 40 {
				t.Errorf("%d done after resume", end.Done)
			}
		})
	}
}

// A process that dies leaves leased items and a River job that seems to run. Another process must go on by itself, and
// the dead one, should it come back to life, must not be able to store.
func TestF13_DeadHolderIsReplacedAndFencedOff(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		p := newPlant(t, d, batch.Options{Instance: "alive", Lease: 300 * time.Millisecond})
		p.sow(t, 20)
		// the dead one's trace, put where its leases would be
		b := batchWithDeadHolder(t, p)
		end := p.await(t, b, batch.Finished)
		if end.Done != 20 || p.an.most() != 1 {
			t.Errorf("%d done, most judged %d times", end.Done, p.an.most())
		}
		if n := p.count(t, &judge.Analysis{}, "batch_id = ?", b); n != 20 {
			t.Errorf("%d analyses", n)
		}
	})
}

func batchWithDeadHolder(t *testing.T, p *plant) string {
	t.Helper()
	now := time.Now().UTC().Truncate(time.Microsecond)
	b := batch.Batch{ID: id.New(), Name: "dead", Analyzer: "rules", Status: batch.Running, ProfileName: "default", ProfileVersion: 1, Total: 20, Currency: "USD", CreatedAt: now, StartedAt: &now, Version: 1}
	b.Grades.V, b.Options.V = map[string]int{}, map[string]any{}
	err := p.db.Tx(t.Context(), func(tx *gorm.DB) error {
		if err := tx.Create(&b).Error; err != nil {
			return err
		}
		var ids []string
		if err := tx.Model(&lead.Lead{}).Pluck("id", &ids).Error; err != nil {
			return err
		}
		until := now.Add(400 * time.Millisecond)
		for i, l := range ids {
			it := batch.Item{BatchID: b.ID, LeadID: l, Pos: i, State: batch.Leased, LeaseBy: "dead", LeaseUntil: &until}
			if err := tx.Create(&it).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.ID
}

func TestF17_StopFinishesWhatIsInFlightAndTheNextProcessGoesOn(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		p := &plant{db: d, an: &scripted{calls: map[string]int{}}}
		stop := p.start(t, batch.Options{Chunk: 3})
		p.sow(t, 90)
		slow := make(chan struct{})
		first := sync.OnceFunc(func() { close(slow) })
		p.an.script = func(_ context.Context, in qualify.Input, _ int) (qualify.Draft, error) {
			first()
			return pained(in), nil
		}
		b := p.create(t, batch.Request{})
		<-slow
		stop()
		if n := p.count(t, &batch.Item{}, "batch_id = ? AND state = ?", b.ID, batch.Leased); n != 0 {
			t.Errorf("%d leads are still leased by a process that stopped in order", n)
		}
		p.start(t, batch.Options{Chunk: 30})
		if end := p.await(t, b.ID, batch.Finished); end.Done != 90 || p.an.most() != 1 {
			t.Errorf("%d done, most judged %d times", end.Done, p.an.most())
		}
	})
}

func TestDeletedLeadsAreSkipped(t *testing.T) {
	t.Parallel()
	p := newPlant(t, testkit.SQLite(t), batch.Options{})
	ids := p.sow(t, 10)
	gate := make(chan struct{})
	p.an.script = func(_ context.Context, in qualify.Input, _ int) (qualify.Draft, error) {
		<-gate
		return pained(in), nil
	}
	if err := p.db.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Where("id = ?", ids[9]).Delete(&lead.Lead{}).Error }); err != nil {
		t.Fatal(err)
	}
	b := p.create(t, batch.Request{Selection: batch.Selection{IDs: ids}})
	close(gate)
	if end := p.await(t, b.ID, batch.Finished); end.Total != 9 || end.Done != 9 {
		t.Errorf("total %d done %d", end.Total, end.Done)
	}
}

func TestA14_OthersBatchesAreNotFound(t *testing.T) {
	t.Parallel()
	p := newPlant(t, testkit.SQLite(t), batch.Options{})
	p.sow(t, 3)
	owner, other := account.Viewer{UserID: id.New(), Role: account.RoleUser, Kind: account.KindSession}, account.Viewer{UserID: id.New(), Role: account.RoleUser, Kind: account.KindSession}
	b, err := p.batches.Create(account.With(t.Context(), owner), batch.Request{})
	if err != nil {
		t.Fatal(err)
	}
	foreign := account.With(t.Context(), other)
	for name, call := range map[string]func() error{
		"get":      func() error { _, err := p.batches.Get(foreign, b.ID); return err },
		"pause":    func() error { _, err := p.batches.Pause(foreign, b.ID); return err },
		"cancel":   func() error { _, err := p.batches.Cancel(foreign, b.ID); return err },
		"retry":    func() error { _, err := p.batches.Retry(foreign, b.ID, ""); return err },
		"failures": func() error { _, err := p.batches.Failures(foreign, b.ID, 10); return err },
		"results":  func() error { _, err := p.batches.Results(foreign, b.ID, 10); return err },
	} {
		if err := call(); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s gave %v, want NotFound", name, err)
		}
	}
	viewer := account.With(t.Context(), account.Viewer{UserID: id.New(), Role: account.RoleViewer, Kind: account.KindSession})
	if _, err := p.batches.Create(viewer, batch.Request{}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a viewer's batch gave %v", err)
	}
}

func TestProgressIsToldAndTheEndOnce(t *testing.T) {
	t.Parallel()
	p := newPlant(t, testkit.SQLite(t), batch.Options{Chunk: 10})
	p.sow(t, 100)
	b := p.await(t, p.create(t, batch.Request{Draft: true}).ID, batch.Finished)
	var types []string
	err := p.db.Read.WithContext(t.Context()).Table("events").Where("subject_kind = 'batch' AND subject_id = ?", b.ID).Order("seq").Pluck("type", &types).Error
	if err != nil {
		t.Fatal(err)
	}
	ends := 0
	for _, ty := range types {
		if ty == "batch.finished" {
			ends++
		}
	}
	if types[0] != "batch.created" || ends != 1 {
		t.Errorf("events %v", types)
	}
	told, err := p.batches.Log(system(t), b.ID, 10)
	if err != nil || len(told) != 2 || told[0].Type != "batch.finished" || told[1].Type != "batch.created" {
		t.Errorf("the log tells %v, %v", told, err)
	}
	var drafts int64
	err = p.db.Read.WithContext(t.Context()).Table("events").Where("type = 'lead.qualified' AND data LIKE '%\"draft\":true%'").Count(&drafts).Error
	if err != nil || drafts != 100 {
		t.Errorf("%d leads are to get a draft (%v)", drafts, err)
	}
}

// What a process leases ahead is lost until its leases run out when it dies, so it must be little.
func TestLeasesAheadAreBounded(t *testing.T) {
	t.Parallel()
	p := newPlant(t, testkit.SQLite(t), batch.Options{Chunk: 10})
	p.sow(t, 200)
	gate := make(chan struct{})
	begun := make(chan struct{}, 200)
	p.an.script = func(_ context.Context, in qualify.Input, _ int) (qualify.Draft, error) {
		begun <- struct{}{}
		<-gate
		return pained(in), nil
	}
	b := p.create(t, batch.Request{})
	<-begun
	<-begun // both lanes hold a lead; the dispatcher has nobody left to hand to
	testkit.Eventually(t, "the lease to be written", func() bool { return p.count(t, &batch.Item{}, "state = ?", batch.Leased) > 0 })
	if n := p.count(t, &batch.Item{}, "state = ?", batch.Leased); n > 10 {
		t.Errorf("%d leads are leased by two lanes, more than one chunk", n)
	}
	close(gate)
	p.await(t, b.ID, batch.Finished)
}

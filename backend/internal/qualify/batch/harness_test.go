package batch_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/platform/jobs"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/batch"
	"winnow/backend/internal/qualify/judge"
	"winnow/backend/internal/testkit"
)

// plant is a database with a profile, leads and running jobs.
type plant struct {
	db      *db.DB
	batches *batch.Service
	runner  *batch.Runner
	judge   *judge.Service
	jobs    *jobs.Jobs
	an      *scripted
}

// scripted judges by a function and counts how often each lead was judged.
type scripted struct {
	mu     sync.Mutex
	calls  map[string]int
	script func(ctx context.Context, in qualify.Input, call int) (qualify.Draft, error)
}

func (s *scripted) Name() string    { return "rules" }
func (s *scripted) Version() string { return "test-1" }

func (s *scripted) Analyze(ctx context.Context, _ *profile.Set, in qualify.Input) (qualify.Draft, error) {
	s.mu.Lock()
	s.calls[in.LeadID]++
	n := s.calls[in.LeadID]
	script := s.script
	s.mu.Unlock()
	if script != nil {
		return script(ctx, in, n)
	}
	return pained(in), nil
}

// most is how often the most often judged lead was judged.
func (s *scripted) most() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	most := 0
	for _, n := range s.calls {
		most = max(most, n)
	}
	return most
}

// pained claims the pain that every test lead's content begins with.
func pained(in qualify.Input) qualify.Draft {
	return qualify.Draft{
		Evidence: "explicit", Urgency: "none", Authority: "decision_maker", Fit: "in", Language: "en", Reasoning: "Says so.",
		Claims: []qualify.Claim{
			{Part: qualify.PartPain, ID: "order-chaos", Field: qualify.FieldContent, Quote: "orders get lost", Start: -1, End: -1},
			{Part: qualify.PartAuthority, Value: "decision_maker", Field: qualify.FieldTitle, Quote: in.Title, Start: -1, End: -1},
			{Part: qualify.PartFit, Value: "in", Field: qualify.FieldCompany, Quote: in.Company, Start: -1, End: -1},
		},
	}
}

type fixedProfile struct{}

func (fixedProfile) Current(context.Context) (*profile.Set, error) {
	return &profile.Set{
		Name: "default", Version: 1, Company: profile.Company{Name: "Stockline"},
		PainPoints: profile.PainPoints{PainPoints: []profile.PainPoint{{ID: "order-chaos", Name: "Order chaos", Weight: 10}}},
	}, nil
}

type freeMoney struct{}

func (freeMoney) OpenBatch(*gorm.DB, string, *int64) error   { return nil }
func (freeMoney) Left(context.Context) (batch.Budget, error) { return batch.Budget{}, nil }
func (freeMoney) Currency() string                           { return "USD" }

func newPlant(t *testing.T, d *db.DB, o batch.Options) *plant {
	t.Helper()
	p := &plant{db: d, an: &scripted{calls: map[string]int{}}}
	p.start(t, o)
	return p
}

// start begins a process over the plant's database; calling it again is a restart.
func (p *plant) start(t *testing.T, o batch.Options) (stop func()) {
	t.Helper()
	c := clock.System{}
	events := event.New(p.db, c, func(ctx context.Context) *string {
		if v, ok := account.From(ctx); ok && v.UserID != "" {
			return &v.UserID
		}
		return nil
	})
	leads := lead.NewStore(p.db, c)
	var err error
	p.jobs, err = jobs.New(p.db, jobs.Options{Work: true, Queues: map[string]int{batch.QueueName: 4}, Logger: testkit.Logger(), SoftStop: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	p.judge = judge.New(p.db, c, events, leads, fixedProfile{}, p.an)
	p.batches = batch.New(p.db, c, events, p.judge, leads, p.jobs, freeMoney{})
	if o.Watch == 0 {
		o.Watch = 50 * time.Millisecond
	}
	if o.BackoffBase == 0 {
		o.BackoffBase = 20 * time.Millisecond
	}
	p.runner = batch.NewRunner(p.batches, nil, o, testkit.Logger())
	jobs.AddWorker(p.jobs, &batch.Worker{Runner: p.runner})
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	if err := p.jobs.Start(ctx); err != nil {
		t.Fatal(err)
	}
	var watch sync.WaitGroup
	watch.Go(func() { p.runner.Watch(ctx) })
	stop = sync.OnceFunc(func() {
		p.runner.Drain()
		if err := p.jobs.Stop(context.WithoutCancel(ctx)); err != nil {
			t.Errorf("stop jobs: %v", err)
		}
		cancel()
		watch.Wait()
	})
	t.Cleanup(stop)
	return stop
}

func system(t *testing.T) context.Context {
	t.Helper()
	return account.With(t.Context(), account.System())
}

// sow stores n leads that all tell the same pain and returns their ids.
func (p *plant) sow(t *testing.T, n int) []string {
	t.Helper()
	now := time.Now().UTC().Truncate(time.Microsecond)
	ls := make([]lead.Lead, n)
	ids := make([]string, n)
	for i := range ls {
		ids[i] = id.New()
		ls[i] = lead.Lead{
			ID: ids[i], Name: "Lead " + ids[i][30:], Title: "Owner", Company: "Kestrel Textiles", Content: "Our orders get lost every week, " + strings.Repeat("x", i%7),
			Status: lead.StatusNew, Score: lead.NoScore, LastActivityAt: now, CreatedAt: now, UpdatedAt: now, Version: 1,
		}
		ls[i].Tags.V, ls[i].Custom.V = []string{}, map[string]string{}
	}
	if err := p.db.Tx(t.Context(), func(tx *gorm.DB) error { return tx.CreateInBatches(ls, 500).Error }); err != nil {
		t.Fatal(err)
	}
	return ids
}

func (p *plant) create(t *testing.T, r batch.Request) batch.Batch {
	t.Helper()
	b, err := p.batches.Create(system(t), r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (p *plant) get(t *testing.T, batchID string) batch.Batch {
	t.Helper()
	b, err := p.batches.Get(system(t), batchID)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (p *plant) await(t *testing.T, batchID string, s batch.Status) batch.Batch {
	t.Helper()
	testkit.Eventually(t, "the batch to be "+string(s), func() bool { return p.get(t, batchID).Status == s })
	return p.get(t, batchID)
}

func (p *plant) count(t *testing.T, model any, cond string, args ...any) int {
	t.Helper()
	var n int64
	if err := p.db.Read.WithContext(t.Context()).Model(model).Where(cond, args...).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return int(n)
}

func limited(after time.Duration) error {
	return &fault.Error{Kind: fault.RateLimited, Code: "ai_rate_limited", Msg: "Too many calls.", RetryAfter: after}
}

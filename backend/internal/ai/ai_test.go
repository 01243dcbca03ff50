package ai_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/ai"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/config"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
	"winnow/backend/internal/testkit/fakeai"
)

const (
	canary   = "sk-canary-7f3a9e51c2d84b60"
	priceIn  = 2_000_000 // 2.00 for a million tokens
	priceOut = 8_000_000
)

// rig is a client before a fake model.
type rig struct {
	t      *testing.T
	db     *db.DB
	clock  *clock.Virtual
	client *ai.Client
	fake   *fakeai.Fake
	url    string
	log    *bytes.Buffer
}

func newRig(t *testing.T, d *db.DB, o fakeai.Options, change func(*ai.Config)) *rig {
	t.Helper()
	fake, url := fakeai.New(t, o)
	r := &rig{t: t, db: d, clock: testkit.Clock(), fake: fake, url: url, log: &bytes.Buffer{}}
	cfg := ai.Config{
		BaseURL: url, APIKey: canary, Model: "fake-1", PriceIn: priceIn, PriceOut: priceOut, PriceStated: true,
		Concurrency: 64, Currency: "EUR", CacheTTL: 24 * time.Hour, Timeout: 5 * time.Second, PatientFor: time.Second,
	}
	if change != nil {
		change(&cfg)
	}
	r.client = ai.New(ai.Deps{
		Config: cfg, DB: d, Clock: r.clock, HTTP: &http.Client{}, Events: event.New(d, r.clock, nil),
		Log: slog.New(slog.NewJSONHandler(&lockedWriter{w: r.log}, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	return r
}

type lockedWriter struct {
	mu sync.Mutex
	w  *bytes.Buffer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

const answerSchema = `{"type":"object","additionalProperties":false,"required":["verdict","count"],
"properties":{"verdict":{"type":"string","enum":["yes","no"]},"count":{"type":"integer","minimum":0,"maximum":10}}}`

const goodAnswer = `{"verdict":"yes","count":3}`

func says(words string) func(fakeai.Request) string {
	return func(fakeai.Request) string { return words }
}

func question(marker string) ai.Call {
	return ai.Call{
		Purpose: "qualify", PromptVersion: "t1", System: "You judge.", User: "Judge " + marker + ", please.",
		SchemaName: "verdict", Schema: json.RawMessage(answerSchema), MaxTokens: 100,
	}
}

func (r *rig) day() ai.Budget {
	r.t.Helper()
	bs, err := r.client.Ledger().Budgets(context.WithoutCancel(r.t.Context()))
	if err != nil {
		r.t.Fatal(err)
	}
	return bs[0]
}

func (r *rig) limit(scope string, micros int64) {
	r.t.Helper()
	if _, err := r.client.Ledger().SetLimit(r.t.Context(), scope, &micros, ""); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) count(table, where string, args ...any) int {
	r.t.Helper()
	var n int64
	if err := r.db.Read.Table(table).Where(where, args...).Count(&n).Error; err != nil {
		r.t.Fatal(err)
	}
	return int(n)
}

func TestACallIsReservedSettledAndLogged(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		r := newRig(t, d, fakeai.Options{Answer: says(goodAnswer)}, nil)
		call := question("MARK-1")
		call.LeadID, call.BatchID = id.New(), id.New()
		res, err := r.client.Complete(t.Context(), call)
		if err != nil {
			t.Fatal(err)
		}
		if string(res.JSON) != goodAnswer || res.Usage.Cached || res.Usage.Model != "fake-1" {
			t.Errorf("answer = %s, usage = %+v", res.JSON, res.Usage)
		}
		if want := r.fake.Cost(priceIn, priceOut); res.Usage.CostMicros != want || want == 0 {
			t.Errorf("cost = %d, the provider charges %d", res.Usage.CostMicros, want)
		}
		day := r.day()
		if day.SpentMicros != res.Usage.CostMicros || day.ReservedMicros != 0 {
			t.Errorf("day = %+v, cost %d", day, res.Usage.CostMicros)
		}
		batch, err := r.client.Ledger().BatchBudget(t.Context(), call.BatchID)
		if err != nil {
			t.Fatal(err)
		}
		if batch.SpentMicros != res.Usage.CostMicros || batch.LimitMicros != nil {
			t.Errorf("batch = %+v", batch)
		}
		if n := r.count("ai_calls", "state = ? AND outcome = ? AND cost_micros = ? AND lead_id = ?", "done", "ok", res.Usage.CostMicros, call.LeadID); n != 1 {
			t.Errorf("%d calls logged", n)
		}
		if a, b := r.count("ledger_entries", "kind = 'reserve'"), r.count("ledger_entries", "kind = 'settle' AND amount_micros = ?", res.Usage.CostMicros); a != 1 || b != 1 {
			t.Errorf("ledger has %d reservations and %d settlements", a, b)
		}
	})
}

func TestACachedAnswerCostsNothing(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		r := newRig(t, d, fakeai.Options{Answer: says(goodAnswer)}, nil)
		ask := func(c ai.Call) ai.Usage {
			res, err := r.client.Complete(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			var answer struct {
				Verdict string
				Count   int
			}
			if err := json.Unmarshal(res.JSON, &answer); err != nil || answer.Verdict != "yes" || answer.Count != 3 {
				t.Errorf("answer = %s", res.JSON)
			}
			return res.Usage
		}
		ask(question("MARK-1"))
		if u := ask(question("MARK-1")); !u.Cached || u.CostMicros != 0 || u.TokensIn != 0 {
			t.Errorf("the second time took %+v", u)
		}
		newPrompt := question("MARK-1")
		newPrompt.PromptVersion = "t2"
		otherModel := question("MARK-1")
		otherModel.Model = "fake-2"
		for name, c := range map[string]ai.Call{"text": question("MARK-2"), "prompt": newPrompt, "model": otherModel} {
			if u := ask(c); u.Cached {
				t.Errorf("another %s was answered from the cache", name)
			}
		}
		r.clock.Advance(25 * time.Hour)
		if u := ask(question("MARK-1")); u.Cached {
			t.Error("an expired answer was used")
		}
		r.clock.Advance(25 * time.Hour)
		if n, err := r.client.Sweep(t.Context()); err != nil || n != 4 {
			t.Errorf("swept %d, %v", n, err)
		}
	})
}

func TestWithoutTTLOnlyTheSameLeadOfTheSameBatchIsSparedASecondPayment(t *testing.T) {
	t.Parallel()
	r := newRig(t, testkit.SQLite(t), fakeai.Options{Answer: says(goodAnswer)}, func(c *ai.Config) { c.CacheTTL = 0 })
	batch, lead := id.New(), id.New()
	call := question("MARK-1")
	call.BatchID, call.LeadID = batch, lead
	other := call
	other.BatchID = id.New()
	lone := question("MARK-1")
	for _, step := range []struct {
		name   string
		call   ai.Call
		cached bool
	}{{"first", call, false}, {"again", call, true}, {"other batch", other, false}, {"no batch", lone, false}, {"no batch again", lone, false}} {
		res, err := r.client.Complete(t.Context(), step.call)
		if err != nil {
			t.Fatal(step.name, err)
		}
		if res.Usage.Cached != step.cached {
			t.Errorf("%s: cached = %v", step.name, res.Usage.Cached)
		}
	}
}

func TestEqualQuestionsAtOnceArePaidOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t, testkit.SQLite(t), fakeai.Options{Answer: says(goodAnswer), Latency: 30 * time.Millisecond}, nil)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			if _, err := r.client.Complete(t.Context(), question("MARK-1")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := r.fake.PaidFor()["MARK-1"]; n != 1 {
		t.Errorf("paid %d times", n)
	}
}

func TestOneReaskMendsABadAnswer(t *testing.T) {
	t.Parallel()
	var bodies []string
	var mu sync.Mutex
	r := newRig(t, testkit.SQLite(t), fakeai.Options{
		Answer: says(goodAnswer),
		Script: func(n int, q fakeai.Request) fakeai.Step {
			mu.Lock()
			defer mu.Unlock()
			bodies = append(bodies, string(q.Body))
			if n == 1 {
				return fakeai.Says("Sure! ```json\n{\"verdict\":\"perhaps\",\"count\":3}\n```")
			}
			return fakeai.OK()
		},
	}, nil)
	res, err := r.client.Complete(t.Context(), question("MARK-1"))
	if err != nil {
		t.Fatal(err)
	}
	if string(res.JSON) != goodAnswer || res.Usage.CostMicros != r.fake.Cost(priceIn, priceOut) {
		t.Errorf("answer %s, cost %d, charged %d", res.JSON, res.Usage.CostMicros, r.fake.Cost(priceIn, priceOut))
	}
	if len(bodies) != 2 || !strings.Contains(bodies[1], "verdict") || !strings.Contains(bodies[1], "value must be one of") {
		t.Errorf("the second question does not say what was wrong: %s", bodies[len(bodies)-1])
	}
	if n := r.count("ai_calls", "outcome = 'malformed' AND attempt = 1 AND state = 'failed' AND cost_micros > 0"); n != 1 {
		t.Errorf("%d malformed calls logged", n)
	}
}

func TestAnswersInFencesAreRead(t *testing.T) {
	t.Parallel()
	r := newRig(t, testkit.SQLite(t), fakeai.Options{Answer: says("Here you are:\n```json\n" + goodAnswer + "\n```\nAnything else?")}, nil)
	res, err := r.client.Complete(t.Context(), question("MARK-1"))
	if err != nil || string(res.JSON) != goodAnswer {
		t.Fatalf("%s, %v", res.JSON, err)
	}
}

func TestTheCallersCheckIsShownToTheModel(t *testing.T) {
	t.Parallel()
	r := newRig(t, testkit.SQLite(t), fakeai.Options{Answer: says(goodAnswer)}, nil)
	call := question("MARK-1")
	call.Validate = func([]byte) error { return errors.New("count must be even") }
	_, err := r.client.Complete(t.Context(), call)
	if fault.CodeOf(err) != "ai_answer_malformed" || !strings.Contains(err.Error(), "count must be even") {
		t.Fatalf("err = %v", err)
	}
	if log := r.fake.Log(); len(log) != 2 || !bytes.Contains(log[1].Request.Body, []byte("count must be even")) {
		t.Errorf("%d requests", len(log))
	}
	if n := r.count("ai_cache", "1 = 1"); n != 0 {
		t.Error("an unusable answer was cached")
	}
}

func TestBudgetWarnsOnceAtEightyPerCent(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		r := newRig(t, d, fakeai.Options{Answer: says(goodAnswer)}, func(c *ai.Config) { c.Model = "gpt-4o-mini" })
		first, err := r.client.Complete(t.Context(), question("MARK-0"))
		if err != nil {
			t.Fatal(err)
		}
		r.limit(ai.ScopeDay, first.Usage.CostMicros*40)
		for i := range 60 {
			if _, err := r.client.Complete(t.Context(), question("MARK-"+strings.Repeat("x", i+1))); fault.Is(err, fault.BudgetExceeded) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			b := r.day()
			if warned := b.WarnedAt != nil; warned != (b.SpentMicros*5 >= *b.LimitMicros*4) {
				t.Fatalf("warned = %v at %d of %d", warned, b.SpentMicros, *b.LimitMicros)
			}
		}
		if n := r.count("events", "type = 'budget.warned' AND subject_id = ?", "day:2026-03-02"); n != 1 {
			t.Errorf("%d warnings", n)
		}
	})
}

func TestRecoverBooksLostCallsAtTheirWorstCase(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		r := newRig(t, d, fakeai.Options{}, nil)
		l := r.client.Ledger()
		lost := ai.Reservation{CallID: id.New(), Purpose: "qualify", BatchID: id.New(), Provider: "p", Model: "m", Micros: 500, Lease: time.Minute, Attempt: 1}
		if err := l.Reserve(t.Context(), lost); err != nil {
			t.Fatal(err)
		}
		if n, err := l.Recover(t.Context()); n != 0 || err != nil {
			t.Fatalf("a living call was given up: %d, %v", n, err)
		}
		r.clock.Advance(2 * time.Minute)
		for i, want := range []int{1, 0} {
			if n, err := l.Recover(t.Context()); n != want || err != nil {
				t.Fatalf("run %d recovered %d, %v", i, n, err)
			}
		}
		ran := false
		err := l.Settle(t.Context(), lost.CallID, ai.Settlement{State: "done", Outcome: "ok", Micros: 20}, func(*gorm.DB) error { ran = true; return nil })
		if err != nil || !ran {
			t.Errorf("a late answer was not kept: %v", err)
		}
		if b := r.day(); b.SpentMicros != 500 || b.ReservedMicros != 0 {
			t.Errorf("day = %+v", b)
		}
		if n := r.count("ai_calls", "state = 'unknown' AND cost_micros = 500"); n != 1 {
			t.Errorf("%d unknown calls", n)
		}
	})
}

func TestDefaultCeilingsHoldUntilSomebodySetsThem(t *testing.T) {
	t.Parallel()
	r := newRig(t, testkit.SQLite(t), fakeai.Options{Answer: says(goodAnswer)}, nil)
	if b := r.day(); b.LimitMicros == nil || *b.LimitMicros != ai.DefaultDayLimit {
		t.Fatalf("day = %+v", b)
	}
	over := ai.Reservation{CallID: id.New(), Purpose: "qualify", Model: "m", Micros: ai.DefaultDayLimit + 1, Lease: time.Minute}
	if err := r.client.Ledger().Reserve(t.Context(), over); fault.CodeOf(err) != "budget_day_exceeded" {
		t.Fatalf("err = %v", err)
	}
	if _, err := r.client.Ledger().SetLimit(t.Context(), ai.ScopeDay, nil, ""); err != nil {
		t.Fatal(err)
	}
	over.CallID = id.New()
	if err := r.client.Ledger().Reserve(t.Context(), over); err != nil {
		t.Fatalf("without a ceiling: %v", err)
	}
}

func TestBudgetRefusalNamesTheBudgetAndReservesNothing(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		r := newRig(t, d, fakeai.Options{Answer: says(goodAnswer)}, nil)
		r.limit(ai.ScopeMonth, 100)
		call := question("MARK-1")
		call.BatchID = id.New()
		_, err := r.client.Complete(t.Context(), call)
		if !fault.Is(err, fault.BudgetExceeded) || fault.CodeOf(err) != "budget_month_exceeded" || !strings.Contains(err.Error(), "0.0001 EUR are left") {
			t.Fatalf("err = %v", err)
		}
		if n := r.count("budgets", "reserved_micros > 0"); n != 0 {
			t.Errorf("%d budgets keep a reservation", n)
		}
		if n := r.count("ai_calls", "1 = 1"); n != 0 || len(r.fake.Log()) != 0 {
			t.Error("a refused call was logged or made")
		}
	})
}

func TestOverridesChangePriceAndModelButNeverTheAddress(t *testing.T) {
	t.Parallel()
	r := newRig(t, testkit.SQLite(t), fakeai.Options{Answer: says(goodAnswer)}, nil)
	model, free, rpm := "fake-9", config.Micros(0), 77
	cfg, err := r.client.Override(t.Context(), ai.Overrides{Model: &model, PriceIn: &free, PriceOut: &free, RPM: &rpm}, "")
	if err != nil || cfg.Model != model || cfg.RPM != 77 {
		t.Fatalf("config = %+v, %v", cfg, err)
	}
	res, err := r.client.Complete(t.Context(), question("MARK-1"))
	if err != nil || res.Usage.Model != model || res.Usage.CostMicros != 0 {
		t.Fatalf("usage = %+v, %v", res.Usage, err)
	}
	below := -1
	if _, err := r.client.Override(t.Context(), ai.Overrides{RPM: &below}, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("a negative limit was taken: %v", err)
	}
	if cfg, err = r.client.Override(t.Context(), ai.Overrides{}, ""); err != nil || cfg.Model != "fake-1" || cfg.PriceIn != priceIn || cfg.RPM != 0 {
		t.Errorf("without overrides: %+v, %v", cfg, err)
	}
}

func TestRunRecoversAtOnceAndStops(t *testing.T) {
	t.Parallel()
	r := newRig(t, testkit.SQLite(t), fakeai.Options{}, nil)
	lost := ai.Reservation{CallID: id.New(), Purpose: "qualify", Model: "m", Micros: 5, Lease: time.Minute, Attempt: 1}
	if err := r.client.Ledger().Reserve(t.Context(), lost); err != nil {
		t.Fatal(err)
	}
	r.clock.Advance(time.Hour)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); r.client.Run(ctx) }()
	testkit.Eventually(t, "the lost call to be given up", func() bool { return r.count("ai_calls", "state = 'unknown'") == 1 })
	cancel()
	<-done
}

func TestACallWaitsForMoneyThatIsOnlySetAside(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		r := newRig(t, d, fakeai.Options{Answer: says(goodAnswer), Latency: 20 * time.Millisecond}, func(c *ai.Config) { c.PatientFor = 30 * time.Second })
		r.limit(ai.ScopeDay, 4_000) // room for two worst cases, and for a dozen calls as they really cost
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				if _, err := r.client.Complete(t.Context(), question("MARK-"+strings.Repeat("y", i+1))); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if b := r.day(); b.ReservedMicros != 0 || b.SpentMicros > 4_000 || b.SpentMicros != r.fake.Cost(priceIn, priceOut) {
			t.Errorf("day = %+v", b)
		}
	})
}

package ai_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/ai"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
	"winnow/backend/internal/testkit/fakeai"
)

// always plays the same step for every request.
func always(s fakeai.Step) func(int, fakeai.Request) fakeai.Step {
	return func(int, fakeai.Request) fakeai.Step { return s }
}

type faultCase struct {
	name     string
	step     fakeai.Step
	kind     fault.Kind
	code     string
	says     string // part of the message
	requests int
	charged  string // "nothing", "usage" (what the fake charges), "worst" (every request at its reservation)
	retry    time.Duration
}

func faultCases() []faultCase {
	return []faultCase{
		{"401", fakeai.Status(401, "invalid_api_key", "Incorrect API key provided: "+canary), fault.Invalid, "ai_key_refused", "WINNOW_AI_API_KEY", 1, "nothing", 0},
		{"403", fakeai.Status(403, "forbidden", "no access"), fault.Invalid, "ai_key_refused", "WINNOW_AI_MODEL", 1, "nothing", 0},
		{"404", fakeai.Status(404, "model_not_found", "no such model"), fault.Invalid, "ai_model_not_found", "WINNOW_AI_BASE_URL", 1, "nothing", 0},
		{"400", fakeai.Status(400, "invalid_request_error", "strange"), fault.Invalid, "ai_request_refused", "strange", 1, "nothing", 0},
		{"too long", fakeai.Status(400, "context_length_exceeded", "This model's maximum context length is 9"), fault.TooLarge, "ai_text_too_long", "larger context", 1, "nothing", 0},
		{"no credit", fakeai.Status(429, "insufficient_quota", "You exceeded your current quota"), fault.Invalid, "ai_credit_exhausted", "Top it up", 1, "nothing", 0},
		{"429", fakeai.Limited("7", "1s"), fault.RateLimited, "ai_rate_limited", "slow down", 1, "nothing", 7 * time.Second},
		{"429 by header", fakeai.Limited("", "1m30s"), fault.RateLimited, "ai_rate_limited", "slow down", 1, "nothing", 90 * time.Second},
		{"429 by date", fakeai.Limited("Mon, 02 Mar 2026 09:31:00 GMT", "1s"), fault.RateLimited, "ai_rate_limited", "slow down", 1, "nothing", time.Minute},
		{"500", fakeai.Status(500, "server_error", "oops"), fault.Unavailable, "ai_provider_failed", "500", 1, "nothing", 0},
		{"502 page", fakeai.HTML502(), fault.Unavailable, "ai_provider_failed", "502", 1, "nothing", 0},
		{"503", fakeai.Status(503, "overloaded", "busy"), fault.Unavailable, "ai_provider_failed", "503", 1, "nothing", 0},
		{"504", fakeai.Status(504, "timeout", "upstream"), fault.Unavailable, "ai_provider_failed", "504", 1, "worst", 0},
		{"hang", fakeai.Hang(), fault.Unavailable, "ai_timeout", "did not answer in time", 1, "worst", 0},
		{"nothing", fakeai.Nothing(), fault.Unavailable, "ai_unreachable", "cannot be reached", 1, "worst", 0},
		{"no body", fakeai.NoBody(), fault.Invalid, "ai_answer_malformed", "not a complete answer", 2, "worst", 0},
		{"garbage", fakeai.Garbage(), fault.Invalid, "ai_answer_malformed", "not a complete answer", 2, "worst", 0},
		{"half a reply", fakeai.HalfReply(), fault.Invalid, "ai_answer_malformed", "not a complete answer", 2, "worst", 0},
		{"5 MB", fakeai.Big(), fault.Invalid, "ai_answer_malformed", "longer than 1 MiB", 2, "worst", 0},
		{"SSE cut", fakeai.SSECut(), fault.Invalid, "ai_answer_malformed", "not a complete answer", 2, "worst", 0},
		{"half JSON", fakeai.HalfJSON(), fault.Invalid, "ai_answer_malformed", "cut off", 2, "usage", 0},
		{"empty", fakeai.Says(""), fault.Invalid, "ai_answer_malformed", "empty", 2, "usage", 0},
		{"prose", fakeai.Says("I think it is a yes."), fault.Invalid, "ai_answer_malformed", "not one complete JSON object", 2, "usage", 0},
		{"wrong schema", fakeai.Says(`{"verdict":"yes","count":"three","score":100}`), fault.Invalid, "ai_answer_malformed", "does not fit the schema", 2, "usage", 0},
		{"JSON twice", fakeai.Says(goodAnswer + goodAnswer), fault.Invalid, "ai_answer_malformed", "not one complete JSON object", 2, "usage", 0},
		{"wrong language", fakeai.Says(`{"verdict":"ja","count":3}`), fault.Invalid, "ai_answer_malformed", "value must be one of", 2, "usage", 0},
		{"refusal", fakeai.Refuses(), fault.Invalid, "ai_answer_malformed", "by hand", 1, "usage", 0},
	}
}

func TestF14_EveryFaultOfTheProviderIsTypedAndPaidForRightly(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		for _, c := range faultCases() {
			t.Run(c.name, func(t *testing.T) {
				r := newRig(t, d, fakeai.Options{Answer: says(goodAnswer), Script: always(c.step)}, func(cfg *ai.Config) {
					cfg.Timeout = 5 * time.Second
					if c.name == "hang" {
						cfg.Timeout = 60 * time.Millisecond
					}
				})
				before := r.day()
				_, err := r.client.Complete(t.Context(), question("MARK-"+strings.ReplaceAll(c.name, " ", "-")))
				if fault.KindOf(err) != c.kind || fault.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
					t.Fatalf("err = %q (%s %s)", err, fault.KindOf(err), fault.CodeOf(err))
				}
				if e := err.(*fault.Error); e.RetryAfter != c.retry { //nolint:errorlint // the outermost one is meant
					t.Errorf("retry after %s", e.RetryAfter)
				}
				if n := len(r.fake.Log()); n != c.requests {
					t.Errorf("%d requests", n)
				}
				after := r.day()
				if after.ReservedMicros != 0 {
					t.Errorf("%d are still reserved", after.ReservedMicros)
				}
				spent := after.SpentMicros - before.SpentMicros
				charged := r.fake.Cost(priceIn, priceOut)
				switch c.charged {
				case "nothing":
					if spent != 0 {
						t.Errorf("spent %d for nothing", spent)
					}
				case "usage":
					if spent != charged {
						t.Errorf("spent %d, charged %d", spent, charged)
					}
				case "worst":
					if spent < charged || spent < int64(c.requests)*100*priceOut/1_000_000 {
						t.Errorf("spent %d is less than the worst case; charged %d", spent, charged)
					}
				}
			})
		}
	})
}

func TestF14_WrongUsageFiguresAreReplacedByOurOwnCount(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, out int }{{0, 0}, {-5, -5}, {1 << 40, 1 << 40}, {100_000, 101}} {
		t.Run(fmt.Sprint(c.in, c.out), func(t *testing.T) {
			t.Parallel()
			r := newRig(t, testkit.SQLite(t), fakeai.Options{Answer: says(goodAnswer), Script: always(fakeai.Usage(c.in, c.out))}, nil)
			res, err := r.client.Complete(t.Context(), question("MARK-1"))
			if err != nil {
				t.Fatal(err)
			}
			if u := res.Usage; u.TokensIn < 40 || u.TokensIn > 200 || u.TokensOut < 5 || u.TokensOut > 20 {
				t.Errorf("usage = %+v", u)
			}
			if n := r.count("ai_calls", "outcome = 'ok_usage_doubted'"); n != 1 {
				t.Error("the doubt was not logged")
			}
		})
	}
}

func TestF14_ARateLimitHoldsBackEveryCall(t *testing.T) {
	t.Parallel()
	r := newRig(t, testkit.SQLite(t), fakeai.Options{Answer: says(goodAnswer), Script: func(n int, _ fakeai.Request) fakeai.Step {
		if n == 1 {
			return fakeai.Limited("30", "30s")
		}
		return fakeai.OK()
	}}, nil)
	for i := range 3 { // the first is told by the provider, the others never reach it
		_, err := r.client.Complete(t.Context(), question(fmt.Sprint("MARK-", i)))
		if !fault.Is(err, fault.RateLimited) {
			t.Fatalf("call %d: %v", i, err)
		}
	}
	if n := len(r.fake.Log()); n != 1 {
		t.Errorf("%d requests reached the provider during its pause", n)
	}
	r.clock.Advance(31 * time.Second)
	if _, err := r.client.Complete(t.Context(), question("MARK-9")); err != nil {
		t.Errorf("after the pause: %v", err)
	}
}

func TestF14_UsedUpLimitsInHeadersOfAGoodAnswerAreObeyed(t *testing.T) {
	t.Parallel()
	r := newRig(t, testkit.SQLite(t), fakeai.Options{Answer: says(goodAnswer), Script: always(fakeai.LastOne("45s"))}, nil)
	if _, err := r.client.Complete(t.Context(), question("MARK-1")); err != nil {
		t.Fatal(err)
	}
	if _, err := r.client.Complete(t.Context(), question("MARK-2")); !fault.Is(err, fault.RateLimited) || len(r.fake.Log()) != 1 {
		t.Fatalf("err = %v after %d requests", err, len(r.fake.Log()))
	}
}

func TestAModelWithoutStructuredOutputIsAskedPlainly(t *testing.T) {
	t.Parallel()
	r := newRig(t, testkit.SQLite(t), fakeai.Options{Answer: says(goodAnswer), Script: func(_ int, q fakeai.Request) fakeai.Step {
		body := string(q.Body)
		switch {
		case strings.Contains(body, `"json_schema"`):
			return fakeai.Status(400, "invalid_request_error", "response_format json_schema is not supported by this model")
		case strings.Contains(body, `"max_tokens"`):
			return fakeai.Status(400, "unsupported_parameter", "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
		case strings.Contains(body, `"temperature"`):
			return fakeai.Status(400, "unsupported_value", "'temperature' does not support this value")
		}
		return fakeai.OK()
	}}, nil)
	for i := range 2 {
		if _, err := r.client.Complete(t.Context(), question(fmt.Sprint("MARK-", i))); err != nil {
			t.Fatal(err)
		}
	}
	log := r.fake.Log()
	if len(log) != 5 { // three lessons, then one request a call
		t.Fatalf("%d requests", len(log))
	}
	if last := string(log[4].Request.Body); !strings.Contains(last, `"json_object"`) || !strings.Contains(last, `"max_completion_tokens":100`) {
		t.Errorf("last request: %s", last)
	}
	if n := r.count("ai_calls", "1 = 1"); n != 2 {
		t.Errorf("%d calls in the ledger", n)
	}
}

func TestAStoppedCallIsCountedAndTheClientStaysUsable(t *testing.T) {
	t.Parallel()
	r := newRig(t, testkit.SQLite(t), fakeai.Options{Answer: says(goodAnswer), Script: func(n int, _ fakeai.Request) fakeai.Step {
		if n == 1 {
			return fakeai.Hang()
		}
		return fakeai.OK()
	}}, nil)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		testkit.Eventually(t, "the request to arrive", func() bool { return len(r.fake.Log()) > 0 })
		cancel()
	}()
	_, err := r.client.Complete(ctx, question("MARK-1"))
	if !fault.Is(err, fault.Unavailable) || fault.CodeOf(err) != "ai_call_stopped" {
		t.Fatalf("err = %v", err)
	}
	if b := r.day(); b.ReservedMicros != 0 || b.SpentMicros == 0 {
		t.Errorf("day = %+v", b)
	}
	if _, err := r.client.Complete(t.Context(), question("MARK-1")); err != nil {
		t.Error(err)
	}
}

func TestNoModelIsSaidPlainly(t *testing.T) {
	t.Parallel()
	r := newRig(t, testkit.SQLite(t), fakeai.Options{}, func(c *ai.Config) { c.BaseURL = "" })
	if _, err := r.client.Complete(t.Context(), question("MARK-1")); fault.CodeOf(err) != "ai_not_configured" {
		t.Fatalf("err = %v", err)
	}
	down := newRig(t, testkit.SQLite(t), fakeai.Options{}, func(c *ai.Config) { c.BaseURL = "http://127.0.0.1:1/v1" })
	_, err := down.client.Complete(t.Context(), question("MARK-1"))
	if fault.CodeOf(err) != "ai_unreachable" || down.day().SpentMicros != 0 {
		t.Fatalf("err = %v, day = %+v", err, down.day())
	}
}

func TestA39_TheKeyIsInNoErrorLogOrRow(t *testing.T) {
	t.Parallel()
	d := testkit.SQLite(t)
	for _, c := range faultCases() {
		r := newRig(t, d, fakeai.Options{Answer: says(goodAnswer), Script: always(c.step)}, func(cfg *ai.Config) { cfg.Timeout = 60 * time.Millisecond })
		_, err := r.client.Complete(t.Context(), question("MARK-"+strings.ReplaceAll(c.name, " ", "-")))
		for e := err; e != nil; {
			for _, form := range []string{"%v", "%+v", "%#v"} {
				if s := fmt.Sprintf(form, e); strings.Contains(s, canary) || strings.Contains(s, canary[10:]) {
					t.Errorf("%s: the key is in the error %s", c.name, s)
				}
			}
			u, ok := e.(interface{ Unwrap() error })
			if !ok {
				break
			}
			e = u.Unwrap()
		}
		cfg, err := r.client.Config(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if s := fmt.Sprintf("%v %+v %#v", cfg, cfg, cfg); strings.Contains(s, canary) {
			t.Errorf("the key is in the printed config %s", s)
		}
		if strings.Contains(r.log.String(), canary) {
			t.Errorf("%s: the key is in the log", c.name)
		}
	}
	for table, column := range map[string]string{"ai_calls": "error", "ai_cache": "value", "events": "data", "settings": "value"} {
		var n int64
		if err := d.Read.Table(table).Where(column+" LIKE ?", "%canary%").Count(&n).Error; err != nil || n != 0 {
			t.Errorf("%d rows of %s hold the key (%v)", n, table, err)
		}
	}
}

func TestF14_AShortPauseIsWaitedOutWithoutTheCallersHelp(t *testing.T) {
	t.Parallel()
	r := newRig(t, testkit.SQLite(t), fakeai.Options{Answer: says(goodAnswer), Script: func(n int, _ fakeai.Request) fakeai.Step {
		if n <= 2 {
			return fakeai.Limited("0.03", "30ms")
		}
		return fakeai.OK()
	}}, func(c *ai.Config) { c.PatientFor = 10 * time.Second })
	stop := make(chan struct{})
	defer close(stop)
	go func() { // the clock of the test goes on by itself
		for tick := time.NewTicker(5 * time.Millisecond); ; {
			select {
			case <-tick.C:
				r.clock.Advance(5 * time.Millisecond)
			case <-stop:
				tick.Stop()
				return
			}
		}
	}()
	res, err := r.client.Complete(t.Context(), question("MARK-1"))
	if err != nil || len(r.fake.Log()) != 3 {
		t.Fatalf("err = %v after %d requests", err, len(r.fake.Log()))
	}
	if b := r.day(); b.SpentMicros != res.Usage.CostMicros || b.ReservedMicros != 0 {
		t.Errorf("day = %+v, cost %d", b, res.Usage.CostMicros)
	}
}

func TestAModelThatIgnoresTheSchemaIsToldItInThePromptFromThenOn(t *testing.T) {
	t.Parallel()
	r := newRig(t, testkit.SQLite(t), fakeai.Options{Script: func(_ int, q fakeai.Request) fakeai.Step {
		if strings.Contains(q.System, `"verdict"`) || strings.Count(string(q.Body), `\"verdict\"`) > 1 {
			return fakeai.Says(goodAnswer)
		}
		return fakeai.Says(`{"judgement":"yes"}`)
	}}, nil)
	for i := range 3 {
		if _, err := r.client.Complete(t.Context(), question(fmt.Sprint("MARK-", i))); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(r.fake.Log()); n != 4 {
		t.Errorf("%d requests for three calls", n)
	}
	if day := r.day(); day.SpentMicros != r.fake.Cost(priceIn, priceOut) {
		t.Errorf("spent %d, charged %d", day.SpentMicros, r.fake.Cost(priceIn, priceOut))
	}
}

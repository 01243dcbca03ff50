package httpapi_test

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"winnow/backend/internal/ai"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/id"
	"winnow/backend/internal/testkit"
	"winnow/backend/internal/testkit/fakeai"
)

const modelKey = "sk-canary-5d1c0b7e2f9a"

func serveModel(t *testing.T, o fakeai.Options) (*api, *ai.Client) {
	t.Helper()
	_, url := fakeai.New(t, o)
	client := ai.New(ai.Deps{
		Config: ai.Config{
			BaseURL: url, APIKey: modelKey, Model: "fake-1", PriceIn: 250_000, PriceOut: 2_000_000, PriceStated: true, RPM: 500, TPM: 200_000,
			Currency: "EUR", CacheTTL: time.Hour, Timeout: 5 * time.Second,
		},
		DB: testkit.SQLite(t), Clock: testkit.Clock(), HTTP: &http.Client{},
	})
	return serve(t, httpapi.NewAI(client), httpapi.NewBudgets(client.Ledger())), client
}

func TestAISettingsAreShownWithoutTheKey(t *testing.T) {
	t.Parallel()
	a, _ := serveModel(t, fakeai.Options{})
	var got httpapi.AISettingsResponse
	res := a.as(viewer(id.New())).do(http.MethodGet, "/settings/ai", nil).want(http.StatusOK).into(&got)
	if !got.Configured || got.Model != "fake-1" || got.RPM != 500 || got.Currency != "EUR" || !got.PriceStated {
		t.Errorf("%+v", got)
	}
	if bytes.Contains(res.body, []byte(modelKey)) || !bytes.Contains(res.body, []byte(`"price_in":0.25,"price_out":2.00`)) {
		t.Errorf("%s", res.body)
	}
}

func TestAdminsChangePricesAndLimitsExactly(t *testing.T) {
	t.Parallel()
	a, client := serveModel(t, fakeai.Options{})
	boss := a.as(admin(id.New()))
	boss.do(http.MethodPut, "/settings/ai", `{"price_in":0.1,"price_out":0.000001,"rpm":60,"tpm":0,"model":"fake-2"}`).want(http.StatusOK)
	cfg, err := client.Config(t.Context())
	if err != nil || cfg.PriceIn != 100_000 || cfg.PriceOut != 1 || cfg.RPM != 60 || cfg.TPM != 0 || cfg.Model != "fake-2" {
		t.Fatalf("%+v, %v", cfg, err)
	}
	boss.do(http.MethodPut, "/settings/ai", `{}`).want(http.StatusOK)
	if cfg, err = client.Config(t.Context()); err != nil || cfg.PriceIn != 250_000 || cfg.Model != "fake-1" {
		t.Fatalf("the operator's settings did not come back: %+v, %v", cfg, err)
	}
	for body, field := range map[string]string{
		`{"price_in":-1}`:                   "price_in",
		`{"price_in":"0.25"}`:               "price_in",
		`{"price_out":1e3}`:                 "price_out",
		`{"price_out":0.0000001}`:           "price_out",
		`{"rpm":-1}`:                        "rpm",
		`{"rpm":1.5}`:                       "rpm",
		`{"base_url":"http://169.254.0.1"}`: "base_url",
		`{"api_key":"x"}`:                   "api_key",
	} {
		if res := boss.do(http.MethodPut, "/settings/ai", body).want(http.StatusBadRequest); res.fields()[field] == "" {
			t.Errorf("%s: %s", body, res.body)
		}
	}
}

func TestOnlyAdminsSpendOrChangeMoney(t *testing.T) {
	t.Parallel()
	a, client := serveModel(t, fakeai.Options{})
	for _, who := range []*api{a.as(user(id.New())), a.as(viewer(id.New())), a.as(key(id.New(), "leads:read"))} {
		who.do(http.MethodPut, "/settings/ai", `{"rpm":1}`).want(http.StatusForbidden)
		who.do(http.MethodPost, "/settings/ai/test", `{}`).want(http.StatusForbidden)
		who.do(http.MethodPut, "/budgets/day", `{"limit_micros":1}`).want(http.StatusForbidden)
	}
	if b, err := client.Ledger().Budgets(t.Context()); err != nil || *b[0].LimitMicros != ai.DefaultDayLimit || b[0].SpentMicros != 0 {
		t.Errorf("%+v, %v", b, err)
	}
}

func TestTryingTheModelIsPaidFor(t *testing.T) {
	t.Parallel()
	a, client := serveModel(t, fakeai.Options{})
	boss := a.as(admin(id.New()))
	for range 2 { // never from the cache
		var got httpapi.AITestResponse
		boss.do(http.MethodPost, "/settings/ai/test", nil).want(http.StatusOK).into(&got)
		if got.Model != "fake-1" || got.TokensIn == 0 || got.CostMicros == 0 {
			t.Errorf("%+v", got)
		}
	}
	b, err := client.Ledger().Budgets(t.Context())
	if err != nil || b[0].SpentMicros == 0 {
		t.Fatalf("%+v, %v", b, err)
	}
	boss.do(http.MethodPut, "/budgets/day", map[string]any{"limit_micros": b[0].SpentMicros}).want(http.StatusOK)
	if code := boss.do(http.MethodPost, "/settings/ai/test", nil).want(http.StatusPaymentRequired).code(); code != "budget_day_exceeded" {
		t.Errorf("code = %s", code)
	}
}

func TestA39_AFailingTrialTellsWhatToMendAndNoKey(t *testing.T) {
	t.Parallel()
	a, _ := serveModel(t, fakeai.Options{Script: func(int, fakeai.Request) fakeai.Step {
		return fakeai.Status(http.StatusUnauthorized, "invalid_api_key", "Incorrect API key provided: "+modelKey)
	}})
	res := a.as(admin(id.New())).do(http.MethodPost, "/settings/ai/test", nil).want(http.StatusBadRequest)
	if bytes.Contains(res.body, []byte(modelKey)) || !bytes.Contains(res.body, []byte("WINNOW_AI_API_KEY")) || res.code() != "ai_key_refused" {
		t.Errorf("%s", res.body)
	}
}

func TestBudgetsAreShownAndSet(t *testing.T) {
	t.Parallel()
	a, _ := serveModel(t, fakeai.Options{})
	boss := a.as(admin(id.New()))
	var one httpapi.BudgetResponse
	boss.do(http.MethodPut, "/budgets/month", `{"limit_micros":5000000}`).want(http.StatusOK).into(&one)
	if one.Scope != "month" || one.Period != "2026-03" || one.LimitMicros == nil || *one.LimitMicros != 5_000_000 {
		t.Errorf("%+v", one)
	}
	boss.do(http.MethodPut, "/budgets/day", `{"limit_micros":null}`).want(http.StatusOK)
	var all httpapi.BudgetListResponse
	a.as(user(id.New())).do(http.MethodGet, "/budgets", nil).want(http.StatusOK).into(&all)
	if len(all.Items) != 2 || all.Items[0].LimitMicros != nil || *all.Items[1].LimitMicros != 5_000_000 {
		t.Errorf("%+v", all)
	}
	boss.do(http.MethodPut, "/budgets/year", `{"limit_micros":1}`).want(http.StatusNotFound)
	for _, body := range []string{`{}`, `{"limit_micros":-1}`, `{"limit_micros":1.5}`, `{"limit_micros":"1"}`, `{"limit":1}`} {
		if res := boss.do(http.MethodPut, "/budgets/day", body).want(http.StatusBadRequest); len(res.fields()) == 0 {
			t.Errorf("%s: %s", body, res.body)
		}
	}
}

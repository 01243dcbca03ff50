package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/app"
	"winnow/backend/internal/config"
)

func TestPreferencesAreOnesOwnAndBounded(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(_ *config.Config, p *app.Parts) { p.Server.Version = "v9.9-test" })
	me := f.by(f.callers["viewer"])
	var got struct {
		Preferences map[string]string `json:"preferences"`
		Version     string            `json:"version"`
	}
	a := me.do("GET", "/me", nil).want(200).into(&got)
	if got.Preferences["theme"] != "system" || got.Preferences["density"] != "comfortable" || got.Version != "v9.9-test" || a.header.Get("X-Winnow-Version") != "v9.9-test" {
		t.Fatalf("%+v %v", got, a.header)
	}
	me.do("PUT", "/me/preferences", map[string]any{"theme": "dark", "locale": "de-AT", "timezone": "Europe/Vienna"}).want(200)
	me.do("PUT", "/me/preferences", map[string]any{"density": "compact", "locale": ""}).want(200)
	me.do("GET", "/me", nil).want(200).into(&got)
	if p := got.Preferences; p["theme"] != "dark" || p["density"] != "compact" || p["locale"] != "" || p["timezone"] != "Europe/Vienna" {
		t.Errorf("%v", p)
	}
	for name, value := range map[string]string{
		"theme": "neon", "density": "<b>", "locale": strings.Repeat("en-", 4000), "timezone": "../../etc/passwd",
	} {
		if a := me.do("PUT", "/me/preferences", map[string]any{name: value}); a.status != 400 || a.fields()[name] == "" {
			t.Errorf("%s took %.40q: %d", name, value, a.status)
		}
	}
	var other struct {
		Preferences map[string]string `json:"preferences"`
	}
	f.by(f.callers["user"]).do("GET", "/me", nil).want(200).into(&other)
	if other.Preferences["theme"] != "system" {
		t.Error("somebody else's preferences changed")
	}
	if h := f.do("GET", "/leads", nil).header.Get("X-Winnow-Version"); h != "v9.9-test" {
		t.Errorf("a refusal tells version %q", h)
	}
}

// TestTheServedPermissionTableIsTheOneThatDecides holds GET /permissions against account.Permit for each role.
func TestTheServedPermissionTableIsTheOneThatDecides(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	var got struct {
		Roles      []string `json:"roles"`
		Operations []struct {
			Name, Group, Scope string
			Roles              []string
			Owned, Public      bool
		} `json:"operations"`
	}
	f.by(f.callers["viewer"]).do("GET", "/permissions", nil).want(200).into(&got)
	if len(got.Operations) != len(account.Permissions()) || !slices.Equal(got.Roles, []string{"viewer", "user", "admin"}) {
		t.Fatalf("%d operations, roles %v", len(got.Operations), got.Roles)
	}
	for _, op := range got.Operations {
		for _, role := range got.Roles {
			may := account.Permit(account.Viewer{Role: account.Role(role), Kind: account.KindSession}, true, op.Name) == nil
			if may != (op.Public || slices.Contains(op.Roles, role)) {
				t.Errorf("%s as %s: served %v, decided %v", op.Name, role, op.Roles, may)
			}
		}
	}
}

// TestA5_TheSystemPageHoldsNoSecret gives every secret a mark and an address that does not answer.
func TestA5_TheSystemPageHoldsNoSecret(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(c *config.Config, _ *app.Parts) {
		c.AI.BaseURL, c.AI.APIKey, c.AI.Model, c.AI.PriceStated = "http://user:canary-in-url@127.0.0.1:1/v1", "canary-ai-key", "m", true
		c.Mail.SMTPURL, c.Mail.From = "smtp://bob:canary-mail-pass@127.0.0.1:1", "w@example.com"
		c.Data.RedisURL = "redis://:canary-redis-pass@127.0.0.1:1/0"
		c.Server.MetricsToken = "canary-metrics-token"
	})
	a := f.by(f.callers["admin"]).do("GET", "/system", nil).want(200)
	if body := string(a.body); strings.Contains(body, "canary") {
		t.Errorf("a secret shows: %s", body)
	}
	var got struct {
		Go       string
		Redis    bool
		Database struct {
			Kind      string
			Version   string
			SizeBytes int64 `json:"size_bytes"`
		}
		Checks []struct{ Name, State, Detail string }
	}
	a.into(&got)
	if !got.Redis || got.Database.Kind != "sqlite" || got.Database.Version == "" || got.Database.SizeBytes <= 0 || len(got.Checks) < 6 {
		t.Errorf("%s", a.body)
	}
}

// provider is a fake of a model provider that lists models and counts who asks.
func provider(t *testing.T, handle http.HandlerFunc) func(*config.Config, *app.Parts) {
	t.Helper()
	s := httptest.NewServer(handle)
	t.Cleanup(s.Close)
	return func(c *config.Config, p *app.Parts) {
		c.AI.BaseURL, c.AI.APIKey, c.AI.Model = s.URL+"/v1", "sk-right-key-000000", "gpt-5-mini"
		p.HTTP = s.Client()
	}
}

func TestModelsAreListedWithKnownPrices(t *testing.T) {
	t.Parallel()
	asked := ""
	f := newFixture(t, provider(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Path + " " + r.Header.Get("Authorization")
		_, _ = w.Write([]byte(`{"data":[{"id":"zeta-local"},{"id":"gpt-5-mini"},{"id":"gpt-5-mini"},{"id":"evil\u0000name"},{"id":""},{"id":"gpt-4o-2024-08-06"}]}`))
	}))
	var got struct {
		Items []struct {
			ID       string
			PriceIn  *float64 `json:"price_in"`
			PriceOut *float64 `json:"price_out"`
			Priced   bool
		}
		PricesAsOf string `json:"prices_as_of"`
	}
	a := f.by(f.callers["admin"]).do("GET", "/settings/ai/models", nil).want(200).into(&got)
	if len(got.Items) != 3 || got.Items[0].ID != "gpt-4o-2024-08-06" || got.Items[1].ID != "gpt-5-mini" || got.Items[2].Priced || got.Items[2].PriceIn != nil {
		t.Fatalf("%s", a.body)
	}
	if *got.Items[1].PriceIn != 0.25 || *got.Items[1].PriceOut != 2 || got.PricesAsOf == "" || asked != "/v1/models Bearer sk-right-key-000000" {
		t.Errorf("%s, asked %s", a.body, asked)
	}
}

// TestA5_AProviderThatMisbehavesLearnsAndTellsNothing: redirects are not followed, the key stays here, and answers of
// any size or kind become a fault.
func TestA5_AProviderThatMisbehavesLearnsAndTellsNothing(t *testing.T) {
	t.Parallel()
	stolen := make(chan string, 10)
	thief := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { stolen <- r.Header.Get("Authorization") }))
	t.Cleanup(thief.Close)
	for name, handle := range map[string]http.HandlerFunc{
		"redirect": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, thief.URL, http.StatusFound) },
		"no JSON":  func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>sk-right-key-000000")) },
		"endless": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"data":[{"id":"` + strings.Repeat("x", 2<<20)))
		},
		"500":       func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		"wrong key": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) },
	} {
		f := newFixture(t, provider(t, handle))
		a := f.by(f.callers["admin"]).do("GET", "/settings/ai/models", nil)
		if (a.status != 503 && a.status != 400) || strings.Contains(string(a.body), "sk-right") {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	select {
	case k := <-stolen:
		t.Errorf("the key went elsewhere: %q", k)
	default:
	}
}

// TestModelsSwitchedOffAreCalledByNobody: no way that leads to the provider is open, and each says why.
func TestModelsSwitchedOffAreCalledByNobody(t *testing.T) {
	t.Parallel()
	f := newFixture(t, provider(t, func(http.ResponseWriter, *http.Request) { t.Error("the provider was asked") }))
	boss := f.by(f.callers["admin"])
	var got struct {
		AIAllowed bool `json:"ai_allowed"`
	}
	if boss.do("GET", "/settings", nil).want(200).into(&got); !got.AIAllowed {
		t.Fatal("models are off in a fresh workspace")
	}
	if boss.do("PUT", "/settings", map[string]any{"ai_allowed": false}).want(200).into(&got); got.AIAllowed {
		t.Fatal("the switch did not move")
	}
	x := f.newTree("")
	for path, body := range map[string]any{
		"/leads/estimate":      map[string]any{"ids": []string{x.lead}, "analyzer": "llm"},
		"/leads/batch-analyze": map[string]any{"ids": []string{x.lead}, "analyzer": "llm"},
		"/leads/analyze":       map[string]any{"lead_id": x.lead, "analyzer": "llm"},
		"/settings/ai/test":    nil,
	} {
		if a := boss.do("POST", path, body); a.status != 403 || a.code() != "ai_not_allowed" {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	if a := boss.do("GET", "/settings/ai/models", nil); a.status != 403 {
		t.Errorf("models: %d", a.status)
	}
	boss.do("POST", "/leads/estimate", map[string]any{"ids": []string{x.lead}, "analyzer": "rules"}).want(200)
}

func TestAProfileIsTriedOnLeadsBeforeItIsStored(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	boss := f.by(f.callers["spare"])
	x, foreign := f.newTree(f.callers["user"].id), f.newTree(f.callers["other"].id)
	type shown struct {
		Items []struct {
			Lead          struct{ ID string }
			Before, After struct {
				Score int
				Grade string
			}
			Changes []struct {
				Part          string
				Before, After float64
			}
		}
		Faults []struct {
			File string
			Line int
		}
	}
	docs := f.profileBody()["documents"].(map[string]any)
	changed := docs["pain_points"].(string) + "\nscoring:\n  weights:\n    evidence: 5\n"
	before := f.state()
	var got shown
	a := boss.do("POST", "/profile/preview", map[string]any{"pain_points": changed, "lead_ids": []string{x.lead}}).want(200).into(&got)
	if len(got.Items) != 1 || len(got.Faults) != 0 {
		t.Fatalf("%s", a.body)
	}
	got = shown{}
	boss.do("POST", "/profile/preview", map[string]any{"company": "name: [", "lead_ids": []string{x.lead}}).want(200).into(&got)
	if len(got.Items) != 0 || len(got.Faults) == 0 || got.Faults[0].Line == 0 {
		t.Errorf("faults %+v", got)
	}
	got = shown{}
	f.by(f.callers["user"]).do("POST", "/profile/preview", map[string]any{"lead_ids": []string{x.lead, foreign.lead}}).want(200).into(&got)
	if len(got.Items) != 1 || got.Items[0].Lead.ID != x.lead || got.Items[0].Before != got.Items[0].After {
		t.Errorf("a colleague's lead, or a change without one: %+v", got)
	}
	many := make([]string, 21)
	for i := range many {
		many[i] = x.lead
	}
	boss.do("POST", "/profile/preview", map[string]any{"lead_ids": many}).want(400)
	got = shown{}
	if boss.do("POST", "/profile/preview", map[string]any{}).want(200).into(&got); len(got.Items) != 2 {
		t.Errorf("%d leads were picked of two", len(got.Items))
	}
	if d := diff(before, f.state()); d != "" {
		t.Errorf("a preview changed %s", d)
	}
}

func TestAPreviewTakesSampleLeadsWhereThereAreNone(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	boss := f.by(f.callers["spare"])
	type shown struct {
		Items []struct {
			Lead  struct{ ID, Name, Text string }
			After struct {
				Score int
				Grade string
			}
			Pain, Quote string
		}
		Samples bool
	}
	before := f.state()
	var none, samples, own shown
	boss.do("POST", "/profile/preview", map[string]any{}).want(200).into(&none)
	if len(none.Items) != 0 || none.Samples {
		t.Errorf("samples came without being asked for: %+v", none)
	}
	boss.do("POST", "/profile/preview", map[string]any{"samples": true}).want(200).into(&samples)
	if len(samples.Items) != 10 || !samples.Samples {
		t.Fatalf("%d items, samples %v", len(samples.Items), samples.Samples)
	}
	quoted, graded := 0, map[string]bool{}
	for _, it := range samples.Items {
		graded[it.After.Grade] = true
		if it.Lead.ID != "" || it.Lead.Text == "" {
			t.Errorf("a sample with id %q, text %q", it.Lead.ID, it.Lead.Text)
		}
		if it.Pain != "" && it.Quote != "" {
			quoted++
		}
	}
	if quoted < 3 || len(graded) < 3 {
		t.Errorf("%d samples with their pain, grades %v", quoted, graded)
	}
	if d := diff(before, f.state()); d != "" {
		t.Errorf("a preview changed %s", d)
	}
	x := f.newTree(f.callers["user"].id)
	boss.do("POST", "/profile/preview", map[string]any{"samples": true}).want(200).into(&own)
	if len(own.Items) != 1 || own.Samples || own.Items[0].Lead.ID != x.lead {
		t.Errorf("samples in spite of a lead: %+v", own)
	}
}

func TestVersionsOfTheProfileShowTheirTexts(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	boss := f.by(f.callers["spare"])
	first := f.profileBody()["documents"].(map[string]any)["company"].(string)
	boss.do("PUT", "/profile", map[string]any{"documents": map[string]any{"company": first + "\n# later\n"}, "note": "why"}).want(200)
	var got struct {
		Version   int
		Note      string
		Documents map[string]struct{ YAML string }
	}
	boss.do("GET", "/profile/versions/1", nil).want(200).into(&got)
	if got.Version != 1 || got.Documents["company"].YAML != first {
		t.Errorf("%+v", got)
	}
	boss.do("GET", "/profile/versions/2", nil).want(200).into(&got)
	if got.Note != "why" || !strings.HasSuffix(got.Documents["company"].YAML, "# later\n") {
		t.Errorf("%+v", got)
	}
	for _, v := range []string{"3", "0", "-1", "x", "99999999999"} {
		boss.do("GET", "/profile/versions/"+v, nil).want(404)
	}
	var schemas map[string]map[string]any
	boss.do("GET", "/profile/schema", nil).want(200).into(&schemas)
	for _, kind := range []string{"company", "audience", "pain_points"} {
		if schemas[kind]["properties"] == nil {
			t.Errorf("no schema of %s", kind)
		}
	}
}

func TestLeadsGoOnWhenTheirOwnerGoes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		heir   func(f *fixture) string
		status int
		owner  func(f *fixture) string
	}{
		"to a colleague":  {func(f *fixture) string { return f.callers["user"].id }, 204, func(f *fixture) string { return f.callers["user"].id }},
		"to nobody":       {func(*fixture) string { return "none" }, 204, func(*fixture) string { return "" }},
		"to a viewer":     {func(f *fixture) string { return f.callers["viewer"].id }, 400, func(f *fixture) string { return f.callers["other"].id }},
		"to the disabled": {func(f *fixture) string { return f.callers["disabled"].id }, 400, func(f *fixture) string { return f.callers["other"].id }},
		"to themselves":   {func(f *fixture) string { return f.callers["other"].id }, 400, func(f *fixture) string { return f.callers["other"].id }},
		"to no id":        {func(*fixture) string { return "'--" }, 400, func(f *fixture) string { return f.callers["other"].id }},
		"unsaid":          {func(*fixture) string { return "" }, 409, func(f *fixture) string { return f.callers["other"].id }},
	} {
		f := newFixture(t)
		x := f.newTree(f.callers["other"].id)
		gone := f.newTree(f.callers["other"].id)
		f.exec("UPDATE leads SET deleted_at = created_at WHERE id = ?", gone.lead)
		path := "/users/" + f.callers["other"].id
		if h := c.heir(f); h != "" {
			path += "?reassign_to=" + h
		}
		a := f.by(f.callers["admin"]).do("DELETE", path, nil)
		if a.status != c.status {
			t.Errorf("%s: %d %s", name, a.status, a.body)
			continue
		}
		var problem struct {
			LeadCount int `json:"lead_count"`
		}
		if c.status == 409 {
			if a.into(&problem); problem.LeadCount != 1 {
				t.Errorf("%s: %s", name, a.body)
			}
		}
		var owner *string
		if err := f.product.DB.Read.Raw("SELECT owner_id FROM leads WHERE id = ?", x.lead).Scan(&owner).Error; err != nil {
			t.Fatal(err)
		}
		if got := ""; (owner == nil) != (c.owner(f) == "") || (owner != nil && *owner != c.owner(f)) {
			t.Errorf("%s: owner %v%s", name, owner, got)
		}
	}
}

func TestASessionThatEndedSaysSo(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	if a := f.do("POST", "/auth/refresh", nil); a.status != 401 || a.code() != "session_expired" {
		t.Errorf("%d %s", a.status, a.body)
	}
	in, err := f.product.Quick.Login(t.Context(), "user@example.com", goodPassword, false, account.Client{IP: "127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	f.exec("UPDATE sessions SET expires_at = ?", time.Now().Add(-time.Hour))
	if a := f.with("Cookie", "winnow_refresh="+in.Refresh).do("POST", "/auth/refresh", nil); a.status != 401 || a.code() != "session_expired" {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// TestF_SamplesComeAllOrNone breaks the last of the steps: none of the others may stay.
func TestF_SamplesComeAllOrNone(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	boss := f.by(f.callers["admin"])
	f.exec("CREATE TRIGGER no_tenth BEFORE INSERT ON leads WHEN (SELECT COUNT(*) FROM leads WHERE source = 'sample') >= 9 BEGIN SELECT RAISE(ABORT, 'broken'); END")
	if a := boss.do("POST", "/samples", nil); a.status < 500 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	var n int
	if err := f.product.DB.Read.Raw("SELECT COUNT(*) FROM leads WHERE source = 'sample'").Scan(&n).Error; err != nil || n != 0 {
		t.Errorf("%d sample leads stayed: %v", n, err)
	}
	f.exec("DROP TRIGGER no_tenth")
	var got struct{ Count int }
	if boss.do("POST", "/samples", nil).want(201).into(&got); got.Count != 10 {
		t.Errorf("%d samples", got.Count)
	}
	if boss.do("POST", "/samples", nil).want(201).into(&got); got.Count != 0 {
		t.Errorf("%d samples again", got.Count)
	}
}

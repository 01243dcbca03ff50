package httpapi_test

import (
	"bytes"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"winnow/backend/internal/app"
	"winnow/backend/internal/config"
	"winnow/backend/internal/testkit/whole"
)

// TestA5_ForeignPagesChangeNothing sends each changing request as a foreign page could: with the visitor's good cookie.
func TestA5_ForeignPagesChangeNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.callers["admin"]
	attacks := map[string]map[string]string{
		"foreign origin":        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
		"foreign origin, old":   {"Origin": "https://evil.example"},
		"no origin told":        {"Sec-Fetch-Site": "cross-site"},
		"neighbour host":        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:3000"},
		"sandboxed frame":       {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
		"no header":             {"X-Winnow-CSRF": ""},
		"wrong header":          {"X-Winnow-CSRF": "0"},
		"plain form":            {"X-Winnow-CSRF": "", "Content-Type": "text/plain", "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
		"url-encoded form":      {"X-Winnow-CSRF": "", "Content-Type": "application/x-www-form-urlencoded"},
		"origin that resembles": {"Origin": "http://localhost:8080.evil.example"},
	}
	for _, r := range f.product.Server.Routes() {
		if r.Method == http.MethodGet || samples()[r.Op] == nil {
			continue
		}
		s := samples()[r.Op](f, admin, f.newTree(f.callers["other"].id))
		before := f.state()
		for name, headers := range attacks {
			a := f.by(admin)
			for k, v := range headers {
				a = a.with(k, v)
			}
			file := s
			if s.file != "" && headers["Content-Type"] != "" {
				file.file = "" // the body does not matter: the type does
				file.body = "x"
			}
			if ans := a.play(r, file); ans.status != 403 {
				t.Errorf("%s, %s: %d %.200s", r.Op, name, ans.status, ans.body)
			}
		}
		if d := diff(before, f.state()); d != "" {
			t.Errorf("%s: a foreign page changed %s", r.Op, d)
		}
	}
}

// TestA5_ReadingChangesNothing: no state is changed by GET, whoever asks.
func TestA5_ReadingChangesNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, r := range f.product.Server.Routes() {
		if r.Method != http.MethodGet || samples()[r.Op] == nil {
			continue
		}
		x := f.newTree(f.callers["user"].id)
		for _, name := range []string{"admin", "user", "viewer", "anon", "key leads:read"} {
			c := f.callers[name]
			s := samples()[r.Op](f, c, x)
			before := f.state()
			f.by(c).with("X-HTTP-Method-Override", "DELETE").play(r, s)
			if d := diff(before, f.state()); d != "" {
				t.Errorf("%s as %s changed %s", r.Op, name, d)
			}
		}
	}
}

// TestA9_EveryAnswerIsGuarded looks at the headers of all answers: good, refused, not found, of the web app and of the
// documents.
func TestA9_EveryAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(c *config.Config, p *app.Parts) {
		c.Server.BaseURL = "https://winnow.example.com"
		p.Server.UI = testUI()
	})
	secure := f.with("Host", "winnow.example.com")
	guarded := func(what string, a answer) {
		t.Helper()
		csp := a.header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'self'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: policy %q lacks %s", what, csp, want)
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") || len(a.header.Values("Content-Security-Policy")) != 1 {
			t.Errorf("%s: policy %q", what, csp)
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY", "Strict-Transport-Security": "max-age=31536000", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := a.header.Get(name); got != want {
				t.Errorf("%s: %s is %q", what, name, got)
			}
		}
		if a.header.Get("X-Request-Id") == "" || a.header.Get("Server") != "" || a.header.Get("X-Powered-By") != "" {
			t.Errorf("%s: %v", what, a.header)
		}
	}
	for _, r := range f.product.Server.Routes() {
		if samples()[r.Op] == nil {
			continue
		}
		for _, name := range []string{"admin", "anon"} {
			c := f.callers[name]
			s := sample{path: strings.NewReplacer(":id", "x", ":version", "1", ":name", "x", ":scope", "day", ":lead_id", "x", ":analysis_id", "x").Replace(r.Path), body: "{}"}
			if r.Method == http.MethodGet {
				s.body = nil
			}
			a := secure
			if name == "admin" {
				a = a.with(c.header[0], strings.Replace(c.header[1], "winnow_access", "__Host-winnow_access", 1))
			}
			ans := a.play(r, s)
			guarded(r.Op+" as "+name, ans)
			if r.Op != "leads.export" && ans.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: may be cached: %q", r.Op, ans.header.Get("Cache-Control"))
			}
		}
	}
	for _, path := range []string{
		"//", "//leads", "//assets/app-a1b2c3d4.js", "//favicon.svg", "//nothing.txt", "//.env", "//docs", "//docs/", "//docs/init.js", "//docs/swagger-ui-bundle.js", "//docs/nothing", "//api/openapi.json",
		"//api/nothing", "//healthz", "//readyz", "//metrics", "//a//b/../c", "//%ff",
	} {
		guarded(path, secure.do("GET", path, nil))
	}
	guarded("foreign host", f.with("Host", "evil.example").do("GET", "//", nil))
	guarded("TRACE", secure.do("TRACE", "//", nil))
	guarded("OPTIONS", secure.do("OPTIONS", "/leads", nil))
	guarded("PATCH", secure.do("PATCH", "/leads", nil))
	guarded("too large", secure.do("POST", "/auth/login", strings.Repeat("x", 2<<20)))
}

// modelColumns are the columns of our tables that no body may set unless its operation is about them.
func modelColumns() []string {
	return []string{
		"id", "seq", "owner_id", "user_id", "role", "created_at", "updated_at", "deleted_at", "archived_at", "version", "org_id", "status", "score", "grade", "company_id", "created_by", "sent_at", "password_hash", "password",
		"email", "email_key", "disabled_at", "signed_in_at", "key_hash", "prefix", "scopes", "token_hash", "revoked_at", "expires_at", "actor_id", "analyzed_at", "input_hash", "profile_version", "cost_micros", "spent_micros",
		"reserved_micros", "limit_micros", "lease_by", "lease_until", "path", "filename", "sha256", "size", "builtin", "edited_by", "settings.smtp_url", "settings", "is_admin", "permissions", "kind", "name", "note",
	}
}

// TestA15_BodiesSetNothingBeyondTheirForm puts every model column into every JSON body, as admin: each is refused by
// name, and nothing changes.
func TestA15_BodiesSetNothingBeyondTheirForm(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, r := range f.product.Server.Routes() {
		if r.Method == http.MethodGet || samples()[r.Op] == nil {
			continue
		}
		c := f.callers["admin"]
		s := samples()[r.Op](f, c, f.newTree(f.callers["other"].id))
		form, ok := s.body.(map[string]any)
		if !ok {
			continue // takes no JSON body
		}
		before := f.state()
		for cols := range slices.Chunk(modelColumns(), 20) { // an answer lists at most 50
			body := maps.Clone(form)
			var injected []string
			for _, col := range cols {
				if _, has := form[col]; !has && !slices.Contains(s.extra, col) {
					body[col] = "x"
					injected = append(injected, col)
				}
			}
			s.body = body
			a := f.by(c).play(r, s)
			if a.status != 400 {
				t.Errorf("%s: %d, want 400: %.200s", r.Op, a.status, a.body)
				break
			}
			got := a.fields()
			for _, col := range injected {
				if got[col] != "unknown_field" {
					t.Errorf("%s took %s (%s)", r.Op, col, got[col])
				}
			}
		}
		if d := diff(before, f.state()); d != "" {
			t.Errorf("%s changed %s", r.Op, d)
		}
	}
}

// TestA31_TheWrongKindOfBodyIsRefused sends JSON where a file is wanted, a file where JSON is wanted, and more.
func TestA31_TheWrongKindOfBodyIsRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	c := f.callers["admin"]
	const boundary = "multipart/form-data; boundary=b"
	forged := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x\"\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--\r\n"
	for _, r := range f.product.Server.Routes() {
		if r.Method == http.MethodGet || samples()[r.Op] == nil {
			continue
		}
		s := samples()[r.Op](f, c, f.newTree(f.callers["other"].id))
		if s.body == nil && s.file == "" {
			continue // takes no body
		}
		before := f.state()
		tries := map[string][2]string{
			"form":            {"application/x-www-form-urlencoded", "a=b"},
			"plain text":      {"text/plain", `{"a":1}`},
			"no type":         {"-", `{"a":1}`},
			"XML":             {"application/xml", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`},
			"file for JSON":   {boundary, forged},
			"twice a field":   {"application/json", `{"name":"a","name":"b"}`},
			"list":            {"application/json", `[{}]`},
			"NaN":             {"application/json", `{"name":NaN}`},
			"UTF-16":          {"application/json", "\xff\xfe{\x00}\x00"},
			"client's path":   {"application/json", `{"filepath":"/etc/passwd","file":{"path":"/etc/passwd"}}`},
			"cut multipart":   {boundary, "--b\r\nContent-Disposition: form-data; name=\"file\""},
			"empty multipart": {boundary, "--b--\r\n"},
		}
		for name, try := range tries {
			if r.Multipart() && name == "file for JSON" {
				continue
			}
			one := s
			one.file, one.body = "", try[1]
			a := f.by(c).with("Content-Type", strings.TrimPrefix(try[0], "-"))
			if ans := a.play(r, one); ans.status < 400 || ans.status >= 500 {
				t.Errorf("%s, %s: %d %.200s", r.Op, name, ans.status, ans.body)
			}
		}
		if d := diff(before, f.state()); d != "" {
			t.Errorf("%s changed %s", r.Op, d)
		}
	}
}

// safeBuffer is a log that handlers of several requests may write.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// TestA39_NoSecretIsLoggedOrAnswered runs every route at debug level, right and broken, and looks for the secrets in
// the logs and answers, and in the events and jobs that it left.
func TestA39_NoSecretIsLoggedOrAnswered(t *testing.T) {
	t.Parallel()
	var log safeBuffer
	f := newFixture(t, func(c *config.Config, p *app.Parts) {
		c.Server.MetricsToken = "canary-metrics-token"
		c.AI = config.AI{BaseURL: "http://127.0.0.1:1/v1", APIKey: "canary-model-key", Model: "m", PriceStated: true, Concurrency: 1}
		p.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		p.Server.Log, p.Server.Access = p.Log, p.Log
	})
	canaries := map[string]string{"root key": whole.SecretKey, "metrics token": "canary-metrics-token", "model key": "canary-model-key", "password": goodPassword, "new password": "canary new password"}
	for name, c := range f.callers {
		if c.header[1] != "" {
			canaries["credential of "+name] = strings.TrimPrefix(strings.TrimPrefix(c.header[1], "Bearer "), "winnow_access=")
		}
	}
	look := func(where, text string) {
		t.Helper()
		for name, canary := range canaries {
			if strings.Contains(text, canary) {
				t.Errorf("%s holds the %s", where, name)
			}
		}
	}
	for _, r := range f.product.Server.Routes() {
		if samples()[r.Op] == nil || r.Op == "auth.logout" || r.Op == "auth.logout_all" {
			continue
		}
		for _, name := range []string{"admin", "user", "key leads:read", "anon"} {
			c := f.callers[name]
			s := samples()[r.Op](f, c, f.newTree(f.callers["user"].id))
			look(r.Op, string(f.by(c).play(r, s).body))
			s.body, s.file = `{"password":"canary new password","token":"`+goodPassword+`","half`, ""
			look(r.Op, string(f.by(c).play(r, s).body))
		}
	}
	f.do("POST", "/auth/login", map[string]any{"email": "admin@example.com", "password": "canary new password"}).want(401)
	look("metrics", string(f.do("GET", "//metrics", nil).body))
	text := log.String()
	if !strings.Contains(text, `"route":"/api/v1/auth/login"`) {
		t.Fatal("nothing was logged: the test looks at nothing")
	}
	for line := range strings.Lines(text) {
		look("the log: "+line[:min(len(line), 200)], line)
	}
	for table, column := range map[string]string{"events": "data", "river_job": "args", "idempotency_keys": "body", "settings": "value"} {
		var cells []string
		if err := f.product.DB.Read.Table(table).Pluck(column, &cells).Error; err != nil {
			t.Fatal(err)
		}
		look("table "+table, strings.Join(cells, "\n"))
	}
}

package httpapi_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/testkit"
)

func TestTheServerRefusesARouteThatNobodyPermitted(t *testing.T) {
	t.Parallel()
	deps := httpapi.Deps{Clock: clock.System{}, Log: testkit.Logger(), Auth: believer{}}
	for name, r := range map[string]httpapi.Resource{"nobody.listed": unlisted{}, "twice": twice{}} {
		_, err := httpapi.New(httpapi.Config{BaseURL: "http://localhost:8080"}, deps, r)
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: err = %v", name, err)
		}
	}
	if _, err := httpapi.New(httpapi.Config{BaseURL: "localhost"}, deps); err == nil {
		t.Error("a base URL without scheme was taken")
	}
	if _, err := httpapi.New(httpapi.Config{BaseURL: "http://localhost:8080", AllowedOrigins: []string{"app.example.com"}}, deps); err == nil {
		t.Error("an origin without scheme was taken")
	}
}

func TestFaultsBecomeProblems(t *testing.T) {
	t.Parallel()
	p := &probe{}
	a := serve(t, p).as(admin("a"))
	for kind, status := range faults() {
		f := fault.Wrap(errSecretCause, kind, "thing_wrong", "The thing is wrong.")
		f.Fields, f.RetryAfter = []fault.Field{{Name: "x", Code: "bad", Message: "m"}}, 1500*time.Millisecond
		p.fail = f
		var got httpapi.Problem
		ans := a.do("GET", "/probe", nil).want(status).into(&got)
		if ans.header.Get("Content-Type") != "application/problem+json" || strings.Contains(string(ans.body), "canary") {
			t.Errorf("%s: %s %s", kind, ans.header.Get("Content-Type"), ans.body)
		}
		if got.RequestID == "" || got.RequestID != ans.header.Get("X-Request-Id") || got.Status != status || got.Title == "" || got.Type == "" {
			t.Errorf("%s: %+v", kind, got)
		}
		if kind == fault.Internal {
			continue // shows nothing of itself
		}
		if got.Code != "thing_wrong" || got.Detail != "The thing is wrong." || len(got.Fields) != 1 || got.RetryAfterS != 2 || ans.header.Get("Retry-After") != "2" {
			t.Errorf("%s: %+v", kind, got)
		}
	}
	p.fail = errors.New("a bare error with canary")
	if ans := a.do("GET", "/probe", nil).want(500); ans.code() != "internal" || strings.Contains(string(ans.body), "canary") {
		t.Errorf("%s", ans.body)
	}
	p.fail = fmt.Errorf("save: %w", syscall.ENOSPC)
	if ans := a.do("GET", "/probe", nil).want(503); ans.code() != "disk_full" || ans.header.Get("Retry-After") != "60" {
		t.Errorf("%s", ans.body)
	}
	p.fail = fmt.Errorf("save: %w", &pgconn.PgError{Code: "57P01"})
	if ans := a.do("GET", "/probe", nil).want(503); ans.code() != "database_busy" || ans.header.Get("Retry-After") != "1" {
		t.Errorf("%s", ans.body)
	}
	if code := a.do("GET", "/probe/slow", nil).want(503).code(); code != "timed_out" {
		t.Errorf("code = %s", code)
	}
	if code := a.do("GET", "/nothing", nil).want(404).code(); code != "route_not_found" {
		t.Errorf("code = %s", code)
	}
	a.do("PUT", "/probe", "{}").want(404)
}

func TestAPanicIsAnswered500AndLoggedWithItsStack(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	p := &probe{panics: true}
	a := serveWith(t, httpapi.Config{BaseURL: "http://localhost:8080"}, httpapi.Deps{Log: slog.New(slog.NewJSONHandler(&log, nil))}, p)
	ans := a.as(admin("a")).do("GET", "/probe?q=canary", nil).want(500)
	if strings.Contains(string(ans.body), "canary") || ans.header.Get("Content-Security-Policy") == "" {
		t.Errorf("%s %v", ans.body, ans.header)
	}
	if !strings.Contains(log.String(), "probe_test.go") || !strings.Contains(log.String(), ans.header.Get("X-Request-Id")) {
		t.Errorf("log: %s", log.String())
	}
}

func TestABodyOverTheLimitIsRefusedWithoutBeingRead(t *testing.T) {
	t.Parallel()
	p := &probe{}
	a := serve(t, p).as(admin("a"))
	a.do("POST", "/probe", strings.Repeat("x", 1000)).want(201)
	if code := a.do("POST", "/probe", strings.Repeat("x", 1001)).want(413).code(); code != "body_too_large" {
		t.Errorf("code = %s", code)
	}
	a.do("POST", "/probe", io.MultiReader(strings.NewReader(strings.Repeat("x", 5000)))).want(413) // of unknown length
	if p.made.Load() != 1 {
		t.Errorf("%d made", p.made.Load())
	}
}

// A27: what a client says of itself is believed only of configured proxies.
func TestA27_ForwardedAddressesAreBelievedOfTrustedProxiesOnly(t *testing.T) {
	t.Parallel()
	spoof := []string{"X-Forwarded-For", "X-Real-Ip", "Forwarded", "X-Forwarded-Host", "X-User", "User", "X_User", "Remote-User", "X-Client-Ip", "True-Client-Ip"}
	ip := func(a *api) string {
		var v struct{ IP, User string }
		a.as(admin("a")).do("GET", "/probe", nil).want(200).into(&v)
		if v.User != "a" {
			t.Errorf("user %q", v.User)
		}
		return v.IP
	}
	none := serve(t, &probe{})
	for _, h := range spoof {
		if got := ip(none.with(h, "203.0.113.9")); got != "127.0.0.1" {
			t.Errorf("%s: believed %s", h, got)
		}
		none.with(h, "root").do("GET", "/probe", nil).want(401)
	}
	cfg := httpapi.Config{BaseURL: "http://localhost:8080", TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	behind := serveWith(t, cfg, httpapi.Deps{}, &probe{})
	for header, want := range map[string]string{
		"203.0.113.9":                          "203.0.113.9",
		"10.1.1.1, 203.0.113.9":                "203.0.113.9", // the client wrote the first one
		"10.1.1.1, 203.0.113.9, 127.0.0.3":     "203.0.113.9",
		"192.168.1.1":                          "192.168.1.1",
		"nonsense":                             "127.0.0.1",
		strings.Repeat("127.0.0.2, ", 9) + "x": "127.0.0.1",
	} {
		if got := ip(behind.with("X-Forwarded-For", header)); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}

func TestA22_RequestsUnderAForeignNameAreRefused(t *testing.T) {
	t.Parallel()
	a := serve(t, &probe{}).as(admin("a"))
	for host, status := range map[string]int{
		"localhost:8080": 200, "LOCALHOST:8080": 200, "127.0.0.1:9999": 200, "[::1]:8080": 200, "localhost": 200,
		"evil.example": 421, "localhost.evil.example": 421, "localhost:8080.evil.example": 421, "127.0.0.1.nip.io": 421, "10.0.0.1": 421, "": 421,
	} {
		if got := a.with("Host", host).do("GET", "/probe", nil); got.status != status && host != "" {
			t.Errorf("%q: %d, want %d", host, got.status, status)
		}
	}
	public := serveWith(t, httpapi.Config{BaseURL: "https://winnow.example.com"}, httpapi.Deps{}, &probe{})
	for host, status := range map[string]int{"winnow.example.com": 401, "winnow.example.com:443": 401, "Winnow.Example.Com.": 401, "other.example.com": 421} {
		public.with("Host", host).do("GET", "/probe", nil).want(status)
	}
	for _, probePath := range []string{"//healthz", "//readyz"} {
		public.with("Host", "10.0.0.7:8080").do("GET", probePath, nil).want(200)
	}
}

func TestReadinessTellsWhyNotAndHealthDoesNotAsk(t *testing.T) {
	t.Parallel()
	var down error
	a := serveWith(t, httpapi.Config{BaseURL: "http://localhost:8080"}, httpapi.Deps{Ready: func(context.Context) error { return down }})
	a.do("GET", "//readyz", nil).want(200)
	a.do("HEAD", "//healthz", nil).want(200)
	down = errors.New("canary")
	ans := a.do("GET", "//readyz", nil).want(503)
	if ans.code() != "not_ready" || strings.Contains(string(ans.body), "canary") || ans.header.Get("Retry-After") == "" {
		t.Errorf("%s", ans.body)
	}
	a.do("GET", "//healthz", nil).want(200)
}

func TestMetricsAreForThisMachineOrTheToken(t *testing.T) {
	t.Parallel()
	a := serveWith(t, httpapi.Config{BaseURL: "http://localhost:8080", MetricsToken: "metrics-token"}, httpapi.Deps{}, &probe{})
	a.as(admin("a")).do("GET", "/probe?q=personal", nil).want(200)
	body := string(a.do("GET", "//metrics", nil).want(200).body)
	if !strings.Contains(body, `winnow_http_requests_total{method="GET",route="/api/v1/probe",status="200"} 1`) || strings.Contains(body, "personal") {
		t.Errorf("metrics:\n%s", body)
	}
	a.with("X-Forwarded-For", "203.0.113.9").do("GET", "//metrics", nil).want(401)
	a.with("Forwarded", "for=x").do("GET", "//metrics", nil).want(401)
	a.with("X-Forwarded-For", "203.0.113.9").with("Authorization", "Bearer metrics-token").do("GET", "//metrics", nil).want(200)
	a.with("X-Forwarded-For", "203.0.113.9").with("Authorization", "Bearer wrong").do("GET", "//metrics", nil).want(401)
	closed := serve(t, &probe{})
	closed.with("X-Forwarded-For", "203.0.113.9").with("Authorization", "Bearer ").do("GET", "//metrics", nil).want(401)
}

func TestCrossOriginReadsAreForNamedOriginsOnly(t *testing.T) {
	t.Parallel()
	cfg := httpapi.Config{BaseURL: "http://localhost:8080", AllowedOrigins: []string{"https://app.example.com"}}
	a := serveWith(t, cfg, httpapi.Deps{}, &probe{}).as(admin("a"))
	ans := a.with("Origin", "https://app.example.com").do("GET", "/probe", nil).want(200)
	if ans.header.Get("Access-Control-Allow-Origin") != "https://app.example.com" || ans.header.Get("Access-Control-Allow-Credentials") != "true" ||
		!strings.Contains(strings.Join(ans.header.Values("Vary"), ","), "Origin") {
		t.Errorf("%v", ans.header)
	}
	a.with("Origin", "https://app.example.com").with("Sec-Fetch-Site", "same-site").do("POST", "/probe", "{}").want(201)
	pre := a.with("Origin", "https://app.example.com").with("Access-Control-Request-Method", "PUT").do("OPTIONS", "/probe", nil)
	if pre.status != 204 || !strings.Contains(pre.header.Get("Access-Control-Allow-Headers"), "X-Winnow-CSRF") {
		t.Errorf("preflight %d %v", pre.status, pre.header)
	}
	for _, origin := range []string{"https://evil.example", "null", "https://app.example.com.evil.example", "http://app.example.com"} {
		for _, b := range []*api{a, serve(t, &probe{}).as(admin("a"))} {
			ans := b.with("Origin", origin).do("GET", "/probe", nil)
			if got := ans.header.Get("Access-Control-Allow-Origin"); got != "" {
				t.Errorf("%s may read: %q", origin, got)
			}
			b.with("Origin", origin).do("POST", "/probe", "{}").want(403)
		}
	}
}

func TestWhenTheAccountsCannotBeAskedNobodyGetsIn(t *testing.T) {
	t.Parallel()
	down := refuser{fault.New(fault.Unavailable, "database_down", "down")}
	p := &probe{}
	a := serveWith(t, httpapi.Config{BaseURL: "http://localhost:8080"}, httpapi.Deps{Auth: down}, p)
	a.as(admin("a")).do("POST", "/probe", "{}").want(503)
	a.as(key("a", "leads:write")).do("POST", "/probe", "{}").want(503)
	a.do("POST", "/probe", "{}").want(401)
	if p.made.Load() != 0 {
		t.Error("something was made")
	}
}

func TestTheAccessLogHoldsNoQueryAndNoRawLineBreaks(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	deps := httpapi.Deps{Access: slog.New(slog.NewJSONHandler(&log, nil))}
	a := serveWith(t, httpapi.Config{BaseURL: "http://localhost:8080"}, deps, &probe{})
	a.as(admin("user-1")).do("GET", "/probe?q=canary%0d%0aforged", nil).want(200)
	a.do("GET", "//nothing/%0d%0aforged.txt", nil).want(404)
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	if len(lines) != 2 || strings.Contains(log.String(), "canary") || strings.Contains(log.String(), "forged") {
		t.Errorf("log:\n%s", log.String())
	}
	for _, want := range []string{`"route":"/api/v1/probe"`, `"status":200`, `"user_id":"user-1"`, `"request_id":"`} {
		if !strings.Contains(lines[0], want) {
			t.Errorf("no %s in %s", want, lines[0])
		}
	}
}

func TestAnswersArePackedForWhoTakesIt(t *testing.T) {
	t.Parallel()
	a := serve(t, &probe{pad: strings.Repeat("long ", 1000)}).as(admin("a"))
	packed := a.with("Accept-Encoding", "gzip").do("GET", "/probe", nil).want(200)
	if packed.header.Get("Content-Encoding") != "gzip" || len(packed.body) > 1000 {
		t.Errorf("%s, %d bytes", packed.header.Get("Content-Encoding"), len(packed.body))
	}
	if plain := a.do("GET", "/probe", nil); plain.header.Get("Content-Encoding") != "" || len(plain.body) < 5000 {
		t.Errorf("%v", plain.header)
	}
}

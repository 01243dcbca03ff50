package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"winnow/backend/internal/fault"
)

func TestHealthFollowsWhatTheServerSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		status int
		body   string
		kind   fault.Kind
		says   string
	}{
		{"ready", http.StatusOK, `{"status":"ok"}`, "", "ready"},
		{"not ready, with the reason", http.StatusServiceUnavailable, `{"detail":"the schema is not up to date"}`, fault.Unavailable, "schema"},
		{"some other server", http.StatusNotFound, `<html>`, fault.Unavailable, "404"},
		{"a redirect is no yes", http.StatusFound, ``, fault.Unavailable, "302"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", "/elsewhere")
				w.WriteHeader(c.status)
				_, _ = w.Write([]byte(c.body))
			}))
			defer server.Close()
			var out strings.Builder
			cmd := healthCommand()
			cmd.SilenceUsage, cmd.SilenceErrors = true, true
			cmd.SetOut(&out)
			cmd.SetArgs([]string{"--url", server.URL + "/readyz"})
			err := cmd.ExecuteContext(t.Context())
			if c.kind == "" && (err != nil || !strings.Contains(out.String(), c.says)) {
				t.Errorf("%q %v", out.String(), err)
			}
			if c.kind != "" && (fault.KindOf(err) != c.kind || !strings.Contains(explain(err), c.says) || exitCode(err) != 3) {
				t.Errorf("%v, exit code %d", err, exitCode(err))
			}
		})
	}
}

func TestHealthWithoutAServer(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	gone := server.URL
	server.Close()
	if err := askHealth(t.Context(), gone); !fault.Is(err, fault.Unavailable) || !strings.Contains(explain(err), "winnow serve") {
		t.Error(err)
	}
	for _, bad := range []string{"127.0.0.1:8080", "file:///etc/passwd", "http://"} {
		if err := askHealth(t.Context(), bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestHealthAsksOnThisMachine(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]string{
		"127.0.0.1:8080":   "http://127.0.0.1:8080/readyz",
		"0.0.0.0:80":       "http://127.0.0.1:80/readyz",
		":9000":            "http://127.0.0.1:9000/readyz",
		"[::]:9000":        "http://127.0.0.1:9000/readyz",
		"[::1]:9000":       "http://[::1]:9000/readyz",
		"192.168.1.5:8080": "http://192.168.1.5:8080/readyz",
	} {
		if got := readyURL(addr); got != want {
			t.Errorf("%s: %s, want %s", addr, got, want)
		}
	}
}

package telemetry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/telemetry"
	"winnow/backend/internal/testkit"
)

func logs(t *testing.T, o telemetry.LogOptions) (*telemetry.Logs, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	o.Out = &out
	l, err := telemetry.NewLogs(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l, &out
}

func TestA39_NoSecretReachesTheLog(t *testing.T) {
	t.Parallel()
	const canary = "c4n4ry-Zx81"
	l, out := logs(t, telemetry.LogOptions{Level: slog.LevelDebug, Secrets: []string{canary + "/known", "x"}})
	type form struct {
		Name     string
		Password string
		Inner    map[string]string
	}
	cause := fmt.Errorf("dial: %w", &url.Error{Op: "Get", URL: "https://h/?token=" + canary, Err: errors.New("refused")})
	log := l.App.With("api_key", canary).WithGroup("g").With("session_token", canary)
	log.Info("connect postgres://winnow:"+canary+"@db/x with "+canary+"/known",
		"error", cause, "authorization", "Bearer "+canary, "header", "Bearer "+canary, "key", "wnw_"+canary, "model", "sk-"+canary+canary,
		"jwt", "eyJhbGciOiJIUzI1NiJ9."+canary+".sig", "bytes", []byte("redis://:"+canary+"@r:6379"),
		"form", form{Name: "Ann", Password: canary, Inner: map[string]string{"cookie": canary}},
		slog.Group("inner", "secret", canary), "smtp_url", canary, "list", []string{"https://u:" + canary + "@h/"})
	if s := out.String(); strings.Contains(s, canary) {
		t.Errorf("the log holds the canary:\n%s", strings.ReplaceAll(s, canary, "<<"+canary+">>"))
	}
	for _, kept := range []string{"Ann", "postgres://winnow:", "refused", `"tokens_in":7`} {
		log.Info("x", "tokens_in", 7)
		if !strings.Contains(out.String(), kept) {
			t.Errorf("the log lost %q:\n%s", kept, out)
		}
	}
}

func TestA46_ControlCharactersStayInOneLine(t *testing.T) {
	t.Parallel()
	l, out := logs(t, telemetry.LogOptions{})
	l.App.Info("a\r\n{\"level\":\"ERROR\"}\x1b[31m", "k\nk", "v\n\x1b[0m")
	if n := strings.Count(out.String(), "\n"); n != 1 || strings.Contains(out.String(), "\x1b") {
		t.Errorf("%d lines: %q", n, out)
	}
}

func TestTheRequestIDIsInEveryLineOfItsRequest(t *testing.T) {
	t.Parallel()
	l, out := logs(t, telemetry.LogOptions{})
	ctx := telemetry.WithRequestID(t.Context(), "r1")
	l.App.With("a", 1).InfoContext(ctx, "one")
	l.API.InfoContext(ctx, "two", "request_id", "r1")
	l.App.InfoContext(context.Background(), "three")
	var got []string
	for line := range strings.Lines(out.String()) {
		if strings.Count(line, "request_id") > 1 {
			t.Errorf("named twice: %s", line)
		}
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(m["msg"], m["request_id"]))
	}
	if want := "[oner1 twor1 three<nil>]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestFilesTakeWhatIsTheirs(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "logs")
	l, out := logs(t, telemetry.LogOptions{Dir: dir})
	l.App.Debug("hidden")
	l.App.Info("fine")
	l.App.Error("broken", "password", "canary")
	l.API.Info("request")
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"app.log": "fine broken", "error.log": "broken", "api.log": "request"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := messages(t, string(b)); got != want {
			t.Errorf("%s holds %q, want %q", name, got, want)
		}
		if strings.Contains(string(b), "canary") {
			t.Errorf("%s holds a secret", name)
		}
	}
	if got := messages(t, out.String()); got != "fine broken request" {
		t.Errorf("standard output holds %q", got)
	}
}

func messages(t *testing.T, s string) string {
	t.Helper()
	var out []string
	for line := range strings.Lines(s) {
		var m struct{ Msg string }
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		out = append(out, m.Msg)
	}
	return strings.Join(out, " ")
}

func TestAnUnwritableLogFolderIsSaidAtStart(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := telemetry.NewLogs(telemetry.LogOptions{Dir: filepath.Join(file, "logs")}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v", err)
	}
}

func TestF11_AFullLogDiskStopsNoOtherLog(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full")
	}
	dir := t.TempDir()
	if err := os.Symlink("/dev/full", filepath.Join(dir, "app.log")); err != nil {
		t.Fatal(err)
	}
	l, out := logs(t, telemetry.LogOptions{Dir: dir})
	l.App.Error("still here")
	b, err := os.ReadFile(filepath.Join(dir, "error.log"))
	if err != nil || !strings.Contains(string(b), "still here") || !strings.Contains(out.String(), "still here") {
		t.Errorf("error.log %q, output %q, %v", b, out, err)
	}
}

func TestMetricsCountJobsEventsAndPools(t *testing.T) {
	t.Parallel()
	m, err := telemetry.NewMetrics(telemetry.BuildInfo())
	if err != nil {
		t.Fatal(err)
	}
	m.Job("import", "done", time.Second)
	m.Job("import", "panic", time.Second)
	m.Event("lead.found")
	sdb, err := testkit.SQLite(t).Write.DB()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(m.WatchDB("write", sdb), m.Gauge("winnow_sockets", "Open sockets.", func() float64 { return 3 })); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{
		"winnow_jobs_total": 2, "winnow_events_total": 1, "winnow_build_info": 1, "winnow_sockets": 1, "go_sql_open_connections": 1,
	} {
		if n := series(t, m, name); n != want {
			t.Errorf("%s has %d series, want %d", name, n, want)
		}
	}
}

func series(t *testing.T, m *telemetry.Metrics, name string) int {
	t.Helper()
	families, err := m.Registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == name {
			return len(f.GetMetric())
		}
	}
	return 0
}

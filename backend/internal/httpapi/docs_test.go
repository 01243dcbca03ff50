package httpapi_test

import (
	"bytes"
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/httpapi"
)

const smallContract = `{"openapi":"3.0.3","info":{"title":"Winnow API","version":"1"},"paths":{"/api/v1/setup":{"get":{
"operationId":"setup.get","summary":"Whether the first admin is still to be made","responses":{"200":{"description":"ok"}}}}}}`

// The page must work under our strict policy in a real browser: nothing inline runs, and Swagger UI still shows the
// contract (A9).
func TestA9_SwaggerUIWorksUnderTheStrictPolicyInChromium(t *testing.T) {
	t.Parallel()
	browser := chromium(t)
	a := serveWith(t, httpapi.Config{BaseURL: "http://localhost:8080"}, httpapi.Deps{OpenAPI: []byte(smallContract)})
	srv := httptest.NewServer(a.server.Handler())
	t.Cleanup(srv.Close)
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	var out, logged bytes.Buffer
	cmd := exec.CommandContext(ctx, browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--user-data-dir="+t.TempDir(), "--enable-logging=stderr", "--virtual-time-budget=15000", "--dump-dom", srv.URL+"/docs#/default/setup.get")
	cmd.Stdout, cmd.Stderr = &out, &logged
	if err := cmd.Run(); err != nil {
		t.Fatalf("chromium: %v\n%s", err, logged.String())
	}
	if !strings.Contains(out.String(), "Whether the first admin is still to be made") {
		t.Errorf("the contract is not shown:\n%.2000s", out.String())
	}
	for line := range strings.Lines(logged.String()) {
		if strings.Contains(line, "CONSOLE") {
			t.Errorf("the browser complains: %s", line)
		}
	}
}

// chromium is a browser on this machine.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("CHROMIUM_PATH"), "chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	if os.Getenv("CI_REQUIRE_SERVICES") == "1" {
		t.Fatal("no Chromium on this machine; scripts/services.sh installs it")
	}
	t.Skip("no Chromium on this machine")
	return ""
}

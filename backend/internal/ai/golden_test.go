package ai_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"winnow/backend/internal/ai"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/webclient"
	"winnow/backend/internal/testkit"
	"winnow/backend/internal/testkit/fakeai"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGoldenRequests pins what is sent, byte for byte but for white space: to a plain and to a reasoning model, in a
// re-ask, and to a provider without structured output.
func TestGoldenRequests(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, model string
		script      func(int, fakeai.Request) fakeai.Step
	}{
		{"plain", "fake-1", nil},
		{"reasoning", "gpt-5-mini", nil},
		{"reask", "fake-1", func(n int, _ fakeai.Request) fakeai.Step {
			if n == 1 {
				return fakeai.Says(`{"verdict":"perhaps"}`)
			}
			return fakeai.OK()
		}},
		{"json-object", "fake-1", func(_ int, q fakeai.Request) fakeai.Step {
			if strings.Contains(string(q.Body), "json_schema") {
				return fakeai.Status(400, "invalid_request_error", "response_format.type json_schema is not supported")
			}
			return fakeai.OK()
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, testkit.SQLite(t), fakeai.Options{Answer: says(goodAnswer), Script: c.script}, func(cfg *ai.Config) { cfg.Model = c.model })
			if _, err := r.client.Complete(t.Context(), question("MARK-1")); err != nil {
				t.Fatal(err)
			}
			log := r.fake.Log()
			var got bytes.Buffer
			if err := json.Indent(&got, log[len(log)-1].Request.Body, "", "  "); err != nil {
				t.Fatal(err)
			}
			got.WriteByte('\n')
			golden(t, c.name, got.Bytes())
		})
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "requests", name+".json")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; if that is meant, run go test -run Golden -update. Got:\n%s", path, got)
	}
}

// TestThroughTheGuard makes calls by the product's one door to outside HTTP.
func TestThroughTheGuard(t *testing.T) {
	t.Parallel()
	fake, url := fakeai.New(t, fakeai.Options{Answer: says(goodAnswer), Script: func(n int, _ fakeai.Request) fakeai.Step {
		if n == 1 {
			return fakeai.OK()
		}
		return fakeai.Big()
	}})
	host := strings.TrimSuffix(strings.TrimPrefix(url, "http://"), "/v1")
	for name, allowed := range map[string][]string{"named by the operator": {host}, "not named": nil} {
		guard, err := webclient.New(webclient.Options{AllowHosts: allowed, Logger: testkit.Logger()})
		if err != nil {
			t.Fatal(err)
		}
		client := ai.New(ai.Deps{
			Config: ai.Config{BaseURL: url, Model: "m", PriceIn: priceIn, PriceOut: priceOut}, DB: testkit.SQLite(t), Clock: testkit.Clock(), HTTP: guard.HTTP(),
		})
		_, err = client.Complete(t.Context(), question("MARK-1"))
		if allowed == nil {
			bs, berr := client.Ledger().Budgets(t.Context())
			if fault.CodeOf(err) != "ai_unreachable" || berr != nil || bs[0].SpentMicros != 0 {
				t.Errorf("%s: %v, %+v", name, err, bs)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err = client.Complete(t.Context(), question("MARK-2")); fault.CodeOf(err) != "ai_answer_malformed" {
			t.Errorf("%s, 5 MB: %v", name, err)
		}
	}
	if n := len(fake.Log()); n != 3 {
		t.Errorf("%d requests", n)
	}
}

func TestARedirectTakesTheKeyNowhere(t *testing.T) {
	t.Parallel()
	other := 0
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/chat/completions" {
			other++
		}
		http.Redirect(w, r, fmt.Sprintf("http://%s/elsewhere", l.Addr()), http.StatusTemporaryRedirect)
	})}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	r := newRig(t, testkit.SQLite(t), fakeai.Options{}, func(c *ai.Config) { c.BaseURL = "http://" + l.Addr().String() + "/v1" })
	_, err = r.client.Complete(t.Context(), question("MARK-1"))
	if fault.CodeOf(err) != "ai_base_url_redirects" || other != 0 || r.day().SpentMicros != 0 {
		t.Errorf("err = %v, %d requests elsewhere, %+v", err, other, r.day())
	}
}

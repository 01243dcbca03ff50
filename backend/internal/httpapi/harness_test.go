package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/httpapi"
)

// api is the API under test. Make one with serve; call it as somebody with as(viewer).
type api struct {
	t       *testing.T
	server  *httpapi.Server
	viewer  *account.Viewer
	headers map[string]string
}

// serve starts the API with resources and an authenticator that believes what as says.
func serve(t *testing.T, resources ...httpapi.Resource) *api {
	t.Helper()
	return serveWith(t, httpapi.Config{BaseURL: "http://localhost:8080"}, httpapi.Deps{}, resources...)
}

func serveWith(t *testing.T, cfg httpapi.Config, deps httpapi.Deps, resources ...httpapi.Resource) *api {
	t.Helper()
	if deps.Clock == nil {
		deps.Clock = clock.System{}
	}
	if deps.Log == nil {
		deps.Log = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	if deps.Access == nil {
		deps.Access = slog.New(slog.DiscardHandler)
	}
	if deps.Auth == nil {
		deps.Auth = believer{}
	}
	if deps.UI == nil {
		deps.UI = testUI()
	}
	s, err := httpapi.New(cfg, deps, resources...)
	if err != nil {
		t.Fatal(err)
	}
	return &api{t: t, server: s, headers: map[string]string{}}
}

func testUI() fs.FS {
	big := strings.Repeat("console.log('winnow');\n", 200)
	return fstest.MapFS{
		"index.html":             {Data: []byte("<!doctype html><title>Winnow</title><script src=\"/assets/app-a1b2c3d4.js\"></script>")},
		"assets/app-a1b2c3d4.js": {Data: []byte(big)},
		"favicon.svg":            {Data: []byte("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")},
	}
}

// believer takes the viewer that the harness puts into the credential.
type believer struct{}

func (believer) AccessToken(_ context.Context, token string) (account.Viewer, error) {
	return believe(token)
}

func (believer) APIKey(_ context.Context, key string) (account.Viewer, error) {
	return believe(strings.TrimPrefix(key, account.KeyPrefix))
}

func believe(s string) (account.Viewer, error) {
	var v account.Viewer
	raw, err := hexDecode(s)
	if err != nil || json.Unmarshal(raw, &v) != nil {
		return v, fault.New(fault.Unauthenticated, "credential_invalid", "no")
	}
	return v, nil
}

// as is the API called by v.
func (a api) as(v account.Viewer) *api { a.viewer = &v; return &a }

// with is the API called with a further header; "" takes a header away.
func (a api) with(name, value string) *api {
	h := map[string]string{name: value}
	for k, v := range a.headers {
		if k != name {
			h[k] = v
		}
	}
	a.headers = h
	return &a
}

// Viewers for tests.
func admin(id string) account.Viewer {
	return account.Viewer{UserID: id, Role: account.RoleAdmin, Kind: account.KindSession}
}

func user(id string) account.Viewer {
	return account.Viewer{UserID: id, Role: account.RoleUser, Kind: account.KindSession}
}

func viewer(id string) account.Viewer {
	return account.Viewer{UserID: id, Role: account.RoleViewer, Kind: account.KindSession}
}

func key(id string, scopes ...account.Scope) account.Viewer {
	v := account.Viewer{UserID: id, Role: account.RoleAdmin, Kind: account.KindAPIKey, KeyID: "key"}
	for _, s := range scopes {
		v.Scopes = append(v.Scopes, string(s))
	}
	return v
}

// answer is what came back.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   []byte
}

// do sends a request to path under the API prefix (or from the root, when it begins with "//"). body is nil, an
// io.Reader, a string, or anything that becomes JSON.
func (a *api) do(method, path string, body any) answer {
	a.t.Helper()
	url := httpapi.Prefix + path
	if strings.HasPrefix(path, "//") {
		url = path[1:]
	}
	r := httptest.NewRequestWithContext(a.t.Context(), method, url, reader(a.t, body))
	r.Host, r.RemoteAddr = "localhost:8080", "127.0.0.1:50000"
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("X-Winnow-CSRF", "1")
	a.identify(r)
	for k, v := range a.headers {
		switch {
		case v == "":
			r.Header.Del(k)
		case k == "Host":
			r.Host = v
		default:
			r.Header.Set(k, v)
		}
	}
	w := httptest.NewRecorder()
	a.server.Handler().ServeHTTP(w, r)
	return answer{t: a.t, status: w.Code, header: w.Header(), body: w.Body.Bytes()}
}

func (a *api) identify(r *http.Request) {
	if a.viewer == nil {
		return
	}
	raw, err := json.Marshal(a.viewer)
	if err != nil {
		a.t.Fatal(err)
	}
	if a.viewer.Kind == account.KindAPIKey {
		r.Header.Set("Authorization", "Bearer "+account.KeyPrefix+hexEncode(raw))
		return
	}
	r.AddCookie(&http.Cookie{Name: "winnow_access", Value: hexEncode(raw)})
}

func reader(t *testing.T, body any) io.Reader {
	t.Helper()
	switch b := body.(type) {
	case nil:
		return nil
	case io.Reader:
		return b
	case string:
		return strings.NewReader(b)
	}
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(raw)
}

// want fails the test unless the status is as wanted; it gives the answer back for more.
func (a answer) want(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("answered %d, want %d: %s", a.status, status, a.body)
	}
	return a
}

// into decodes the JSON body.
func (a answer) into(dst any) answer {
	a.t.Helper()
	if err := json.Unmarshal(a.body, dst); err != nil {
		a.t.Fatalf("body is not JSON (%v): %s", err, a.body)
	}
	return a
}

// code is the problem's stable code.
func (a answer) code() string {
	a.t.Helper()
	var p httpapi.Problem
	a.into(&p)
	return p.Code
}

// fields are the names of the problem's bad fields with their codes.
func (a answer) fields() map[string]string {
	a.t.Helper()
	var p httpapi.Problem
	a.into(&p)
	out := map[string]string{}
	for _, f := range p.Fields {
		out[f.Name] = f.Code
	}
	return out
}

// eventually polls until ok or 10 seconds have passed.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.NewTimer(10 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-deadline.C:
			t.Fatalf("not within 10 s: %s", what)
		case <-tick.C:
		}
	}
}

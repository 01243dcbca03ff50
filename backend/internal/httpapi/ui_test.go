package httpapi_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"winnow/backend/internal/httpapi"
)

func TestTheWebAppAnswersItsOwnAddresses(t *testing.T) {
	t.Parallel()
	a := serve(t)
	for _, path := range []string{"//", "//index.html", "//leads", "//leads/0190-abc", "//settings/keys?x=1"} {
		ans := a.do("GET", path, nil).want(200)
		if !strings.Contains(string(ans.body), "<title>Winnow</title>") || ans.header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %v %s", path, ans.header, ans.body)
		}
		if tag := ans.header.Get("ETag"); tag == "" || a.with("If-None-Match", tag).do("GET", path, nil).status != 304 {
			t.Errorf("%s: no 304 for its ETag", path)
		}
	}
	if ans := a.do("HEAD", "//", nil).want(200); len(ans.body) != 0 || ans.header.Get("Content-Length") == "" {
		t.Errorf("HEAD: %v", ans.header)
	}
}

func TestHashedFilesAreKeptForeverAndPacked(t *testing.T) {
	t.Parallel()
	a := serve(t)
	plain := a.do("GET", "//assets/app-a1b2c3d4.js", nil).want(200)
	if plain.header.Get("Cache-Control") != "public, max-age=31536000, immutable" || !strings.HasPrefix(plain.header.Get("Content-Type"), "text/javascript") {
		t.Errorf("%v", plain.header)
	}
	for range 2 {
		packed := a.with("Accept-Encoding", "br;q=1.0, gzip;q=0.8").do("GET", "//assets/app-a1b2c3d4.js", nil).want(200)
		r, err := gzip.NewReader(bytes.NewReader(packed.body))
		if err != nil || packed.header.Get("Content-Encoding") != "gzip" || packed.header.Get("Vary") != "Accept-Encoding" {
			t.Fatalf("%v %v", err, packed.header)
		}
		if b, err := io.ReadAll(r); err != nil || !bytes.Equal(b, plain.body) {
			t.Errorf("unpacks to something else: %v", err)
		}
	}
	if ans := a.with("Accept-Encoding", "gzip;q=0").do("GET", "//assets/app-a1b2c3d4.js", nil); ans.header.Get("Content-Encoding") != "" {
		t.Error("packed for who does not take it")
	}
	ui := fstest.MapFS{"index.html": {Data: []byte("x")}, "assets/a-12345678.js": {Data: []byte("plain")}, "assets/a-12345678.js.br": {Data: []byte("brotli")}}
	b := serveWith(t, httpapi.Config{BaseURL: "http://localhost:8080"}, httpapi.Deps{UI: ui})
	if ans := b.with("Accept-Encoding", "gzip, br").do("GET", "//assets/a-12345678.js", nil); string(ans.body) != "brotli" || ans.header.Get("Content-Encoding") != "br" {
		t.Errorf("%s %v", ans.body, ans.header)
	}
}

func TestWithoutTheWebAppAPageSaysHowToBuildIt(t *testing.T) {
	t.Parallel()
	a := serveWith(t, httpapi.Config{BaseURL: "http://localhost:8080"}, httpapi.Deps{UI: fstest.MapFS{".gitkeep": {}}})
	for _, path := range []string{"//", "//leads"} {
		if ans := a.do("GET", path, nil).want(200); !strings.Contains(string(ans.body), "make build") {
			t.Errorf("%s", ans.body)
		}
	}
}

// A32: nothing that is not meant to be seen is served, however it is spelled.
func TestA32_NothingHiddenIsServed(t *testing.T) {
	t.Parallel()
	ui := fstest.MapFS{
		"index.html": {Data: []byte("app")}, "assets/app-a1b2c3d4.js.map": {Data: []byte("canary")}, ".env": {Data: []byte("canary")}, "assets/.hidden.js": {Data: []byte("canary")},
	}
	a := serveWith(t, httpapi.Config{BaseURL: "http://localhost:8080"}, httpapi.Deps{UI: ui})
	for _, p := range []string{
		"//.env", "//.git/config", "//.git/HEAD", "//.gitkeep", "//assets/.hidden.js", "//assets/app-a1b2c3d4.js.map", "//winnow.db", "//data/winnow.db", "//backup.sql",
		"//winnow.yaml", "//debug/pprof", "//debug/pprof/", "//debug/vars", "//api/docs", "//api/", "//api", "//api/v1", "//api/v2/leads", "//api/v1/", "//docs/doc.json", "//docs/swagger-ui.css.map",
		"//docs/../.env", "//%2eenv", "//%2e%2e/%2e%2e/etc/passwd", "//..%2f..%2fetc%2fpasswd", "//assets/..%5c..%5c.env", "//assets/%252e%252e/.env", "//.well-known/x", "//index.php", "//secret.key", "//assets/", "//assets",
		"//metrics/", "//server-status", "//actuator/health",
	} {
		ans := a.do("GET", p, nil)
		spa := ans.status == 200 && string(ans.body) == "app" // an address of the web app, which shows its own "not found"
		if ans.status != 404 && !spa || strings.Contains(string(ans.body), "canary") {
			t.Errorf("%s: %d %.80s", p, ans.status, ans.body)
		}
	}
	for _, p := range []string{"//.env", "//.git/config", "//%2eenv", "//winnow.db", "//api/docs", "//assets/app-a1b2c3d4.js.map", "//secret.key"} {
		a.do("GET", p, nil).want(404)
	}
}

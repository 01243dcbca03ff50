package httpapi

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

// buildPage is shown while the web app has not been built.
const buildPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Winnow</title>
<h1>The web app is not built yet</h1>
<p>The API works (see <a href="/docs">/docs</a>). To build the web app, run <code>make build</code> and start again.</p></html>`

// hashed matches names that change with their content, as the build makes them: app-B1x_9dQ2.js
var hashed = regexp.MustCompile(`^assets/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$`)

const (
	foreverCache = "public, max-age=31536000, immutable"
	checkCache   = "no-cache"
	worthPacking = 1024
)

// ui serves the built web app.
type ui struct {
	files  fs.FS
	mu     sync.Mutex
	packed map[string][]byte // gzip of files that have no .gz beside them; made once
}

func (s *Server) mountUI() {
	u := &ui{files: s.deps.UI, packed: map[string][]byte{}}
	s.echo.GET("/*", u.serve)
	s.echo.HEAD("/*", u.serve)
}

// serve answers with a file, or with index.html for the addresses that the web app itself knows. Names with an
// extension that are no file, dotfiles and anything encoded are NotFound (A32).
func (u *ui) serve(c echo.Context) error {
	p := c.Request().URL.Path
	name := strings.TrimPrefix(path.Clean("/"+p), "/")
	if strings.ContainsAny(p, "\\\x00%") || hidden(name) {
		return routeNotFound(c)
	}
	if u.files == nil {
		return c.HTML(http.StatusOK, buildPage)
	}
	if name != "" && name != "index.html" {
		if info, err := fs.Stat(u.files, name); err == nil && info.Mode().IsRegular() && !strings.HasSuffix(name, ".map") {
			return u.file(c, name)
		}
		if path.Ext(name) != "" || strings.HasPrefix(name, "assets/") {
			return routeNotFound(c)
		}
	}
	if _, err := fs.Stat(u.files, "index.html"); err != nil {
		return c.HTML(http.StatusOK, buildPage)
	}
	return u.file(c, "index.html")
}

func hidden(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return true
		}
	}
	return false
}

func (u *ui) file(c echo.Context, name string) error {
	h := c.Response().Header()
	h.Set("Cache-Control", checkCache)
	if hashed.MatchString(name) {
		h.Set("Cache-Control", foreverCache)
	}
	h.Set("Vary", "Accept-Encoding")
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	body, encoding, err := u.encoded(name, c.Request().Header.Get("Accept-Encoding"))
	if err != nil {
		return err
	}
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	if tag := `"` + etagOf(body) + `"`; !hashed.MatchString(name) {
		h.Set("ETag", tag)
		if c.Request().Header.Get("If-None-Match") == tag {
			return c.NoContent(http.StatusNotModified)
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if c.Request().Method == http.MethodHead {
		h.Set("Content-Type", kind)
		return c.NoContent(http.StatusOK)
	}
	return c.Blob(http.StatusOK, kind, body)
}

// encoded is the file in the best encoding that the client takes: a .br or .gz beside it, else packed here once.
func (u *ui) encoded(name, accepted string) (body []byte, encoding string, err error) {
	for _, e := range []struct{ suffix, name string }{{".br", "br"}, {".gz", "gzip"}} {
		if accepts(accepted, e.name) {
			if b, err := fs.ReadFile(u.files, name+e.suffix); err == nil {
				return b, e.name, nil
			}
		}
	}
	if body, err = fs.ReadFile(u.files, name); err != nil {
		return nil, "", err
	}
	if len(body) < worthPacking || !accepts(accepted, "gzip") || !packable(name) {
		return body, "", nil
	}
	packed, err := u.pack(name, body)
	return packed, "gzip", err
}

func (u *ui) pack(name string, body []byte) ([]byte, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if b, ok := u.packed[name]; ok {
		return b, nil
	}
	var buf bytes.Buffer
	w, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	u.packed[name] = buf.Bytes()
	return buf.Bytes(), nil
}

func packable(name string) bool {
	switch path.Ext(name) {
	case ".js", ".css", ".html", ".svg", ".json", ".txt", ".webmanifest":
		return true
	}
	return false
}

func accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), encoding) {
			q = strings.ReplaceAll(q, " ", "")
			return q != "q=0" && q != "q=0.0"
		}
	}
	return false
}

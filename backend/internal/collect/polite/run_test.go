package polite_test

import (
	"compress/flate"
	"compress/zlib"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gocolly/colly/v2"

	"winnow/backend/internal/collect/polite"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/webclient"
	"winnow/backend/internal/testkit/web"
)

// walk crawls from addresses and follows every link; it tells what was read and what went wrong, by address.
func walk(t *testing.T, f *polite.Fetcher, l polite.Limits, from ...string) (pages map[string]string, errs map[string][]error) {
	t.Helper()
	var mu sync.Mutex
	pages, errs = map[string]string{}, map[string][]error{}
	crawl := f.Run(l).Crawl(t.Context())
	c := crawl.Collector()
	c.OnHTML("a[href]", func(e *colly.HTMLElement) { crawl.Add(e.Request, e.Attr("href")) })
	c.OnResponse(func(r *colly.Response) {
		mu.Lock()
		defer mu.Unlock()
		pages[r.Request.URL.String()] = string(r.Body)
	})
	c.OnError(func(r *colly.Response, err error) {
		mu.Lock()
		defer mu.Unlock()
		errs[r.Request.URL.String()] = append(errs[r.Request.URL.String()], err)
	})
	for _, u := range from {
		crawl.Add(nil, u)
	}
	if err := crawl.Walk(t.Context(), 8); err != nil {
		t.Fatal(err)
	}
	return pages, errs
}

// TestF15_AHostileSiteEnds: each trap is walked into; the crawl ends, within its bounds, and the sound pages are read.
func TestF15_AHostileSiteEnds(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	h := w.Host("trap.test").Robots("User-agent: *\nDisallow: /forbidden").
		Page("/{$}", `<a href="/cal/">c</a><a href="/deep/">d</a><a href="/loop">l</a><a href="/bomb">b</a><a href="/endless">e</a>
			<a href="/drip">s</a><a href="/broken">k</a><a href="/latin">w</a><a href="/forbidden/x">f</a><a href="/list">p</a>
			<a href="mailto:a@b.c">m</a><a href="javascript:x()">j</a><a href="/`+strings.Repeat("x", 3000)+`">long</a>`).
		Calendar("/cal").Deepening("/deep").RedirectsWithoutEnd("/loop").Bomb("/bomb", 64).Endless("/endless", 0).
		Endless("/drip", 50*time.Millisecond).Broken("/broken").Charset("/latin", "utf-8", "windows-1252", "<p>Gr\u00fc\u00dfe</p>").
		Paging("/list", 3, 2)
	f, kept := fetcher(t, w, func(o *polite.Options) { o.Timeout, o.MaxBytes, o.Tries = 4*time.Second, 1<<20, 2 })
	pages, errs := walk(t, f, polite.Limits{Alike: 10, Depth: 50}, h.URL("/"))
	for path, code := range map[string]string{
		"/loop": "redirects_endless", "/bomb": "answer_too_large", "/endless": "answer_too_large", "/drip": "", "/broken": "answer_broken",
		"/forbidden/x": "robots_disallowed",
	} {
		var list []error
		for at, e := range errs {
			if strings.HasPrefix(at, h.URL(path)) {
				list = append(list, e...)
			}
		}
		if len(list) != 1 || (code != "" && fault.CodeOf(list[0]) != code) {
			t.Errorf("%s: told %d times: %v, want once %s", path, len(list), list, code)
		}
	}
	if got := pages[h.URL("/latin")]; got != "<p>Gr\u00fc\u00dfe</p>" {
		t.Errorf("a page that claims a wrong encoding is %q", got)
	}
	if pages[h.URL("/list?page=3")] == "" {
		t.Error("honest paging was not walked to its end")
	}
	days, deep := 0, 0
	for at := range pages {
		days += strings.Count(at, "/cal/")
		deep = max(deep, strings.Count(at, "more"))
	}
	if days > 12 || days < 10 || deep != 3 {
		t.Errorf("%d days of the calendar, %d folders deep; want about 10 and 3", days, deep)
	}
	if len(kept.of("/forbidden/x")) != 1 {
		t.Error("the refusal is not in the records")
	}
	for _, s := range w.Seen() {
		if strings.HasPrefix(s.Path, "/forbidden") || len(s.Path) > 2000 {
			t.Errorf("%.60s was asked for", s.Path)
		}
	}
}

func TestACrawlIsBounded(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	links := func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "text/html")
		for i := range 20 {
			_, _ = fmt.Fprintf(rw, `<a href="%s%c/">x</a>`, r.URL.Path, 'a'+i)
		}
	}
	a, b := w.Host("a.test").All(links), w.Host("b.test").All(links)
	f, _ := fetcher(t, w, nil)
	for name, c := range map[string]struct {
		l     polite.Limits
		pages int
	}{
		"pages": {polite.Limits{Pages: 30}, 30},
		"host":  {polite.Limits{PerHost: 20}, 40},
		"depth": {polite.Limits{Depth: 1}, 42},
		"queue": {polite.Limits{Waiting: 10, Pages: 5}, 5},
		"bytes": {polite.Limits{Bytes: 1}, 0},
	} {
		pages, _ := walk(t, f, c.l, a.URL("/"), b.URL("/"))
		if len(pages) != c.pages && (name != "bytes" || len(pages) > 16) {
			t.Errorf("%s: %d pages, want %d", name, len(pages), c.pages)
		}
	}
}

func TestASiteThatFailsAllTheTimeIsGivenUp(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	h := w.Host("a.test").All(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }).Robots("")
	f, _ := fetcher(t, w, func(o *polite.Options) { o.Tries = 1 })
	run := f.Run(polite.Limits{Failures: 5})
	code := ""
	for i := range 10 {
		_, err := run.Get(t.Context(), h.URL(fmt.Sprintf("/%c", 'a'+i)))
		code = fault.CodeOf(err)
	}
	if n := len(w.Seen()); code != "limit_failures" || n > 12 { // Go's transport may ask once more by itself
		t.Errorf("%q after %d requests", code, n)
	}
}

// TestWhatCollyDoesWrongDoesNotHappen holds the faults of Colly that this layer is there for.
func TestWhatCollyDoesWrongDoesNotHappen(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	hidden := w.Host("b.test").Robots("User-agent: *\nDisallow: /").Page("/x", "secret")
	var heads atomic.Int64
	h := w.Host("a.test").Robots("User-agent: *\nDisallow: /q?b=1&a=2\nDisallow: /head").Page("/q", "q").Redirect("/to", hidden.URL("/x"), 302).
		Busy("/busy", 2, 429, "<p>at last</p>", "Retry-After", "0").
		Handle("/head", func(http.ResponseWriter, *http.Request) { heads.Add(1) }).Bomb("/big", 2)
	f, _ := fetcher(t, w, func(o *polite.Options) { o.MaxBytes = 1 << 20 })
	run := f.Run(polite.Limits{})
	c := run.Collector(t.Context())
	var told []error
	got := ""
	c.OnError(func(_ *colly.Response, err error) { told = append(told, err) })
	c.OnResponse(func(r *colly.Response) { got = string(r.Body) })
	for _, one := range []struct{ path, code string }{
		{"/q?b=1&a=2", "robots_disallowed"}, {"/to", "robots_disallowed"}, {"/big", "answer_too_large"}, {"/busy", ""},
	} {
		told = nil
		err := c.Visit(h.URL(one.path))
		if one.code == "" {
			if err != nil || got != "<p>at last</p>" {
				t.Errorf("%s: %v, %q", one.path, err, got)
			}
			continue
		}
		if len(told) != 1 || fault.CodeOf(told[0]) != one.code || err == nil {
			t.Errorf("%s: OnError was told %v", one.path, told)
		}
	}
	told = nil
	if err := c.Head(h.URL("/head")); err == nil || heads.Load() != 0 {
		t.Errorf("a HEAD goes past robots.txt: %v", err)
	}
	if err := c.Visit(h.URL("/q?a=2&b=1")); err != nil {
		t.Errorf("the other order of parameters is forbidden too: %v", err)
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	const text = "<p>Größe, naïve</p>"
	w := web.New(t)
	h := w.Host("a.test").
		Charset("/as-claimed", "iso-8859-1", "iso-8859-1", text).
		Charset("/utf8-claimed-but-1252", "utf-8", "windows-1252", text).
		Charset("/1252-claimed-but-utf8", "windows-1252", "utf-8", text).
		Charset("/nothing-claimed", "", "windows-1252", text).
		Charset("/meta", "", "iso-8859-2", `<meta charset="iso-8859-2"><p>Łódź</p>`).
		Charset("/japanese", "iso-2022-jp", "iso-2022-jp", "<p>日本</p>").
		Charset("/unknown", "klingon", "utf-8", text).
		File("/bom", "text/html", "\xff\xfe<\x00p\x00>\x00\xfc\x00").
		Handle("/deflate-raw", packed("deflate", func(out io.Writer) io.WriteCloser { z, _ := flate.NewWriter(out, 6); return z }, text)).
		Handle("/deflate-zlib", packed("deflate", func(out io.Writer) io.WriteCloser { return zlib.NewWriter(out) }, text)).
		Handle("/br", packed("br", func(out io.Writer) io.WriteCloser { return nop{out} }, "??"))
	f, _ := fetcher(t, w, nil)
	for path, want := range map[string]string{
		"/as-claimed": text, "/utf8-claimed-but-1252": text, "/1252-claimed-but-utf8": text, "/nothing-claimed": text, "/unknown": text,
		"/meta": `<meta charset="iso-8859-2"><p>Łódź</p>`, "/japanese": "<p>日本</p>", "/bom": "<p>ü", "/deflate-raw": text, "/deflate-zlib": text,
	} {
		p, err := f.Get(t.Context(), h.URL(path))
		if err != nil || p.Text() != want {
			t.Errorf("%s: %v, %+v", path, err, p)
		}
	}
	if _, err := f.Get(t.Context(), h.URL("/br")); fault.CodeOf(err) != "encoding_unknown" {
		t.Errorf("an encoding that was not asked for: %v", err)
	}
}

type nop struct{ io.Writer }

func (nop) Close() error { return nil }

func packed(name string, by func(io.Writer) io.WriteCloser, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", name)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		z := by(w)
		_, _ = io.WriteString(z, text)
		_ = z.Close()
	}
}

// TestA10_A11_A12_NothingPrivateIsFetched: neither directly, nor by a redirect, nor by a robots.txt's redirect, nor when
// a name changes its mind; and what is told does not differ from a host that is not there.
func TestA10_A11_A12_NothingPrivateIsFetched(t *testing.T) {
	t.Parallel()
	inside := web.New(t) // has a port that the door does not open
	secret := inside.Host("inside.test").Page("/", "secret").Robots("")
	w := web.New(t)
	w.Resolve("rebind.test", "127.0.0.1", "10.0.0.1", "169.254.169.254")
	w.Resolve("metadata.test", "169.254.169.254")
	w.Resolve("gone.test")
	target := fmt.Sprintf("http://127.0.0.1:%d/", inside.Port())
	h := w.Host("a.test").Redirect("/in", target, 302).Redirect("/named", secret.URL("/"), 307).Redirect("/file", "file:///etc/passwd", 302).
		Redirect("/gopher", "gopher://127.0.0.1:70/", 302).Redirect("/data", "data:text/html,x", 302).Redirect("/user", "http://u:p@a.test/", 302).Redirect("/meta", w.Host("metadata.test").URL("/"), 302)
	named := fmt.Sprintf("127.0.0.1:%d", inside.Port())
	f, kept := fetcher(t, w, func(o *polite.Options) {
		o.Tries, o.Door = 1, w.Door(t, webclient.Options{AllowHosts: []string{named}, Timeout: 2 * time.Second})
		o.Timeout = 3 * time.Second
	})
	for _, path := range []string{"/in", "/named", "/file", "/gopher", "/data", "/user", "/meta"} {
		if p, err := f.Get(t.Context(), h.URL(path)); err == nil {
			t.Errorf("%s was followed: %+v", path, p)
		}
	}
	w.Host("evil.test").RobotsStatus(302, "Location", target).Page("/", "x")
	_, _ = f.Get(t.Context(), w.Host("evil.test").URL("/"))
	_, absent := f.Get(t.Context(), w.Host("gone.test").URL("/"))
	_, blocked := f.Get(t.Context(), w.Host("metadata.test").URL("/"))
	if absent == nil || blocked == nil || strings.ReplaceAll(absent.Error(), "gone", "metadata") != blocked.Error() {
		t.Errorf("a blocked host is told from an absent one: %v / %v", absent, blocked)
	}
	a, b := kept.of(w.Host("gone.test").URL("/")), kept.of(w.Host("metadata.test").URL("/"))
	if len(a) == 0 || len(b) == 0 || strings.ReplaceAll(a[0].Error, "gone", "metadata") != b[len(b)-1].Error {
		t.Errorf("the records tell them apart: %+v %+v", a, b)
	}
	if n := len(inside.Seen()); n != 0 {
		t.Errorf("the inside got %d requests: %+v", n, inside.Seen())
	}
}

// TestA13_MemoryStaysFlat: gzip bombs and endless answers at once do not fill the memory.
func TestA13_MemoryStaysFlat(t *testing.T) {
	w := web.New(t)
	h := w.Host("a.test").Bomb("/bomb", 256).Endless("/endless", 0)
	f, _ := fetcher(t, w, func(o *polite.Options) { o.MaxBytes = 1 << 20 })
	var top atomic.Uint64
	stop := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				top.Store(max(top.Load(), m.HeapAlloc))
			}
		}
	})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, path := range []string{"/bomb", "/endless"} {
				if _, err := f.Get(t.Context(), h.URL(path)); !fault.Is(err, fault.TooLarge) {
					t.Errorf("%s: %v", path, err)
				}
			}
		})
	}
	all.Wait()
	close(stop)
	watch.Wait()
	if mib := top.Load() >> 20; mib > 200 {
		t.Errorf("the heap grew to %d MiB", mib)
	}
}

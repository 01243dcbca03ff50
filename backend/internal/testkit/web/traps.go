package web

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/net/html/charset"
)

// Busy answers the first n requests of a path by a status and headers, and then the page.
func (h *Host) Busy(path string, n, status int, body string, header ...string) *Host {
	var asked atomic.Int64
	return h.Handle(path, func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) <= int64(n) {
			answer(w, status, header, "")
			return
		}
		answer(w, http.StatusOK, []string{"Content-Type", "text/html; charset=utf-8"}, body)
	})
}

// Redirect answers a path by a redirect.
func (h *Host) Redirect(path, to string, status int) *Host {
	return h.Handle(path, func(w http.ResponseWriter, _ *http.Request) { answer(w, status, []string{"Location", to}, "") })
}

// RedirectsWithoutEnd answers path, and what it redirects to, by one more redirect.
func (h *Host) RedirectsWithoutEnd(path string) *Host {
	return h.Handle(path, func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Query().Get("n"))
		answer(w, http.StatusFound, []string{"Location", path + "?n=" + strconv.Itoa(n+1)}, "")
	})
}

// Calendar is a page below prefix for each day that there is or will be, each with links to the next.
func (h *Host) Calendar(prefix string) *Host {
	return h.Handle(prefix+"/", func(w http.ResponseWriter, r *http.Request) {
		day, err := time.Parse("/2006/01/02", strings.TrimPrefix(r.URL.Path, prefix))
		if err != nil {
			day = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		var b strings.Builder
		for n := 1; n <= 5; n++ {
			fmt.Fprintf(&b, `<a href="%s%s">then</a> `, prefix, day.AddDate(0, 0, n).Format("/2006/01/02"))
		}
		answer(w, http.StatusOK, []string{"Content-Type", "text/html; charset=utf-8"}, b.String())
	})
}

// Deepening is a page whose relative link leads to itself one folder deeper, for ever.
func (h *Host) Deepening(prefix string) *Host {
	return h.Handle(prefix+"/", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, []string{"Content-Type", "text/html"}, `<a href="more/">more</a>`)
	})
}

// Bomb is a page of mib MiB of zeros, packed by gzip.
func (h *Host) Bomb(path string, mib int) *Host {
	return h.Handle(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", "text/html")
		z := gzip.NewWriter(w)
		zeros := make([]byte, 1<<20)
		for range mib {
			if _, err := z.Write(zeros); err != nil {
				return
			}
		}
		_ = z.Close()
	})
}

// Endless sends letters until nobody listens any more, with a pause after each piece.
func (h *Host) Endless(path string, pause time.Duration) *Host {
	return h.Handle(path, func(w http.ResponseWriter, r *http.Request) {
		piece := []byte(strings.Repeat("x", 1024))
		for r.Context().Err() == nil {
			if _, err := w.Write(piece); err != nil {
				return
			}
			_ = http.NewResponseController(w).Flush()
			wait(r, pause)
		}
	})
}

// Slow answers after a while.
func (h *Host) Slow(path string, after time.Duration, body string) *Host {
	return h.Handle(path, func(w http.ResponseWriter, r *http.Request) {
		wait(r, after)
		answer(w, http.StatusOK, []string{"Content-Type", "text/html; charset=utf-8"}, body)
	})
}

func wait(r *http.Request, d time.Duration) {
	select {
	case <-time.After(d):
	case <-r.Context().Done():
	}
}

// Broken promises more than it sends and hangs up.
func (h *Host) Broken(path string) *Host {
	return h.Handle(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, "half")
	})
}

// Charset is a page in one encoding that claims another; claims may be "".
func (h *Host) Charset(path, claims, really, text string) *Host {
	e, _ := charset.Lookup(really)
	body, err := e.NewEncoder().String(text)
	if err != nil {
		panic(err) // a test that writes what its encoding cannot
	}
	kind := "text/html"
	if claims != "" {
		kind += "; charset=" + claims
	}
	return h.File(path, kind, body)
}

// Changing is a page that looks one way until change is called and another way afterwards.
func (h *Host) Changing(path, before, after string) (change func()) {
	var changed atomic.Bool
	h.Handle(path, func(w http.ResponseWriter, _ *http.Request) {
		body := before
		if changed.Load() {
			body = after
		}
		answer(w, http.StatusOK, []string{"Content-Type", "text/html; charset=utf-8"}, body)
	})
	return func() { changed.Store(true) }
}

// Paging is pages path?page=1 to n, of which each lists per items by links and leads to the next.
func (h *Host) Paging(path string, n, per int) *Host {
	return h.Handle(path, func(w http.ResponseWriter, r *http.Request) {
		page := max(1, number(r.URL.Query().Get("page")))
		var b strings.Builder
		for i := range per {
			fmt.Fprintf(&b, "<li><a href=\"/item/%d\">Item %d</a></li>\n", (page-1)*per+i, (page-1)*per+i)
		}
		if page < n {
			fmt.Fprintf(&b, "<a rel=\"next\" href=\"%s?page=%d\">next</a>", path, page+1)
		}
		answer(w, http.StatusOK, []string{"Content-Type", "text/html; charset=utf-8"}, "<ul>"+b.String()+"</ul>")
	})
}

// Versioned is a page with an ETag and a date, which answers 304 to those who have it.
func (h *Host) Versioned(path, etag, body string) *Host {
	const date = "Mon, 02 Mar 2026 09:30:00 GMT"
	return h.Handle(path, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		answer(w, http.StatusOK, []string{"ETag", etag, "Last-Modified", date, "Content-Type", "text/html; charset=utf-8"}, body)
	})
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

package web

import (
	"io"
	"net/http"
	"strconv"
	"sync"
)

// Host is one host of the web. Its methods add pages and may be called while it is being asked.
type Host struct {
	web  *Web
	name string

	mu     sync.RWMutex
	mux    *http.ServeMux
	robots http.HandlerFunc
	all    http.HandlerFunc
}

// URL is the address of a path on the host.
func (h *Host) URL(path string) string {
	return "http://" + h.name + ":" + strconv.Itoa(int(h.web.port)) + path
}

// Name is the host's name.
func (h *Host) Name() string { return h.name }

// Web is where the host belongs.
func (h *Host) Web() *Web { return h.web }

// Robots gives the host a robots.txt.
func (h *Host) Robots(text string) *Host {
	return h.RobotsBy(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) })
}

// RobotsStatus lets robots.txt answer a status and headers ("Retry-After", "3").
func (h *Host) RobotsStatus(status int, header ...string) *Host {
	return h.RobotsBy(func(w http.ResponseWriter, _ *http.Request) { answer(w, status, header, "") })
}

// RobotsBy answers robots.txt by a handler.
func (h *Host) RobotsBy(f http.HandlerFunc) *Host {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.robots = f
	return h
}

// Page gives the host an HTML page; it replaces none that is there (use Handle and state of your own for that).
func (h *Host) Page(path, body string) *Host { return h.File(path, "text/html; charset=utf-8", body) }

// File gives the host a file of a type.
func (h *Host) File(path, contentType, body string) *Host {
	return h.Handle(path, func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, []string{"Content-Type", contentType}, body)
	})
}

// Handle answers a pattern of http.ServeMux.
func (h *Host) Handle(pattern string, f http.HandlerFunc) *Host {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.mux.HandleFunc(pattern, f)
	return h
}

// All answers everything but robots.txt.
func (h *Host) All(f http.HandlerFunc) *Host {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all = f
	return h
}

func (h *Host) serve(w http.ResponseWriter, r *http.Request) {
	h.mu.RLock()
	robots, all, mux := h.robots, h.all, h.mux
	h.mu.RUnlock()
	switch {
	case r.URL.Path == "/robots.txt" && robots != nil:
		robots(w, r)
	case r.URL.Path == "/robots.txt":
		http.NotFound(w, r)
	case all != nil:
		all(w, r)
	default:
		mux.ServeHTTP(w, r)
	}
}

func answer(w http.ResponseWriter, status int, header []string, body string) {
	for i := 0; i+1 < len(header); i += 2 {
		w.Header().Set(header[i], header[i+1])
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

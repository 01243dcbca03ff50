// Package browser reads pages that show nothing without their scripts: it lets Chromium run them and takes what is on the
// page afterwards. Chromium itself has no network: it lives in a network namespace of its own where the system allows
// that, every request is taken from it and made by package polite instead, with robots.txt, paces and the guard against
// private addresses, and what is not taken from it (WebSockets, workers, WebRTC, look-ups ahead) ends at a proxy that
// lets nothing through.
package browser

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"

	"winnow/backend/internal/collect/polite"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/webclient"
)

// Options set up a Pool. Fetcher is needed.
type Options struct {
	Fetcher  *polite.Fetcher
	Path     string        // of Chromium; "" = the first that is found
	Cap      int           // browsers at once; 0 = 2
	MemoryMB int           // of one browser with all its processes; 0 = 768
	Timeout  time.Duration // of one page; 0 = 45 s
	Settle   time.Duration // how long a page must be quiet to be ready; 0 = 500 ms
	Requests int           // of one page; 0 = 80
	MaxBytes int           // of the page afterwards; 0 = 5 MiB
	// Shared leaves Chromium in our own network namespace. Nothing gets out all the same; it is for systems that allow no
	// namespaces, which are noticed anyway, and for the test of that.
	Shared bool
	Logger *slog.Logger // nil = slog.Default
}

// Pool lets pages be rendered, each in a browser of its own, so that nothing goes from one to the other. Safe for
// concurrent use.
type Pool struct {
	o      Options
	places chan struct{}
	sink   net.Listener
	tried  atomic.Int64
	closed chan struct{}
	once   sync.Once
	shared atomic.Bool
}

// New makes a pool. Faults: Unavailable when there is no Chromium.
func New(o Options) (*Pool, error) {
	if o.Path == "" {
		for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
			if path, err := exec.LookPath(name); err == nil {
				o.Path = path
				break
			}
		}
	}
	if _, err := exec.LookPath(o.Path); err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "browser_missing", "There is no Chromium on this machine, so pages that need their scripts cannot be read; install the package chromium")
	}
	o.Cap, o.MemoryMB, o.Requests, o.MaxBytes = or(o.Cap, 2), or(o.MemoryMB, 768), or(o.Requests, 80), or(o.MaxBytes, 5<<20)
	o.Timeout, o.Settle = or(o.Timeout, 45*time.Second), or(o.Settle, 500*time.Millisecond)
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	sink, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "browser_port", "No port is free for the browser's dead end")
	}
	p := &Pool{o: o, places: make(chan struct{}, o.Cap), sink: sink, closed: make(chan struct{})}
	p.shared.Store(o.Shared)
	go p.swallow()
	return p, nil
}

// swallow takes connections that Chromium makes by itself and ends them.
func (p *Pool) swallow() {
	defer close(p.closed)
	for {
		c, err := p.sink.Accept()
		if err != nil {
			return
		}
		p.tried.Add(1)
		_ = c.Close()
	}
}

// Swallowed is how many connections Chromium tried to make past us; all ended at once.
func (p *Pool) Swallowed() int64 { return p.tried.Load() }

// Close ends the pool; pages under way come to their end by their contexts.
func (p *Pool) Close() {
	p.once.Do(func() { _ = p.sink.Close(); <-p.closed })
}

// Render opens a page, lets its scripts work and takes what is there then, as UTF-8 HTML. Faults: those of the Fetcher
// for the page itself; Unavailable browser_stuck, browser_gone; TooLarge browser_memory, answer_too_large.
func (p *Pool) Render(ctx context.Context, address string) (*polite.Page, error) {
	if err := webclient.CheckURL(address); err != nil {
		return nil, err
	}
	select {
	case p.places <- struct{}{}:
		defer func() { <-p.places }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	for {
		page, err := p.render(ctx, address)
		if errors.Is(err, errNoNamespace) && p.shared.CompareAndSwap(false, true) {
			p.o.Logger.WarnContext(ctx, "this system allows no network namespaces; the browser is kept from the network by its proxy alone", "error", err.Error())
			continue
		}
		return page, err
	}
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

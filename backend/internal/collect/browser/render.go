package browser

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/publicsuffix"

	"winnow/backend/internal/collect/polite"
	"winnow/backend/internal/fault"
)

// before runs in each document ahead of its own scripts: Chromium, which has no network, believes to be offline.
const before = `Object.defineProperty(navigator, 'onLine', {get: () => true});
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) { try { delete window[name] } catch (e) {} }`

func (p *Pool) render(ctx context.Context, address string) (*polite.Page, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, p.o.Timeout, fault.New(fault.Unavailable, "browser_stuck", "The page did not come to rest in the browser; it was given up"))
	defer cancel()
	var group int
	var cmd *exec.Cmd
	alloc, end := chromedp.NewExecAllocator(ctx, p.flags(func(c *exec.Cmd) { p.isolate(c); cmd = c })...)
	defer end()
	tab, shut := chromedp.NewContext(alloc)
	defer shut()
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "cookies_broken", "No cookies can be kept for the page")
	}
	s := &session{p: p, address: address, jar: jar}
	s.ctx, s.stop = context.WithCancel(ctx)
	defer s.stop()
	defer func() { kill(group) }()
	if err := s.open(tab); err != nil {
		if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOSPC) {
			return nil, errors.Join(errNoNamespace, err)
		}
		return nil, s.failure(ctx, err)
	}
	if cmd != nil && cmd.Process != nil {
		group = cmd.Process.Pid
		go p.watch(ctx, group, func() { s.fat.Store(true) })
	}
	text, at, err := s.read(tab)
	s.stop()
	s.work.Wait()
	if err != nil {
		return nil, s.failure(ctx, err)
	}
	return s.result(text, at)
}

// open starts the browser and takes its requests from it.
func (s *session) open(tab context.Context) error {
	if err := chromedp.Do(tab); err != nil {
		return err
	}
	if err := chromedp.Listen(tab, func(ev any) { s.event(tab, ev) }); err != nil {
		return err
	}
	if _, err := chromedp.Call(tab, network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: true}); err != nil {
		return err
	}
	if _, err := chromedp.Call(tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: before}); err != nil {
		return err
	}
	_, err := chromedp.Call(tab, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "*"}}})
	return err
}

// read goes to the page, waits until it is quiet and takes its text.
func (s *session) read(tab context.Context) (text, at string, err error) {
	if err := chromedp.Do(tab, chromedp.Navigate(s.address)); err != nil {
		return "", "", err
	}
	quiet := time.Now() //nolint:forbidigo // how long a browser is quiet is measured, not told
	for range 100 {
		if s.busy.Load() > 0 {
			quiet = time.Now() //nolint:forbidigo // as above
		}
		if time.Since(quiet) >= s.p.o.Settle {
			break
		}
		if err := chromedp.Do(tab, chromedp.Sleep(100*time.Millisecond)); err != nil {
			return "", "", err
		}
	}
	take := fmt.Sprintf("document.documentElement.outerHTML.slice(0, %d)", s.p.o.MaxBytes+1)
	if text, err = chromedp.Run(tab, chromedp.Evaluate[string](take)); err != nil {
		return "", "", err
	}
	at, err = chromedp.Run(tab, chromedp.Evaluate[string]("location.href"))
	return text, at, err
}

func (s *session) result(text, at string) (*polite.Page, error) {
	if len(text) > s.p.o.MaxBytes {
		return nil, fault.Newf(fault.TooLarge, "answer_too_large", "The page grew beyond %d KiB in the browser; it was not read", s.p.o.MaxBytes>>10)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refused != nil {
		return nil, s.refused
	}
	if !strings.HasPrefix(at, "http://") && !strings.HasPrefix(at, "https://") {
		return nil, fault.New(fault.Unavailable, "browser_gone", "The page led the browser to where it may not go; nothing was read")
	}
	out := &polite.Page{Asked: s.address, URL: at, Status: http.StatusOK, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(text)}
	if s.main != nil {
		out.Status, out.At, out.Record = s.main.Status, s.main.At, s.main.Record
	}
	return out, nil
}

// failure says why a page was not rendered: the refusal of the page itself before anything that follows from it.
func (s *session) failure(ctx context.Context, err error) error {
	s.mu.Lock()
	refused := s.refused
	s.mu.Unlock()
	switch cause := context.Cause(ctx); {
	case refused != nil:
		return refused
	case s.fat.Load():
		return fault.Newf(fault.TooLarge, "browser_memory", "The page took more than %d MiB in the browser, which was ended", s.p.o.MemoryMB)
	case cause != nil:
		return cause
	}
	return fault.Wrap(err, fault.Unavailable, "browser_gone", "The browser could not show the page; it is tried again later")
}

// dialog closes what would make a page wait for a person.
func (s *session) dialog(tab context.Context) {
	_, _ = chromedp.Call(tab, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: false})
}

package browser_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"winnow/backend/internal/collect/browser"
	"winnow/backend/internal/collect/polite"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/webclient"
	"winnow/backend/internal/testkit"
	"winnow/backend/internal/testkit/web"
)

// pool renders pages of a test's web.
func pool(t *testing.T, w *web.Web, change func(*browser.Options)) (*browser.Pool, func() []polite.Record) {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		if os.Getenv("CI_REQUIRE_SERVICES") == "1" {
			t.Fatal("there is no chromium")
		}
		t.Skip("there is no chromium")
	}
	var mu sync.Mutex
	var list []polite.Record
	f, err := polite.New(polite.Options{
		Door: w.Door(t, webclient.Options{}), Contact: "https://example.com/bot", Interval: -1, IPInterval: -1, PerHost: 8, Tries: 1,
		Logger: testkit.Logger(), Trail: polite.TrailFunc(func(r polite.Record) {
			mu.Lock()
			defer mu.Unlock()
			list = append(list, r)
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	o := browser.Options{Fetcher: f, Timeout: 60 * time.Second, Logger: testkit.Logger()}
	if change != nil {
		change(&o)
	}
	p, err := browser.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p, func() []polite.Record {
		mu.Lock()
		defer mu.Unlock()
		return append([]polite.Record(nil), list...)
	}
}

func TestAPageIsReadAfterItsScripts(t *testing.T) {
	t.Parallel()
	w := web.New(t)
	h := w.Host("app.test").Robots("User-agent: *\nDisallow: /private").
		Page("/{$}", `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/s.css"><div id="x">empty</div><img src="/i.png"><script src="/app.js"></script>`).
		File("/app.js", "text/javascript", `alert("hello"); fetch('/data').then(r => r.json()).then(async d => {
			let hidden = 'left alone'; try { await fetch('/private/x'); hidden = 'read' } catch (e) {}
			document.getElementById('x').textContent = d.name + ', ' + hidden + ', ' + navigator.onLine; document.cookie = 'a=b' })`).
		File("/data", "application/json; charset=utf-8", `{"name":"Grüße"}`).Redirect("/old", "/", 302)
	p, records := pool(t, w, nil)
	page, err := p.Render(t.Context(), h.URL("/old"))
	if err != nil {
		t.Fatal(err)
	}
	if text := page.Text(); !strings.Contains(text, "Grüße, left alone, true") || page.URL != h.URL("/") || page.Status != 200 {
		t.Errorf("%s %d: %s", page.URL, page.Status, text)
	}
	for _, s := range w.Seen() {
		if s.Path == "/i.png" || s.Path == "/s.css" || strings.HasPrefix(s.Path, "/private") {
			t.Errorf("%s was asked for", s.Path)
		}
		if !strings.HasPrefix(s.Header.Get("User-Agent"), "WinnowBot") {
			t.Errorf("we said that we are %q", s.Header.Get("User-Agent"))
		}
	}
	forbidden := false
	for _, r := range records() {
		forbidden = forbidden || (r.Outcome == polite.RobotsForbids && strings.HasSuffix(r.URL, "/private/x"))
	}
	if !forbidden {
		t.Error("the refusal is not in the records")
	}
	if _, err := p.Render(t.Context(), h.URL("/private/page")); fault.CodeOf(err) != "robots_disallowed" {
		t.Errorf("a forbidden page: %v", err)
	}
}

// canary is a port that counts who connects.
func canary(t *testing.T, address string) (string, *atomic.Int64) {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	n := &atomic.Int64{}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			n.Add(1)
			_ = c.Close()
		}
	}()
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().String(), n
}

// TestA10_A11_A12_ChromiumReachesNothingByItself: a page tries everything that a page can: redirects, frames, scripts,
// requests, WebSockets, EventSource, beacons, WebRTC, workers, look-ups ahead, meta refresh, forms, downloads and other
// schemes, at an inside address, at a name that turns inside, and at an address that Chromium could reach if it went by
// itself. With a namespace and without, the canaries hear nothing.
func TestA10_A11_A12_ChromiumReachesNothingByItself(t *testing.T) {
	for _, shared := range []bool{false, true} {
		t.Run(fmt.Sprintf("shared=%v", shared), func(t *testing.T) {
			inside, knocks := canary(t, "127.0.0.1:0")
			_, port, _ := net.SplitHostPort(inside)
			udp, err := new(net.ListenConfig).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			var packets atomic.Int64
			go func() {
				b := make([]byte, 1500)
				for {
					if _, _, err := udp.ReadFrom(b); err != nil {
						return
					}
					packets.Add(1)
				}
			}()
			t.Cleanup(func() { _ = udp.Close() })
			w := web.New(t)
			w.Resolve("turns.test", "127.0.0.1", "10.0.0.1", "10.0.0.1")
			h := w.Host("evil.test").Redirect("/to", "http://"+inside+"/r", 302).
				File("/sw.js", "text/javascript", `self.addEventListener('install', () => fetch('http://`+inside+`/sw'))`).
				File("/worker.js", "text/javascript", `fetch('http://`+inside+`/w').catch(()=>0); new WebSocket('ws://`+inside+`/ww'); importScripts('http://`+inside+`/i')`).
				Page("/{$}", strings.NewReplacer("IN", inside, "PORT", port, "UDP", udp.LocalAddr().String()).Replace(`<!doctype html>
<link rel="preconnect" href="http://IN"><link rel="dns-prefetch" href="http://IN"><link rel="prefetch" href="http://IN/p"><link rel="icon" href="http://IN/icon">
<link rel="modulepreload" href="http://IN/m"><link rel="manifest" href="http://IN/man"><link rel="stylesheet" href="http://IN/css">
<iframe src="http://IN/f"></iframe><iframe src="/to"></iframe><iframe src="file:///etc/passwd"></iframe><img src="http://IN/i"><video src="http://IN/v" autoplay></video><object data="http://IN/o"></object><embed src="http://IN/e">
<script src="http://IN/s"></script><script>
const u = 'http://IN/'; const no = () => 0;
for (const h of ['IN', 'localhost:PORT', '[::1]:PORT', '[::ffff:127.0.0.1]:PORT', '2130706433:PORT', '0x7f.1:PORT', '0:PORT', 'turns.test:PORT']) {
  fetch('http://' + h + '/', {mode: 'no-cors'}).then(() => document.title += ' REACHED ' + h, no);
  try { const s = new WebSocket('ws://' + h + '/'); s.onopen = () => document.title += ' WS ' + h } catch (e) {}
}
fetch('/to', {mode: 'no-cors'}).catch(no); new EventSource(u + 'es'); navigator.sendBeacon(u + 'b', 'x');
try { new Worker('/worker.js') } catch (e) {} try { new SharedWorker('/worker.js') } catch (e) {} try { new Worker(URL.createObjectURL(new Blob(["fetch('" + u + "blob')"]))) } catch (e) {}
try { navigator.serviceWorker.register('/sw.js').catch(no) } catch (e) {}
const f = document.createElement('iframe'); f.srcdoc = "<script>try{var c=new RTCPeerConnection({iceServers:[{urls:'stun:UDP'}]});c.createDataChannel('x');c.createOffer().then(o=>c.setLocalDescription(o))}catch(e){}<" + "/script>"; document.documentElement.append(f);
try { window.open(u + 'popup') } catch (e) {} const a = document.createElement('a'); a.href = u + 'down'; a.download = 'x'; a.target = '_blank'; document.documentElement.append(a); a.click();
const form = document.createElement('form'); form.action = u + 'form'; form.target = 'q'; form.method = 'post'; document.documentElement.append(form); form.submit();
document.title = 'tried';
</script>`)).Page("/meta", `<meta http-equiv="refresh" content="0;url=http://`+inside+`/meta">`).Page("/js", `<script>location = 'http://`+inside+`/js'</script>`)
			p, records := pool(t, w, func(o *browser.Options) { o.Shared = shared })
			page, err := p.Render(t.Context(), h.URL("/"))
			if err != nil {
				t.Fatal(err)
			}
			if text := page.Text(); !strings.Contains(text, "<title>tried</title>") {
				t.Errorf("the page did not try, or reached something: %.300s", text)
			}
			for _, path := range []string{"/to", "/js"} {
				if page, err := p.Render(t.Context(), h.URL(path)); err == nil {
					t.Errorf("%s brought %.200s", path, page.Text())
				}
			}
			_, _ = p.Render(t.Context(), h.URL("/meta"))
			if _, err := p.Render(t.Context(), "http://"+inside+"/"); err == nil {
				t.Error("an inside address was rendered")
			}
			for _, bad := range []string{"file:///etc/passwd", "data:text/html,x", "chrome://version", "javascript:1", "view-source:" + h.URL("/")} {
				if _, err := p.Render(t.Context(), bad); !fault.Is(err, fault.Invalid) {
					t.Errorf("%s: %v", bad, err)
				}
			}
			if n, m := knocks.Load(), packets.Load(); n != 0 || m != 0 {
				t.Errorf("the inside heard %d connections and %d packets; our own records: %+v", n, m, records())
			}
			if shared {
				t.Logf("Chromium itself tried %d connections, which ended at the proxy", p.Swallowed())
			} else if p.Swallowed() != 0 {
				t.Error("Chromium reached the loopback interface from its namespace")
			}
			tried := 0
			for _, r := range records() {
				if strings.Contains(r.URL, port) {
					tried++
				}
			}
			if tried == 0 {
				t.Error("no attempt was taken from Chromium: the test looks at nothing")
			}
		})
	}
}

// children are the processes that this test program has started.
func children() []int {
	out, _ := exec.Command("ps", "-o", "pid=,comm=", "--ppid", strconv.Itoa(os.Getpid())).Output()
	var list []int
	for line := range strings.Lines(string(out)) {
		if f := strings.Fields(line); len(f) == 2 && strings.HasPrefix(f[1], "chrom") {
			pid, _ := strconv.Atoi(f[0])
			list = append(list, pid)
		}
	}
	return list
}

// alive is how many Chromium processes there are that work for chromedp, of whatever parent.
func alive() int {
	out, _ := exec.Command("ps", "-eo", "args").Output()
	return strings.Count(string(out), "user-data-dir="+filepath.Join(os.TempDir(), "chromedp-runner"))
}

// TestF15_ABrowserThatIsStuckOrFatOrKilledIsGone: it is ended, says why, leaves no process behind, and the next one works.
func TestF15_ABrowserThatIsStuckOrFatOrKilledIsGone(t *testing.T) {
	w := web.New(t)
	h := w.Host("bad.test").
		Page("/stuck", `<script>while (true) {}</script>`).
		Page("/fat", `<script>const keep = []; for (;;) { keep.push(new Uint8Array(8 << 20).fill(1)); const t = Date.now(); while (Date.now() - t < 20); }</script>`).
		Page("/huge", `<body><script>document.body.textContent = 'x'.repeat(3 << 20)</script>`).
		Page("/many", `<script>for (let i = 0; i < 500; i++) fetch('/part?' + i).catch(() => 0)</script>`).File("/part", "text/plain", "x").
		Page("/polling", `<script>setInterval(() => fetch('/part').catch(() => 0), 20)</script>polls`).
		Slow("/slow", time.Minute, "x").Page("/fine", "fine")
	p, _ := pool(t, w, func(o *browser.Options) { o.Timeout, o.MaxBytes, o.MemoryMB = 45*time.Second, 1<<20, 400 })
	for path, code := range map[string]string{
		"/stuck": "browser_stuck", "/fat": "browser_memory", "/huge": "answer_too_large", "/many": "", "/polling": "", "/fine": "",
	} {
		_, err := p.Render(t.Context(), h.URL(path))
		if got := map[bool]string{true: "", false: fault.CodeOf(err)}[err == nil]; got != code {
			t.Errorf("%s: %v, want %q", path, err, code)
		}
	}
	parts := 0
	for _, s := range w.Seen() {
		if strings.HasPrefix(s.Path, "/part?") {
			parts++
		}
	}
	if parts == 0 || parts > 80 {
		t.Errorf("a page made %d requests", parts)
	}
	for range 3 { // killed from outside in the middle
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { _, err := p.Render(ctx, h.URL("/slow")); done <- err }()
		testkit.Eventually(t, "the browser", func() bool { return alive() > 0 })
		for _, pid := range children() {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		if err := <-done; err == nil {
			t.Error("a killed browser brought a page")
		}
		cancel()
	}
	testkit.Eventually(t, "no browser to be left behind", func() bool { return alive() == 0 })
	if _, err := p.Render(t.Context(), h.URL("/fine")); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestNoMoreBrowsersThanAllowed(t *testing.T) {
	w := web.New(t)
	var now, most atomic.Int64
	h := w.Host("a.test").Handle("/", func(w http.ResponseWriter, _ *http.Request) {
		most.Store(max(most.Load(), now.Add(1)))
		time.Sleep(300 * time.Millisecond)
		now.Add(-1)
		_, _ = w.Write([]byte("x"))
	}).Robots("")
	p, _ := pool(t, w, func(o *browser.Options) { o.Cap = 2 })
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			if _, err := p.Render(t.Context(), h.URL("/")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most.Load() > 2 {
		t.Errorf("%d browsers at once", most.Load())
	}
}

package browser

import (
	"context"
	"errors"
	"os/exec"
	"time"

	"github.com/chromedp/chromedp"
)

var errNoNamespace = errors.New("no namespace")

// flags keep Chromium from everything that a reader of pages does not need, and from the network.
func (p *Pool) flags(cmd func(*exec.Cmd)) []chromedp.ExecAllocatorOption {
	list := append([]chromedp.ExecAllocatorOption(nil), chromedp.DefaultExecAllocatorOptions[:]...)
	set := map[string]any{
		"proxy-server":                    "http://" + p.sink.Addr().String(),
		"proxy-bypass-list":               "<-loopback>", // loopback too goes to the proxy
		"host-resolver-rules":             "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
		"force-webrtc-ip-handling-policy": "disable_non_proxied_udp", "webrtc-ip-handling-policy": "disable_non_proxied_udp",
		"disable-site-isolation-trials": true, "block-new-web-contents": true, "disable-gpu": true, "no-pings": true,
		"dns-prefetch-disable": true, "disable-component-update": true, "disable-domain-reliability": true, "no-service-autorun": true,
		"disable-quic": true, "js-flags": "--max-old-space-size=256", "blink-settings": "imagesEnabled=false",
		"disable-features": "Translate,BlinkGenPropertyTrees,IsolateOrigins,site-per-process,OptimizationHints,MediaRouter,DialMediaRouteProvider,NetworkPrediction,Prerender2,BackForwardCache,WebRtcHideLocalIpsWithMdns,AsyncDns",
	}
	for name, value := range set {
		list = append(list, chromedp.Flag(name, value))
	}
	return append(list, chromedp.ExecPath(p.o.Path), chromedp.ModifyCmdFunc(cmd), chromedp.UserAgent(p.o.Fetcher.UserAgent()))
}

// watch ends a browser that takes too much memory; tooMuch is called once, before.
func (p *Pool) watch(ctx context.Context, group int, tooMuch func()) {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if memory(group) > int64(p.o.MemoryMB)<<20 {
				tooMuch()
				kill(group)
				return
			}
		}
	}
}

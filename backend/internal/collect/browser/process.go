package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
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

// isolate starts Chromium in a process group and a network namespace of its own, and lets it die with us.
func (p *Pool) isolate(cmd *exec.Cmd) {
	attr := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if !p.shared.Load() {
		attr.Cloneflags = syscall.CLONE_NEWNET
		if os.Getuid() != 0 {
			attr.Cloneflags |= syscall.CLONE_NEWUSER
			attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getuid(), HostID: os.Getuid(), Size: 1}}
			attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getgid(), HostID: os.Getgid(), Size: 1}}
		}
	}
	cmd.SysProcAttr = attr
	cmd.WaitDelay = 5 * time.Second
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

func kill(group int) {
	if group > 1 {
		_ = syscall.Kill(-group, syscall.SIGKILL)
	}
}

// members are the processes of a group.
func members(group int) []int {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var list []int
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue
		}
		_, rest, ok := strings.Cut(string(stat), ") ")
		if f := strings.Fields(rest); ok && len(f) > 2 && f[2] == strconv.Itoa(group) && f[0] != "Z" {
			list = append(list, pid)
		}
	}
	return list
}

// memory is what the processes of a group hold for themselves, in octets.
func memory(group int) int64 {
	var sum int64
	for _, pid := range members(group) {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
		if err != nil {
			continue
		}
		var size, resident, shared int64
		if _, err := fmt.Sscan(string(b), &size, &resident, &shared); err == nil {
			sum += (resident - shared) * int64(os.Getpagesize())
		}
	}
	return sum
}

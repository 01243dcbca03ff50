package polite

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/publicsuffix"
)

// maxLanes bounds what is remembered of hosts; those that were not used for longest are forgotten first, never one that
// is in use or has a gate.
const maxLanes = 20_000

type lanes struct {
	f   *Fetcher
	mu  sync.Mutex
	all map[string]*lane
}

// siteOf is whom a host belongs to: its registrable domain, or the address where it has no name.
func siteOf(host string) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if a, err := netip.ParseAddr(host); err == nil {
		return a.Unmap().String()
	}
	if site, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return site
	}
	return host
}

// site is a host's lane, with what was kept of it.
func (ls *lanes) site(ctx context.Context, host string) *lane {
	key := siteOf(host)
	l, fresh := ls.get(key, func() *lane { return newLane(key, ls.f.o.Interval, ls.f.o.Burst, ls.f.o.PerHost) })
	if fresh && ls.f.o.Gates != nil {
		g, err := ls.f.o.Gates.Load(ctx, key)
		if err != nil {
			ls.f.o.Logger.WarnContext(ctx, "what a host asked for is not known", "host", key, "error", err.Error())
		}
		l.restore(g)
	}
	return l
}

// machine is the lane of an address that several sites may share.
func (ls *lanes) machine(ip string) *lane {
	key := "ip:" + ip
	l, _ := ls.get(key, func() *lane { return newLane(key, ls.f.o.IPInterval, 4, ls.f.o.PerIP) })
	return l
}

func (ls *lanes) get(key string, create func() *lane) (l *lane, fresh bool) {
	now := ls.f.o.Clock.Now()
	ls.mu.Lock()
	defer ls.mu.Unlock()
	l = ls.all[key]
	if l == nil {
		if len(ls.all) >= maxLanes {
			ls.forget(now)
		}
		l, fresh = create(), true
		ls.all[key] = l
	}
	l.users++
	l.used = now
	return l, fresh
}

func (ls *lanes) release(l *lane) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	l.users--
}

// forget drops a half of the lanes that nobody uses and that hold nothing back.
func (ls *lanes) forget(now time.Time) {
	dropped := 0
	for key, l := range ls.all {
		if l.users > 0 || l.closed(now) > 0 || now.Sub(l.used) < time.Minute {
			continue
		}
		delete(ls.all, key)
		if dropped++; dropped >= maxLanes/2 {
			return
		}
	}
}

// remoteIP is the address of a connection's far end.
func remoteIP(a net.Addr) string {
	if a == nil {
		return ""
	}
	host, _, err := net.SplitHostPort(a.String())
	if err != nil {
		return ""
	}
	return host
}

package mailhost_test

import (
	"context"
	"io"
	"log"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/foxcpp/go-mockdns"

	"winnow/backend/internal/platform/mailhost"
)

func zones() map[string]mockdns.Zone {
	timeout := &net.DNSError{Err: "i/o timeout", IsTimeout: true, IsTemporary: true}
	broken := &net.DNSError{Err: "server misbehaving", IsTemporary: true}
	return map[string]mockdns.Zone{
		".":                      {NS: []net.NS{{Host: "a.root-servers.net."}}},
		"takes.example.":         {MX: []net.MX{{Host: "mx.takes.example.", Pref: 10}}},
		"host.example.":          {A: []string{"192.0.2.1"}},
		"six.example.":           {AAAA: []string{"2001:db8::1"}},
		"refuses.example.":       {MX: []net.MX{{Host: ".", Pref: 0}}, A: []string{"192.0.2.1"}},
		"text.example.":          {TXT: []string{"only a text"}},
		"slow.example.":          {Err: timeout},
		"broken.example.":        {Err: broken},
		"xn--mller-kva.example.": {MX: []net.MX{{Host: "mx.example.", Pref: 10}}},
	}
}

func TestADomainTakesMailAsTheNameServiceSays(t *testing.T) {
	t.Parallel()
	a := mailhost.New(mailhost.Options{Names: &mockdns.Resolver{Zones: zones()}})
	for domain, want := range map[string]mailhost.Verdict{
		"takes.example": mailhost.Takes, "TAKES.example": mailhost.Takes, "takes.example.": mailhost.Takes,
		"host.example": mailhost.Takes, "six.example": mailhost.Takes, "müller.example": mailhost.Takes,
		"refuses.example": mailhost.None, "text.example": mailhost.None, "nowhere.example": mailhost.None,
		"slow.example": mailhost.Unknown, "broken.example": mailhost.Unknown,
		"": mailhost.Unknown, "localhost": mailhost.Unknown, "a b.example": mailhost.Unknown, "x..example": mailhost.Unknown,
	} {
		if got := a.Ask(t.Context(), domain); got != want {
			t.Errorf("%q: %s, want %s", domain, got, want)
		}
	}
	if !a.Answers(t.Context()) {
		t.Error("a resolver that knows the root does not answer")
	}
}

// Through the wire of Go's own resolver, whose errors are what decides.
func TestAServerOverTheWireIsUnderstood(t *testing.T) {
	t.Parallel()
	s, err := mockdns.NewServerWithLogger(zones(), log.New(io.Discard, "", 0), false)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r := &net.Resolver{}
	s.PatchNet(r)
	a := mailhost.New(mailhost.Options{Names: r, Timeout: time.Second})
	for domain, want := range map[string]mailhost.Verdict{
		"takes.example": mailhost.Takes, "host.example": mailhost.Takes, "refuses.example": mailhost.None, "nowhere.example": mailhost.None,
		"broken.example": mailhost.Unknown,
	} {
		if got := a.Ask(t.Context(), domain); got != want {
			t.Errorf("%q: %s, want %s", domain, got, want)
		}
	}
}

// Nobody answers, or a resolver without an outside says of every name that it is not there.
func TestWithoutANameServiceNothingIsSaid(t *testing.T) {
	t.Parallel()
	deaf := &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: context.DeadlineExceeded}
	}}
	a := mailhost.New(mailhost.Options{Names: deaf, Timeout: time.Second})
	if got := a.Ask(t.Context(), "takes.example"); got != mailhost.Unknown || a.Answers(t.Context()) {
		t.Errorf("%s by a resolver that nobody answers", got)
	}
	if mailhost.New(mailhost.Options{Names: &mockdns.Resolver{Zones: map[string]mockdns.Zone{}}}).Answers(t.Context()) {
		t.Error("a resolver that knows no root answers")
	}
}

// counting counts how many look-ups are under way.
type counting struct {
	mockdns.Resolver

	now, most atomic.Int32
	let       chan struct{}
}

func (c *counting) LookupMX(context.Context, string) ([]*net.MX, error) {
	n := c.now.Add(1)
	defer c.now.Add(-1)
	for m := c.most.Load(); n > m && !c.most.CompareAndSwap(m, n); m = c.most.Load() {
	}
	<-c.let
	return []*net.MX{{Host: "mx."}}, nil
}

func TestOnlySoManyAreAskedAtOnce(t *testing.T) {
	t.Parallel()
	c := &counting{let: make(chan struct{})}
	a := mailhost.New(mailhost.Options{Names: c, Abreast: 3})
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { a.Ask(t.Context(), "takes.example") })
	}
	for range 20 {
		c.let <- struct{}{}
	}
	all.Wait()
	if c.most.Load() > 3 {
		t.Errorf("%d at once", c.most.Load())
	}
}

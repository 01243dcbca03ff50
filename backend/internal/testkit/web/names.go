package web

import (
	"context"
	"net"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// names is a name server: every name is 127.0.0.1 unless it was told otherwise.
type names struct {
	conn net.PacketConn

	mu    sync.Mutex
	said  map[string][]string
	asked map[string]int
}

func newNames(tb testing.TB) *names {
	tb.Helper()
	conn, err := new(net.ListenConfig).ListenPacket(tb.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	n := &names{conn: conn, said: map[string][]string{}, asked: map[string]int{}}
	done := make(chan struct{})
	go func() { defer close(done); n.serve() }()
	tb.Cleanup(func() { _ = conn.Close(); <-done })
	return n
}

func (n *names) set(name string, addresses []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.said[strings.ToLower(name)] = addresses
}

func (n *names) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", n.conn.LocalAddr().String())
	}}
}

func (n *names) serve() {
	buf := make([]byte, 1500)
	for {
		size, from, err := n.conn.ReadFrom(buf)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(buf[:size]) != nil || len(m.Questions) != 1 {
			continue
		}
		m.Response, m.Additionals = true, nil
		m.Answers = n.answers(m.Questions[0])
		if out, err := m.Pack(); err == nil {
			_, _ = n.conn.WriteTo(out, from)
		}
	}
}

func (n *names) answers(q dnsmessage.Question) []dnsmessage.Resource {
	name := strings.TrimSuffix(strings.ToLower(q.Name.String()), ".")
	n.mu.Lock()
	defer n.mu.Unlock()
	list, told := n.said[name]
	if !told {
		list = []string{"127.0.0.1"}
	}
	if len(list) == 0 {
		return nil
	}
	ip := net.ParseIP(list[min(n.asked[name], len(list)-1)])
	four := ip.To4() != nil
	if four != (q.Type == dnsmessage.TypeA) {
		return nil
	}
	n.asked[name]++
	head := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}
	if four {
		return []dnsmessage.Resource{{Header: head, Body: &dnsmessage.AResource{A: [4]byte(ip.To4())}}}
	}
	return []dnsmessage.Resource{{Header: head, Body: &dnsmessage.AAAAResource{AAAA: [16]byte(ip.To16())}}}
}

// Package mailhost is the door to the name service: it asks whether a domain takes mail. What nobody answers for stays
// unknown; a domain is said to take none only when the name service says so.
package mailhost

import (
	"context"
	"errors"
	"net"
	"strings"
	"time"

	"golang.org/x/net/idna"
)

// Verdict is what is known of a domain.
type Verdict string

// The verdicts.
const (
	Takes   Verdict = "takes"   // it names a host for its mail, or is one
	None    Verdict = "none"    // it is not there, has no host, or says that it takes no mail
	Unknown Verdict = "unknown" // not asked yet, or nobody answered
)

// Names is the name service; *net.Resolver is one.
type Names interface {
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
	LookupHost(ctx context.Context, host string) ([]string, error)
	LookupNS(ctx context.Context, name string) ([]*net.NS, error)
}

// Asker asks about domains, a bounded number at a time. Make one with New.
type Asker struct {
	names   Names
	timeout time.Duration
	slots   chan struct{}
}

// Options set up an Asker. The zero value asks the machine's resolver.
type Options struct {
	Names   Names         // nil = the machine's
	Timeout time.Duration // of one domain; 0 = 5 s
	Abreast int           // domains asked about at once; 0 = 4
}

// New makes an Asker.
func New(o Options) *Asker {
	if o.Names == nil {
		o.Names = &net.Resolver{}
	}
	if o.Timeout <= 0 {
		o.Timeout = 5 * time.Second
	}
	if o.Abreast <= 0 {
		o.Abreast = 4
	}
	return &Asker{names: o.Names, timeout: o.Timeout, slots: make(chan struct{}, o.Abreast)}
}

// Answers reports whether a name service can be reached that knows the root of all names. Without it a name that is "not
// there" proves nothing: networks without an outside say that of every name.
func (a *Asker) Answers(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, a.timeout)
	defer cancel()
	roots, err := a.names.LookupNS(ctx, ".")
	return err == nil && len(roots) > 0
}

// Ask is what the name service says of a domain: by its MX records (a lone "." takes no mail, RFC 7505) and, without
// any, by whether it is a host itself (RFC 5321 §5.1).
func (a *Asker) Ask(ctx context.Context, domain string) Verdict {
	select {
	case a.slots <- struct{}{}:
		defer func() { <-a.slots }()
	case <-ctx.Done():
		return Unknown
	}
	ctx, cancel := context.WithTimeout(ctx, a.timeout)
	defer cancel()
	name, err := idna.Lookup.ToASCII(strings.TrimSuffix(domain, "."))
	if err != nil || !strings.Contains(name, ".") || strings.Contains(name, "..") {
		return Unknown
	}
	name += "." // the whole name: no search list of the machine is tried
	records, err := a.names.LookupMX(ctx, name)
	switch {
	case len(records) > 0:
		return byRecords(records)
	case err != nil && !absent(err):
		return Unknown
	}
	hosts, err := a.names.LookupHost(ctx, name)
	switch {
	case err == nil && len(hosts) > 0:
		return Takes
	case err == nil || absent(err):
		return None
	}
	return Unknown
}

func byRecords(records []*net.MX) Verdict {
	for _, r := range records {
		if r.Host != "." && r.Host != "" {
			return Takes
		}
	}
	return None
}

// absent: the name service says that there is none.
func absent(err error) bool {
	e, ok := errors.AsType[*net.DNSError](err)
	return ok && e.IsNotFound && !e.IsTimeout && !e.IsTemporary
}

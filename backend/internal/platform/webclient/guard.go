package webclient

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"code.dny.dev/ssrf"

	"winnow/backend/internal/fault"
)

// redirect follows at most five hops, never down from https, never from outside to an allowed private host, and takes
// nothing of the request along to another host.
func (c *Client) redirect(req *http.Request, via []*http.Request) error {
	if len(via) > maxHops {
		return unreachable(errors.New("too many redirects"))
	}
	last, to := via[len(via)-1].URL, address(req.URL)
	if check(req.URL) != nil || (last.Scheme == "https" && req.URL.Scheme != "https") {
		return unreachable(errors.New("redirect to another scheme"))
	}
	if c.allowed[to] && to != address(via[0].URL) {
		return unreachable(errors.New("redirect to an allowed host"))
	}
	if to != address(via[0].URL) {
		kept := http.Header{}
		for _, name := range []string{"Accept", "Accept-Language", "User-Agent", "Content-Type"} {
			if v := req.Header.Values(name); len(v) > 0 {
				kept[name] = v
			}
		}
		req.Header = kept //nolint:gosec // kept holds four harmless headers and no credential
	}
	return nil
}

// guard checks each hop and bounds its answer.
type guard struct{ c *Client }

// RoundTrip sends one request.
func (g guard) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := check(req.URL); err != nil {
		return nil, err
	}
	if req.Header.Get("User-Agent") == "" {
		req = req.Clone(req.Context())
		req.Header.Set("User-Agent", g.c.o.UserAgent)
	}
	resp, err := g.c.base.RoundTrip(req)
	if err != nil {
		return nil, g.failed(req, err)
	}
	resp.Body = &bounded{body: resp.Body, left: g.c.o.MaxBytes}
	return resp, nil
}

// failed hides why a host did not answer, which would let a user map the network behind the server; the log has it. For
// hosts that the operator named, the cause stays.
func (g guard) failed(req *http.Request, err error) error {
	if req.Context().Err() != nil {
		return fmt.Errorf("%s: %w", req.URL.Host, err)
	}
	if g.c.allowed[address(req.URL)] {
		return unreachable(err)
	}
	blocked := errors.Is(err, ssrf.ErrProhibitedIP) || errors.Is(err, ssrf.ErrProhibitedPort) || errors.Is(err, ssrf.ErrProhibitedNetwork)
	if blocked {
		g.c.o.Logger.WarnContext(req.Context(), "a request to a private address was blocked", "host", req.URL.Host, "error", err.Error())
	}
	return unreachable(nil)
}

// bounded reads up to left bytes and then fails.
type bounded struct {
	body io.ReadCloser
	left int64
}

// Read reads, and fails with TooLarge once more than the bound has come.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, tooLarge()
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.body.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		return n + int(b.left), tooLarge()
	}
	return n, err
}

// Close closes the body.
func (b *bounded) Close() error { return b.body.Close() }

func tooLarge() error {
	return fault.New(fault.TooLarge, "answer_too_large", "The answer of the other server is too large")
}

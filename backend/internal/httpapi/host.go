package httpapi

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
)

// hostRule says which Host a request may name (A22, DNS rebinding): that of the base URL and, from this machine itself,
// a loopback name with any port.
type hostRule struct{ base string }

func newHostRule(baseURL string) (hostRule, error) {
	u, err := url.Parse(baseURL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return hostRule{}, fmt.Errorf("WINNOW_BASE_URL %q must look like https://winnow.example.com", baseURL)
	}
	return hostRule{base: canonicalHost(u.Host, u.Scheme)}, nil
}

func canonicalHost(host, scheme string) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if scheme == "https" {
		return strings.TrimSuffix(host, ":443")
	}
	return strings.TrimSuffix(host, ":80")
}

func (h hostRule) allows(host, peer string) bool {
	if canonicalHost(host, "http") == h.base || canonicalHost(host, "https") == h.base {
		return true
	}
	name := host
	if n, port, err := net.SplitHostPort(host); err == nil {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return false
		}
		name = n
	}
	return isLoopbackName(name) && isLoopbackPeer(peer)
}

func isLoopbackName(name string) bool {
	name = strings.Trim(strings.ToLower(name), "[]")
	if name == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(name)
	return err == nil && a.Unmap().IsLoopback()
}

func isLoopbackPeer(remoteAddr string) bool {
	a, err := netip.ParseAddrPort(remoteAddr)
	return err == nil && a.Addr().Unmap().IsLoopback()
}

// checkHost refuses requests that name a host which is not ours. Probes of orchestrators name the machine's address, so
// the health and metrics pages are open to any name.
func (s *Server) checkHost(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		switch r.URL.Path {
		case "/healthz", "/readyz", "/metrics":
			return next(c)
		}
		if !s.hosts.allows(r.Host, r.RemoteAddr) {
			return &statusError{
				http.StatusMisdirectedRequest, "host_unknown",
				"This server does not answer under this name. Set WINNOW_BASE_URL to the address in your browser.",
			}
		}
		return next(c)
	}
}

// ipExtractor tells a client's address: the peer's, or what trusted proxies report of it (A27).
func ipExtractor(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	opts := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range trusted {
		_, n, err := net.ParseCIDR(p.Masked().String())
		if err == nil {
			opts = append(opts, echo.TrustIPRange(n))
		}
	}
	return echo.ExtractIPFromXFFHeader(opts...)
}

package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/currency"
)

// Each parser returns the function that turns a setting's text into a value. Messages never repeat a secret.

func text(to *string) func(string) error {
	return func(s string) error { *to = s; return nil }
}

func required(to *string) func(string) error {
	return func(s string) error {
		if s == "" {
			return errors.New("it is empty; leave it out to keep the default")
		}
		*to = s
		return nil
	}
}

func oneOf(to *string, choices ...string) func(string) error {
	return func(s string) error {
		if !slices.Contains(choices, s) {
			return fmt.Errorf("%q is none of %s", s, strings.Join(choices, ", "))
		}
		*to = s
		return nil
	}
}

func onOff(to *bool) func(string) error {
	return func(s string) error {
		if s != "on" && s != "off" {
			return fmt.Errorf("%q is neither on nor off", s)
		}
		*to = s == "on"
		return nil
	}
}

func number(to *int, low, high int) func(string) error {
	return func(s string) error {
		n, err := strconv.Atoi(s)
		if err != nil || n < low || n > high {
			return fmt.Errorf("%q is not a whole number from %d to %d", s, low, high)
		}
		*to = n
		return nil
	}
}

func workers(to *int) func(string) error {
	return func(s string) error {
		if err := number(to, 0, 1000)(s); err != nil {
			return err
		}
		if *to == 0 {
			*to = max(4, 2*runtime.GOMAXPROCS(0))
		}
		return nil
	}
}

func roles(to *[]Role) func(string) error {
	return func(s string) error {
		var out []Role
		for _, item := range split(s) {
			r := Role(item)
			if r != RoleAPI && r != RoleWorker && r != RoleScheduler {
				return fmt.Errorf("%q is none of api, worker, scheduler", item)
			}
			if !slices.Contains(out, r) {
				out = append(out, r)
			}
		}
		if len(out) == 0 {
			return errors.New("it names no role; use any of api, worker, scheduler")
		}
		*to = out
		return nil
	}
}

func currencyCode(to *string) func(string) error {
	return func(s string) error {
		unit, err := currency.ParseISO(s)
		if err != nil {
			return fmt.Errorf("%q is not an ISO 4217 currency code such as USD or EUR", s)
		}
		*to = unit.String()
		return nil
	}
}

func level(to *slog.Level) func(string) error {
	return func(s string) error {
		levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
		l, ok := levels[strings.ToLower(s)]
		if !ok {
			return fmt.Errorf("%q is none of debug, info, warn, error", s)
		}
		*to = l
		return nil
	}
}

// duration reads Go's notation and whole days ("30d").
func duration(to *time.Duration) func(string) error {
	return func(s string) error {
		d, err := time.ParseDuration(s)
		if days, ok := strings.CutSuffix(s, "d"); ok {
			var n int
			n, err = strconv.Atoi(days)
			d = time.Duration(n) * 24 * time.Hour
		}
		if err != nil || d < 0 || d > 3650*24*time.Hour {
			return fmt.Errorf("%q is not a length of time such as 90m, 12h or 30d (at most 3650d)", s)
		}
		*to = d
		return nil
	}
}

func price(to *Micros) func(string) error {
	return func(s string) error {
		m, err := ParseMicros(s)
		if err != nil {
			return err
		}
		*to = m
		return nil
	}
}

func mailbox(to *string) func(string) error {
	return func(s string) error {
		a, err := mail.ParseAddress(s)
		if err != nil {
			return fmt.Errorf("%q is not an address such as Winnow <winnow@example.com>", s)
		}
		*to = a.String()
		return nil
	}
}

// contact reads a web address or mailto:.
func contact(to *string) func(string) error {
	return func(s string) error {
		u, err := url.Parse(s)
		mail := err == nil && u.Scheme == "mailto" && strings.Contains(u.Opaque, "@") && !strings.ContainsAny(u.Opaque, " ()<>")
		page := err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil
		if !mail && !page {
			return fmt.Errorf("%q is neither a web address (https://…) nor mailto:you@example.com", s)
		}
		*to = s
		return nil
	}
}

func hostPort(to *string) func(string) error {
	return func(s string) error {
		host, port, err := net.SplitHostPort(s)
		if err != nil || !portOK(port, 0) {
			return fmt.Errorf("%q is not host:port such as 127.0.0.1:8080", s)
		}
		*to = net.JoinHostPort(host, port)
		return nil
	}
}

func portOK(port string, least uint64) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n >= least
}

func parseHostPort(s string) (string, error) {
	host, port, err := net.SplitHostPort(s)
	if err != nil || host == "" || !portOK(port, 1) || strings.ContainsAny(host, "/@*? ") {
		return "", fmt.Errorf("%q is not host:port such as ollama.internal:11434", s)
	}
	return net.JoinHostPort(strings.ToLower(host), port), nil
}

func webURL(to *string) func(string) error {
	return func(s string) error {
		u, err := url.Parse(s)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
			return errors.New("it is not an address such as https://api.example.com/v1")
		}
		if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			return errors.New("it holds a user, a query or a fragment; give the bare address, and the key as WINNOW_AI_API_KEY")
		}
		*to = strings.TrimRight(u.String(), "/")
		return nil
	}
}

func origin(to *string) func(string) error {
	return func(s string) (err error) {
		*to, err = parseOrigin(s)
		return err
	}
}

func parseOrigin(s string) (string, error) {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || strings.Contains(s, "*") {
		return "", errors.New("it is not an address such as https://winnow.example.com (wildcards are refused)")
	}
	if u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return "", errors.New("it has more than scheme, host and port; give it as https://winnow.example.com")
	}
	host := strings.ToLower(u.Host)
	if u.Scheme == "https" {
		host = strings.TrimSuffix(host, ":443")
	} else {
		host = strings.TrimSuffix(host, ":80")
	}
	return u.Scheme + "://" + host, nil
}

func prefixes(to *[]netip.Prefix) func(string) error {
	return listOf(to, func(s string) (netip.Prefix, error) {
		if a, err := netip.ParseAddr(s); err == nil {
			return netip.PrefixFrom(a, a.BitLen()), nil
		}
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return p, fmt.Errorf("%q is neither an IP address nor a network such as 10.0.0.0/8", s)
		}
		if p.Bits() == 0 {
			return p, fmt.Errorf("%q trusts everybody; name the proxy's own address or network", s)
		}
		return p.Masked(), nil
	})
}

func listOf[T any](to *[]T, parse func(string) (T, error)) func(string) error {
	return func(s string) error {
		var out []T
		var errs []error
		for _, item := range split(s) {
			v, err := parse(item)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			out = append(out, v)
		}
		*to = out
		return errors.Join(errs...)
	}
}

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' })
}

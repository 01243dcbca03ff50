package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"winnow/backend/internal/config"
	"winnow/backend/internal/fault"
)

func healthCommand() *cobra.Command {
	var address string
	var timeout time.Duration
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Ask a running server whether it is ready; for health checks of containers and scripts",
		Long: "Asks /readyz: the server answers, its database does too, and the schema is up to date. Ends with 0 when it is ready and\n" +
			"with 3 when it is not. It reads WINNOW_ADDR, opens no database and needs no shell, so it works in a bare container.",
		Example: "  winnow health\n  winnow health --url http://127.0.0.1:8080/healthz --timeout 2s",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if address == "" {
				cfg, err := config.Load(config.Options{})
				if err != nil {
					return err
				}
				address = readyURL(cfg.Server.Addr)
			}
			ctx, cancel := context.WithTimeout(cmd.Context(), timeout)
			defer cancel()
			if err := askHealth(ctx, address); err != nil {
				return err
			}
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "ready")
			return err
		},
	}
	cmd.Flags().StringVar(&address, "url", "", "address to ask (default: /readyz on the port of WINNOW_ADDR, on this machine)")
	cmd.Flags().DurationVar(&timeout, "timeout", 3*time.Second, "how long to wait for the answer")
	return cmd
}

// readyURL is where a server that listens on addr answers on this machine. A server that listens everywhere is asked on
// loopback.
func readyURL(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err != nil || host == "" || (ip != nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port) + "/readyz"
}

// askHealth is nil when address answers 200, else a fault of kind Unavailable (Invalid for an address that is none).
func askHealth(ctx context.Context, address string) error {
	if u, err := url.Parse(address); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return fault.Newf(fault.Invalid, "health_url_invalid", "--url %q must look like http://127.0.0.1:8080/readyz", address)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "health_url_invalid", "--url must look like http://127.0.0.1:8080/readyz")
	}
	// Neither proxies nor redirects: the question is about this very address.
	client := http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	res, err := client.Do(req)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "server_unreachable", "No server answers at "+address+". Is it running? Start one with: winnow serve")
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return fault.Wrap(errors.New(detailOf(res)), fault.Unavailable, "server_not_ready", "The server at "+address+" answers that it is not ready.")
	}
	return nil
}

// detailOf is what an answer says of itself in words.
func detailOf(res *http.Response) string {
	var p struct {
		Detail string `json:"detail"`
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, 64<<10)).Decode(&p); err != nil || p.Detail == "" {
		return res.Status
	}
	return p.Detail
}

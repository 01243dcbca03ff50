package main

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/spf13/cobra"

	"winnow/api"
	"winnow/backend/internal/app"
	"winnow/backend/internal/config"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/platform/telemetry"
	"winnow/frontend"
)

func serveCommand() *cobra.Command {
	var addr string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the web app and the API, and work in the background, from one process",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := loadConfig()
			if err != nil {
				return err
			}
			if addr != "" {
				cfg.Server.Addr = addr
			}
			return serve(cmd, cfg)
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "", "host:port to listen on (default: WINNOW_ADDR, 127.0.0.1:8080)")
	return cmd
}

func workerCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "worker",
		Short: "Work in the background only: for a second process beside the server, on PostgreSQL",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := loadConfig()
			if err != nil {
				return err
			}
			if cfg.Data.SQLite() {
				return fault.New(fault.Invalid, "worker_needs_postgres", "A separate worker needs PostgreSQL (WINNOW_DATABASE_URL); with the built-in database `winnow serve` does the work itself.")
			}
			cfg.Process.Roles = []config.Role{config.RoleWorker, config.RoleScheduler}
			return runApp(cmd.Context(), cfg, nil)
		},
	}
}

// serve listens first, so that a taken port is told before anything else is touched.
func serve(cmd *cobra.Command, cfg config.Config) error {
	ln, err := (&net.ListenConfig{}).Listen(cmd.Context(), "tcp", cfg.Server.Addr)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "address_unusable", "Cannot listen on "+cfg.Server.Addr+". Is Winnow running already? Another address: winnow serve --addr 127.0.0.1:8081")
	}
	if _, err := fmt.Fprintf(cmd.ErrOrStderr(), "Winnow %s is at %s\n", version, cfg.Server.BaseURL); err != nil {
		return errors.Join(err, ln.Close())
	}
	return runApp(cmd.Context(), cfg, ln)
}

// runApp composes the product and runs it until ctx ends.
func runApp(ctx context.Context, cfg config.Config, ln net.Listener) (err error) {
	logs, err := telemetry.NewLogs(telemetry.LogOptions{
		Level: cfg.Log.Level, Dir: cfg.Log.Dir, MaxMB: cfg.Log.MaxMB,
		Secrets: cfg.Secrets(),
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, logs.Close()) }()
	for _, w := range cfg.Warnings {
		logs.App.WarnContext(ctx, w)
	}
	parts := app.Parts{Server: httpapi.Deps{UI: frontend.Dist(), OpenAPI: api.OpenAPI, Access: logs.API, Version: version}, Log: logs.App}
	a, err := app.New(ctx, cfg, parts)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	return a.Run(ctx, ln)
}

package main

import (
	"context"
	"errors"
	"log/slog"
	"os"

	"winnow/backend/internal/account"
	"winnow/backend/internal/app"
	"winnow/backend/internal/config"
)

// withApp runs f on the workspace of the settings, as the machine's own operator, with nothing working beside it. Logs go
// to standard error, from warnings up, so that output stays clean.
func withApp(ctx context.Context, f func(context.Context, *app.App) error) error {
	cfg, err := loadConfig()
	if err != nil {
		return err
	}
	return withAppOf(ctx, cfg, f)
}

func withAppOf(ctx context.Context, cfg config.Config, f func(context.Context, *app.App) error) (err error) {
	cfg.Process.Roles = []config.Role{config.RoleAPI}
	a, err := app.New(ctx, cfg, app.Parts{Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	return f(account.With(ctx, account.System()), a)
}

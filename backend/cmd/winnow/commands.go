package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/config"
	"winnow/backend/internal/platform/db"
)

// commands is every command, in the order in which help lists them by name.
func commands() []*cobra.Command {
	return []*cobra.Command{qualifyCommand(), importCommand(), sweepCommand(), exportCommand(), initCommand(), serveCommand(), workerCommand(), userCommand(), migrateCommand(), evalCommand(), benchCommand(), doctorCommand(), healthCommand()}
}

// loadConfig reads the settings of this process and makes the secret key where it may.
func loadConfig() (config.Config, error) {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		return cfg, err
	}
	return config.EnsureSecretKey(cfg)
}

// openDatabase opens the database that the settings name.
func openDatabase(ctx context.Context) (*db.DB, error) {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		return nil, err
	}
	return db.Open(ctx, db.Options{URL: cfg.Data.DatabaseURL.Reveal(), DataDir: cfg.Data.Dir, Now: clock.System{}.Now})
}

// interactive reports whether a person sits at the terminal.
func interactive() bool {
	return term.IsTerminal(int(os.Stdin.Fd()))
}

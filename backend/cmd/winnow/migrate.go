package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"winnow/backend/internal/platform/db"
)

func migrateCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "migrate", Short: "Bring the database's schema up to date, or a step down"}
	var asJSON bool
	run := func(use, short string, f func(*cobra.Command, *db.DB) error) *cobra.Command {
		return &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := openDatabase(cmd.Context())
			if err != nil {
				return err
			}
			defer func() { _ = d.Close() }()
			if err := f(cmd, d); err != nil {
				return err
			}
			return printSteps(cmd, d, asJSON)
		}}
	}
	cmd.AddCommand(
		run("up", "Run every migration that has not run yet", func(c *cobra.Command, d *db.DB) error { return d.Migrate(c.Context()) }),
		run("down", "Undo the newest migration (data in its tables is lost)", func(c *cobra.Command, d *db.DB) error { return d.Down(c.Context()) }),
		run("status", "List the migrations", func(*cobra.Command, *db.DB) error { return nil }),
	)
	cmd.PersistentFlags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func printSteps(cmd *cobra.Command, d *db.DB, asJSON bool) error {
	steps, err := d.Status(cmd.Context())
	if err != nil {
		return err
	}
	if asJSON {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(steps)
	}
	for _, s := range steps {
		mark := "waiting"
		if s.Applied {
			mark = "applied"
		}
		if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%-8s %s\n", mark, s.ID); err != nil {
			return err
		}
	}
	return nil
}

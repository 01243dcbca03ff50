package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"winnow/backend/internal/app"
)

func sweepCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "sweep",
		Short: "Look through all leads for duplicates",
		Long: "Learns from the leads themselves how to weigh what agrees and what differs, then compares each lead with its likes. What may\n" +
			"be the same waits on the page Duplicates for somebody to decide. A sweep that was stopped goes on where it was.",
		Example: "  winnow sweep",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				began := a.Clock.Now()
				sw, err := a.Finder.Prepare(ctx)
				if err == nil {
					sw, err = a.Finder.Run(ctx, sw.ID)
				}
				if err != nil {
					return err
				}
				took := a.Clock.Now().Sub(began)
				if asJSON {
					return json.NewEncoder(cmd.OutOrStdout()).Encode(map[string]any{"leads": sw.Total, "found": sw.Found, "seconds": took.Seconds()})
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s looked through in %.1f s: %s may be the same.\n", counted(sw.Total, "lead"), took.Seconds(), counted(sw.Found, "pair"))
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

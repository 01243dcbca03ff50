package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"winnow/backend/internal/app/doctor"
	"winnow/backend/internal/config"
	"winnow/backend/internal/fault"
	"winnow/frontend"
)

func doctorCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "doctor", Short: "Check the set-up and say how to mend it", Args: cobra.NoArgs,
		Long: "Looks at settings, data folder, database, profile, web app, model, Redis and mail server. It changes nothing and sends nothing.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			found := doctor.Setup(cmd.Context(), config.Options{}, frontend.Dist())
			if asJSON {
				if err := json.NewEncoder(cmd.OutOrStdout()).Encode(found); err != nil {
					return err
				}
			} else if err := printFindings(cmd, found); err != nil {
				return err
			}
			for _, f := range found {
				if f.State == doctor.Fault {
					return fault.New(fault.Invalid, "setup_faulty", "Something has to be mended; see above.")
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func printFindings(cmd *cobra.Command, found []doctor.Finding) error {
	mark := map[string]string{doctor.OK: "ok   ", doctor.Note: "note ", doctor.Fault: "FAULT"}
	for _, f := range found {
		if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s  %-12s %s\n", mark[f.State], f.What, f.Says); err != nil {
			return err
		}
		if f.Mend != "" {
			if _, err := fmt.Fprintf(cmd.OutOrStdout(), "       %-12s → %s\n", "", f.Mend); err != nil {
				return err
			}
		}
	}
	return nil
}

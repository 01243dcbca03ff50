package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"winnow/backend/internal/collect/evalset"
)

func evalCollectCommand() *cobra.Command {
	var asJSON, details bool
	cmd := &cobra.Command{
		Use:   "collect DIR",
		Short: "Read saved pages and answers, and compare what connectors make of them with right answers",
		Long: "DIR holds CONNECTOR/NAME.html (or .json, .xml, .csv) and beside it NAME.expected.json: a list of leads by the names of their\n" +
			"fields. Values are compared in their normal form (case of e-mail addresses, digits of phone numbers, addresses without\n" +
			"tracking). A field that an answer never names is not judged, except who somebody is and how to reach them. Nothing is fetched.",
		Example: "  winnow eval collect ./saved\n  winnow eval collect ./saved --json",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			cases, err := evalset.Load(args[0])
			if err != nil {
				return err
			}
			report, err := evalset.Run(cases)
			if err != nil {
				return err
			}
			if asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(report)
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), report.Text(details))
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.Flags().BoolVar(&details, "details", false, "list the figures of each field, and each wrong and missed value")
	return cmd
}

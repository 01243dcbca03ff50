package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"winnow/backend/internal/intake/linkage/evalset"
)

func evalDedupCommand() *cobra.Command {
	var truth evalset.Truth
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "dedup FILE [FILE2]",
		Short: "Find the twins in a file, or link two files, and compare with the entities that a column names",
		Long: "Columns are read as an import would read them; those that it does not know are compared by what their values look like.\n" +
			"The truth column is left out of the comparison. With two files only pairs across them count.",
		Example: "  winnow eval dedup people.csv --truth-column cluster\n" +
			"  winnow eval dedup a.csv b.csv --truth-column rec_id --truth-pattern '^rec-([0-9]+)-'",
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			files := make([]*evalset.File, len(args))
			for i, path := range args {
				var err error
				if files[i], err = evalset.Load(path, truth); err != nil {
					return err
				}
			}
			report := evalset.Run(files...)
			if asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(report)
			}
			_, err := fmt.Fprint(cmd.OutOrStdout(), report.Text())
			return err
		},
	}
	cmd.Flags().StringVar(&truth.Column, "truth-column", "", "column that names each record's entity")
	cmd.Flags().StringVar(&truth.Pattern, "truth-pattern", "", "regular expression on that column; its first group is the entity")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	_ = cmd.MarkFlagRequired("truth-column")
	return cmd
}

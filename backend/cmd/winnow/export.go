package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"winnow/backend/internal/app"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
)

func exportCommand() *cobra.Command {
	var q lead.Query
	var format, out string
	var corrections bool
	var columns []string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the leads, best first, as CSV, XLSX, JSON or JSON Lines",
		Long: "Write the leads, best first, as CSV, XLSX, JSON or JSON Lines. Columns that begin with winnow_ hold what only Winnow knows; an\n" +
			"import leaves them out, so that an exported file read back gives the same leads.",
		Example: `  winnow export > leads.csv
  winnow export -o best.xlsx --filter 'grade in (A+,A) and created_at > -14d'
  winnow export --format json --search "spreadsheet" --sort -created_at
  winnow export --columns name,email,grade -o names.csv
  winnow export --corrections -o corrected.jsonl`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if corrections {
				return exportCorrections(cmd.Context(), out, cmd.OutOrStdout(), cmd.ErrOrStderr())
			}
			f := formatOf(format, out)
			return withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				e, err := a.Leads.Export(ctx, f, q, painNames(ctx, a), lead.Choice{Columns: columns})
				if err != nil {
					return err
				}
				n, err := writeExport(ctx, e, out, cmd.OutOrStdout())
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(cmd.ErrOrStderr(), "%s exported.\n", counted(n, "lead"))
				return err
			})
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "file to write; its ending names the format (default: standard output)")
	cmd.Flags().StringVar(&format, "format", "", "csv, xlsx, json or jsonl")
	cmd.Flags().StringSliceVar(&columns, "columns", nil, "only these, in this order, e.g. name,email,grade,custom.budget")
	cmd.Flags().BoolVar(&corrections, "corrections", false, "write what people corrected instead, as labelled leads for winnow eval qualify")
	cmd.Flags().StringVar(&q.Filter, "filter", "", "as in the app, e.g. 'grade in (A+,A) and source = linkedin'")
	cmd.Flags().StringVar(&q.Search, "search", "", "words to find in name, company, title and text")
	cmd.Flags().StringVar(&q.Sort, "sort", "", "e.g. -score,created_at")
	return cmd
}

// formatOf is the format asked for, else what the file's ending says, else CSV.
func formatOf(format, out string) lead.Format {
	if format == "" {
		format = strings.ToLower(strings.TrimPrefix(filepath.Ext(out), "."))
	}
	if format == "" {
		return lead.CSV
	}
	return lead.Format(format)
}

// painNames names pain points by the profile in force; without one their ids stand for them.
func painNames(ctx context.Context, a *app.App) lead.Pains {
	names := map[string]string{}
	if set, err := a.Profiles.Current(ctx); err == nil {
		for _, p := range set.PainPoints.PainPoints {
			names[p.ID] = p.Name
		}
	}
	return func(id string) string {
		if n := names[id]; n != "" {
			return n
		}
		return id
	}
}

// writeExport writes to a file, which appears only when it is whole, or to w.
func writeExport(ctx context.Context, e *lead.Export, out string, w io.Writer) (n int, err error) {
	if out == "" {
		b := bufio.NewWriter(w)
		if n, err = e.Write(ctx, b); err != nil {
			return n, err
		}
		return n, b.Flush()
	}
	tmp, err := os.CreateTemp(filepath.Dir(out), ".winnow-export-*")
	if err != nil {
		return 0, fault.Wrap(err, fault.Invalid, "output_unwritable", "The file "+out+" cannot be written; check the folder and its rights.")
	}
	defer func() { _ = os.Remove(tmp.Name()) }() // gone already once it has its name
	b := bufio.NewWriter(tmp)
	if n, err = e.Write(ctx, b); err == nil {
		err = b.Flush()
	}
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return n, err
	}
	if err := os.Rename(tmp.Name(), out); err != nil {
		return n, fault.Wrap(err, fault.Invalid, "output_unwritable", "The file "+out+" cannot be written; check the folder and its rights.")
	}
	return n, nil
}

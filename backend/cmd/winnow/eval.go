package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"winnow/backend/internal/app"
	"winnow/backend/internal/config"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify/evalset"
)

func evalCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "eval", Short: "Measure the product against labelled data"}
	cmd.AddCommand(evalQualifyCommand(), evalDedupCommand(), evalCollectCommand())
	return cmd
}

func evalQualifyCommand() *cobra.Command {
	var profiles, analyzer string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "qualify FILE.jsonl",
		Short: "Compare an analyzer's grades, disqualifiers and pains with labelled leads",
		Long:  "Each record names its profile, a folder of --profiles. Odd and even lines are reported apart: tune on one, trust the other.",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return fault.Wrap(err, fault.Invalid, "file_unreadable", "The file "+args[0]+" cannot be read.")
			}
			defer func() { _ = f.Close() }()
			records, err := evalset.Load(f)
			if err != nil {
				return err
			}
			sets, err := profilesOf(profiles, records)
			if err != nil {
				return err
			}
			return evaluate(cmd, analyzer, sets, records, asJSON)
		},
	}
	cmd.Flags().StringVar(&profiles, "profiles", "", "folder that holds a folder for each profile")
	cmd.Flags().StringVar(&analyzer, "analyzer", "rules", "rules or llm")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	_ = cmd.MarkFlagRequired("profiles")
	return cmd
}

// profilesOf loads the profile that each record names.
func profilesOf(dir string, records []evalset.Record) (map[string]*profile.Set, error) {
	sets := map[string]*profile.Set{}
	for _, r := range records {
		if sets[r.Profile] != nil {
			continue
		}
		if r.Profile != filepath.Base(r.Profile) || r.Profile == "" || r.Profile == ".." || r.Profile == "." {
			return nil, fault.Newf(fault.Invalid, "profile_name_bad", "The record %s names the profile %q, which is no folder's name.", r.ID, r.Profile)
		}
		set, err := profile.LoadDir(filepath.Join(dir, r.Profile))
		if err != nil {
			return nil, err
		}
		sets[r.Profile] = set
	}
	return sets, nil
}

func evaluate(cmd *cobra.Command, analyzer string, sets map[string]*profile.Set, records []evalset.Record, asJSON bool) (err error) {
	dir, err := os.MkdirTemp("", "winnow-eval-")
	if err != nil {
		return fmt.Errorf("make a throw-away workspace: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	cfg, err := config.Load(config.Options{})
	if err != nil {
		return err
	}
	cfg.Data = config.Data{Dir: dir, CacheTTL: cfg.Data.CacheTTL}
	if cfg, err = config.EnsureSecretKey(cfg); err != nil {
		return err
	}
	return withAppOf(cmd.Context(), cfg, func(ctx context.Context, a *app.App) error {
		an, err := a.Judge.Analyzer(analyzer)
		if err != nil {
			return err
		}
		report, err := evalset.Run(ctx, an, sets, records)
		if err != nil {
			return err
		}
		if analyzer == "rules" { // a model would be paid for each try
			n, err := evalset.Inject(ctx, an, sets, records, evalset.Attacks(), false)
			if err != nil {
				return err
			}
			report.Injections = &n
		}
		if asJSON {
			return json.NewEncoder(cmd.OutOrStdout()).Encode(report)
		}
		_, err = fmt.Fprint(cmd.OutOrStdout(), report.Text())
		return err
	})
}

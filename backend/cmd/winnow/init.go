package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"winnow/backend/internal/config"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/profile/wizard"
)

func initCommand() *cobra.Command {
	var given profile.Answers
	var template, dir string
	var minimum, maximum int
	var force, yes bool
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a starting profile: what you sell, to whom, and which pains count",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("min-employees") {
				given.MinEmployees = &minimum
			}
			if cmd.Flags().Changed("max-employees") {
				given.MaxEmployees = &maximum
			}
			if dir == "" {
				cfg, err := config.Load(config.Options{})
				if err != nil {
					return err
				}
				dir = cfg.Data.ProfileDir
			}
			if !yes && interactive() {
				var err error
				if given, template, err = wizard.Ask(cmd.InOrStdin(), cmd.OutOrStdout(), given, template); err != nil {
					return err
				}
			}
			if template == "" {
				template = profile.DefaultTemplate
			}
			docs, err := profile.Compose(given, template)
			if err != nil {
				return err
			}
			written, err := wizard.WriteFiles(dir, docs, force)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Written:\n  %s\nA running Winnow takes them over within seconds; each edit of a file makes a new version.\n", strings.Join(written, "\n  "))
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&template, "template", "", "start from manufacturing, saas, retail or services")
	f.StringVar(&dir, "dir", "", "folder to write to (default: WINNOW_PROFILE_DIR, else profile/ in the data folder)")
	f.BoolVar(&force, "force", false, "replace files that are there already")
	f.BoolVarP(&yes, "yes", "y", false, "ask nothing; what no flag says stays as the template has it")
	f.StringVar(&given.Name, "name", "", "your company's name")
	f.StringVar(&given.Website, "website", "", "your website")
	f.StringVar(&given.Category, "category", "", "what kind of thing you sell")
	f.StringVar(&given.OneLiner, "one-liner", "", "what you do, in a sentence")
	f.StringVar(&given.Email, "email", "", "your sales address")
	f.StringVar(&given.Region, "region", "", "country of phone numbers without a prefix (two letters, e.g. IN)")
	f.StringSliceVar(&given.Industries, "industries", nil, "industries you sell to")
	f.StringSliceVar(&given.Geographies, "geographies", nil, "countries you sell to")
	f.StringSliceVar(&given.Exclusions, "exclusions", nil, "whom you do not sell to")
	f.StringSliceVar(&given.DecisionMakers, "decision-makers", nil, "titles that decide")
	f.StringSliceVar(&given.Influencers, "influencers", nil, "titles that influence")
	f.StringSliceVar(&given.Competitors, "competitors", nil, "products that compete with yours")
	f.StringSliceVar(&given.DropPains, "drop-pains", nil, "ids of the template's pains that do not apply")
	f.IntVar(&minimum, "min-employees", 0, "smallest company you sell to")
	f.IntVar(&maximum, "max-employees", 0, "largest company you sell to")
	f.StringVar(&given.QualifiedFrom, "qualified-from", "", "lowest grade that counts as qualified (A+, A, B, C)")
	return cmd
}

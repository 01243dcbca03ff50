package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"winnow/backend/internal/config"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/profile/wizard"
)

// initOptions are the flags of winnow init.
type initOptions struct {
	dir, template string
	yes, force    bool
	least, most   int
	answers       profile.Answers
}

func initCommand() *cobra.Command {
	var o initOptions
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a starting profile: what you sell, to whom, which pains count",
		Long: `Asks a few questions and writes company.yaml, audience.yaml and pain_points.yaml.
In a script give the answers as flags with --yes; whatever is left out stays as the template has it.

Templates: ` + templateNames(),
		Example: "  winnow init\n  winnow init --yes --template saas --name \"Acme\" --email hello@acme.example --industry SaaS --industry fintech",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runInit(cmd, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.dir, "dir", "", "folder to write to (default: WINNOW_PROFILE_DIR, profile)")
	f.StringVar(&o.template, "template", "", "template to start from (default: asked for; manufacturing with --yes)")
	f.BoolVarP(&o.yes, "yes", "y", false, "ask nothing")
	f.BoolVar(&o.force, "force", false, "replace existing files, keeping them with .bak at their end")
	f.StringVar(&o.answers.Name, "name", "", "your company's name")
	f.StringVar(&o.answers.Website, "website", "", "your website, https://…")
	f.StringVar(&o.answers.Category, "category", "", "what you sell, in a few words")
	f.StringVar(&o.answers.OneLiner, "one-liner", "", "what it does for whom, in one sentence")
	f.StringVar(&o.answers.Email, "email", "", "e-mail for replies")
	f.StringVar(&o.answers.Phone, "phone", "", "phone number")
	f.StringVar(&o.answers.Region, "region", "", "country of phone numbers without a country code, two letters")
	f.StringArrayVar(&o.answers.Features, "feature", nil, "what the offer does (repeat)")
	f.StringArrayVar(&o.answers.NotOffered, "not-offered", nil, "what you do not do (repeat)")
	f.StringArrayVar(&o.answers.Competitors, "competitor", nil, "competitor (repeat)")
	f.StringArrayVar(&o.answers.Industries, "industry", nil, "industry you sell to (repeat)")
	f.StringArrayVar(&o.answers.Geographies, "geography", nil, "country you sell in (repeat)")
	f.StringArrayVar(&o.answers.DecisionMakers, "decision-maker", nil, "title that decides (repeat)")
	f.StringArrayVar(&o.answers.Influencers, "influencer", nil, "title that has a say (repeat)")
	f.StringArrayVar(&o.answers.Exclusions, "exclude", nil, "who is never a lead (repeat)")
	f.StringArrayVar(&o.answers.DropPains, "drop-pain", nil, "id of a template's pain that does not apply (repeat)")
	f.StringVar(&o.answers.QualifiedFrom, "qualified-from", "", "worst grade that counts as qualified: A+, A, B or C")
	f.IntVar(&o.least, "min-employees", 0, "least number of employees, 0 = no bound")
	f.IntVar(&o.most, "max-employees", 0, "greatest number of employees, 0 = no bound")
	return cmd
}

func templateNames() string {
	text := ""
	for _, t := range profile.Templates() {
		text += fmt.Sprintf("\n  %-14s %s", t.Name, t.Title)
	}
	return text
}

func runInit(cmd *cobra.Command, o initOptions) error {
	if cmd.Flags().Changed("min-employees") {
		o.answers.MinEmployees = &o.least
	}
	if cmd.Flags().Changed("max-employees") {
		o.answers.MaxEmployees = &o.most
	}
	if o.dir == "" {
		cfg, err := config.Load(config.Options{})
		if err != nil {
			return err
		}
		o.dir = cfg.Data.ProfileDir
	}
	var err error
	if o.yes {
		if o.template == "" {
			o.template = profile.DefaultTemplate
		}
	} else if o.answers, o.template, err = wizard.Ask(cmd.InOrStdin(), cmd.OutOrStdout(), o.answers, o.template); err != nil {
		return err
	}
	docs, err := profile.Compose(o.answers, o.template)
	if err != nil {
		return err
	}
	paths, err := wizard.WriteFiles(o.dir, docs, o.force)
	if err != nil {
		return err
	}
	return tellFiles(cmd.OutOrStdout(), paths)
}

func tellFiles(out io.Writer, paths []string) error {
	text := "\nWrote"
	for _, p := range paths {
		text += "\n  " + p
	}
	_, err := fmt.Fprintln(out, text+"\n\nEdit them as you like: a running winnow reads them again when they change.\nNext: winnow import FILE, then winnow serve.")
	return err
}

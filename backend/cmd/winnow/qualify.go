package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"winnow/backend/internal/app"
	"winnow/backend/internal/app/doctor"
	"winnow/backend/internal/config"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify/batch"
)

// qualifyFlags are what `winnow qualify` may be told.
type qualifyFlags struct {
	profileDir string
	analyzer   string
	out        string
	top        int
	draft      bool
	asJSON     bool
	yes        bool
	budget     string
}

func qualifyCommand() *cobra.Command {
	var f qualifyFlags
	cmd := &cobra.Command{
		Use:   "qualify FILE...",
		Short: "Rank the leads of files in the terminal, with proof and first messages; nothing is kept",
		Long: "Reads the files, judges every lead by your profile and prints whom to call first and why, in the lead's own words.\n" +
			"It works in a throw-away workspace: your own is not touched. Without --profile it uses the profile in the data folder, else a template.",
		Example: "  winnow qualify leads.csv\n  winnow qualify posts.jsonl --profile ./my-profile --out ranked.csv",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return qualifyFiles(cmd, args, f) },
	}
	cmd.Flags().StringVar(&f.profileDir, "profile", "", "folder with company.yaml, audience.yaml and pain_points.yaml")
	cmd.Flags().StringVar(&f.analyzer, "analyzer", "rules", "rules (built in, free) or llm (the model of WINNOW_AI_BASE_URL)")
	cmd.Flags().StringVarP(&f.out, "out", "o", "", "also write all of it to this .csv or .json file")
	cmd.Flags().IntVar(&f.top, "top", 20, "how many leads the table shows")
	cmd.Flags().BoolVar(&f.draft, "messages", true, "write a first message for each qualified lead (in --out)")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print everything as JSON instead of the table")
	cmd.Flags().BoolVarP(&f.yes, "yes", "y", false, "spend the estimated money without asking")
	cmd.Flags().StringVar(&f.budget, "budget", "", "most that may be spent, e.g. 2.50")
	return cmd
}

func qualifyFiles(cmd *cobra.Command, files []string, f qualifyFlags) (err error) {
	for _, file := range files {
		if _, err := os.Stat(file); err != nil {
			return fault.Wrap(err, fault.Invalid, "file_unreadable", "The file "+file+" cannot be read.")
		}
	}
	cfg, err := config.Load(config.Options{})
	if err != nil {
		return err
	}
	seeds := f.profileDir
	if seeds == "" {
		seeds = doctor.ProfileDir(cfg)
	} else if _, err := profile.LoadDir(seeds); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "winnow-qualify-")
	if err != nil {
		return fmt.Errorf("make a throw-away workspace: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := copyProfile(seeds, filepath.Join(dir, "profile")); err != nil {
		return err
	}
	cfg.Data = config.Data{Dir: dir, CacheTTL: cfg.Data.CacheTTL}
	if cfg, err = config.EnsureSecretKey(cfg); err != nil {
		return err
	}
	return withAppOf(cmd.Context(), cfg, func(ctx context.Context, a *app.App) error {
		q := qualification{cmd: cmd, app: a, flags: f, bars: cmd.ErrOrStderr()}
		return q.run(ctx, files)
	})
}

// copyProfile copies the profile files that are there.
func copyProfile(from, to string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return fmt.Errorf("copy profile: %w", err)
	}
	for _, kind := range profile.Kinds() {
		text, err := os.ReadFile(filepath.Join(from, profile.FileName(kind)))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(to, profile.FileName(kind)), text, 0o600)
		}
		if err != nil {
			return fmt.Errorf("copy profile: %w", err)
		}
	}
	return nil
}

// qualification is one run of the command.
type qualification struct {
	cmd   *cobra.Command
	app   *app.App
	flags qualifyFlags
	bars  io.Writer
}

func (q *qualification) say(format string, args ...any) {
	_, _ = fmt.Fprintf(q.bars, format+"\n", args...)
}

func (q *qualification) run(ctx context.Context, files []string) error {
	set, err := q.app.Profiles.Current(ctx)
	if err != nil {
		return err
	}
	q.say("Profile: %s (%d pain points)", set.Company.Name, len(set.PainPoints.PainPoints))
	for _, file := range files {
		if err := q.read(ctx, file); err != nil {
			return err
		}
	}
	if err := q.judge(ctx); err != nil {
		return err
	}
	ranked, err := q.rank(ctx)
	if err != nil {
		return err
	}
	if q.flags.out != "" {
		if err := writeRanked(q.flags.out, ranked); err != nil {
			return err
		}
		q.say("All %d leads are in %s", len(ranked), q.flags.out)
	}
	if q.flags.asJSON {
		return encodeRanked(q.cmd.OutOrStdout(), ranked)
	}
	return printRanked(q.cmd.OutOrStdout(), ranked, q.flags.top)
}

// read imports one file and tells what became of its rows.
func (q *qualification) read(ctx context.Context, file string) error {
	fh, err := os.Open(file)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "file_unreadable", "The file "+file+" cannot be read.")
	}
	defer func() { _ = fh.Close() }()
	p, err := q.app.Intake.Upload(ctx, filepath.Base(file), fh, intake.Options{})
	if err != nil {
		return err
	}
	if p.Import.Error != "" {
		q.say("%s: %s", file, p.Import.Error)
		return nil
	}
	if _, err := q.app.Intake.Start(ctx, p.Import.ID, intake.Options{}); err != nil {
		return err
	}
	bar := newBar(q.bars, p.Import.RowsTotal, "Reading "+filepath.Base(file))
	imp, err := q.app.Intake.Run(ctx, p.Import.ID, func(i intake.Import) { _ = bar.Set(i.Done()) })
	_ = bar.Finish()
	if err != nil {
		return err
	}
	q.say("%s: %d new, %d merged, %d the same, %d twins, %d rejected", file, imp.Created, imp.Updated, imp.Unchanged, imp.Duplicate, imp.Rejected)
	return nil
}

// judge estimates, asks where money is at stake, and runs the batch to its end.
func (q *qualification) judge(ctx context.Context) error {
	req := batch.Request{Name: "qualify", Analyzer: q.flags.analyzer}
	if q.flags.budget != "" {
		m, err := config.ParseMicros(q.flags.budget)
		if err != nil {
			return fault.New(fault.Invalid, "budget_invalid", "The budget must be an amount such as 2.50.")
		}
		limit := int64(m)
		req.BudgetMicros = &limit
	}
	e, err := q.app.Batches.Estimate(ctx, req)
	if err != nil {
		return err
	}
	if e.CostMicros > 0 {
		if err := q.agree(e); err != nil {
			return err
		}
	}
	b, err := q.app.Batches.Create(ctx, req)
	if err != nil {
		return err
	}
	if b, err = q.follow(ctx, b); err != nil {
		return err
	}
	if b.Status == batch.Paused {
		return fault.New(fault.Unavailable, "batch_paused", fmt.Sprintf("Stopped after %d of %d leads: %s", b.Done, b.Total, b.Error))
	}
	if b.Failed > 0 {
		fs, err := q.app.Batches.Failures(ctx, b.ID, 5)
		if err != nil {
			return err
		}
		q.say("%d leads could not be judged, for example:", b.Failed)
		for _, x := range fs {
			q.say("  %s: %s", x.LeadName, x.Reason)
		}
	}
	return nil
}

func (q *qualification) agree(e batch.Estimate) error {
	q.say("Estimate: %d leads, about %d tokens in and %d out, %s %s at most", e.ToAnalyze, e.TokensIn, e.TokensOut, config.Micros(e.CostMicros), e.Currency)
	if !e.Fits {
		return fault.New(fault.BudgetExceeded, "budget_exceeded", "That does not fit the budget; judge fewer leads or raise it.")
	}
	if q.flags.yes {
		return nil
	}
	if !interactive() {
		return fault.New(fault.Invalid, "cost_not_agreed", "This costs money; add --yes to agree.")
	}
	_, _ = fmt.Fprint(q.bars, "Go on? [y/N] ")
	var answer string
	if _, err := fmt.Fscanln(q.cmd.InOrStdin(), &answer); err != nil || !strings.EqualFold(answer, "y") {
		return fault.New(fault.Invalid, "cost_not_agreed", "Nothing was spent.")
	}
	return nil
}

// follow works on the batch in this process and shows how far it is.
func (q *qualification) follow(ctx context.Context, b batch.Batch) (batch.Batch, error) {
	bar := newBar(q.bars, b.Total, "Judging")
	done := make(chan error, 1)
	go func() { done <- q.app.Runner.Work(ctx, b.ID) }()
	tick := time.NewTicker(150 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			_ = bar.Finish()
			if err != nil {
				return b, err
			}
			return q.app.Batches.Get(ctx, b.ID)
		case <-tick.C:
			if now, err := q.app.Batches.Get(ctx, b.ID); err == nil {
				_ = bar.Set(now.Done + now.Failed)
			}
		}
	}
}

func newBar(w io.Writer, total int, what string) *progressbar.ProgressBar {
	if total <= 0 {
		total = -1
	}
	return progressbar.NewOptions(total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
}

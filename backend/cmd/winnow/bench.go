package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"winnow/backend/internal/fault"
)

// benchFlags are what `winnow bench` may be told.
type benchFlags struct {
	leads    int
	postgres string
	write    string
	asJSON   bool
	only     string
	million  bool
}

func benchCommand() *cobra.Command {
	var f benchFlags
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure imports, lists, batches and memory on this machine, on the built-in database and PostgreSQL",
		Long: "Works in throw-away workspaces. PostgreSQL is measured in a database of its own, made and dropped on the server of\n" +
			"--postgres (scripts/services.sh starts one).",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.million && !cmd.Flags().Changed("leads") {
				f.leads = million
			}
			return bench(cmd, f)
		},
	}
	cmd.Flags().IntVar(&f.leads, "leads", 100_000, "leads to import and list")
	cmd.Flags().StringVar(&f.postgres, "postgres", "", "PostgreSQL server to measure on (default: WINNOW_TEST_POSTGRES_URL)")
	cmd.Flags().StringVar(&f.write, "write", "", "also write the table to this Markdown file")
	cmd.Flags().BoolVar(&f.million, "million", false, "measure what grows with the workspace, at 1,000,000 leads if --leads says nothing else")
	cmd.Flags().StringVar(&f.only, "only", "", "sqlite or postgres")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print JSON")
	return cmd
}

// measure is one line of the table.
type measure struct {
	Database string  `json:"database"`
	What     string  `json:"what"`
	Size     string  `json:"size"`
	P50ms    float64 `json:"p50_ms,omitempty"`
	P95ms    float64 `json:"p95_ms,omitempty"`
	PerS     float64 `json:"per_s,omitempty"`
	Value    string  `json:"value,omitempty"`
	Target   string  `json:"target"`
	Met      bool    `json:"met"`
}

// benchReport is everything that was measured.
type benchReport struct {
	Machine  string    `json:"machine"`
	Version  string    `json:"version"`
	Seed     int64     `json:"seed"`
	Measures []measure `json:"measures"`
}

// benchSeed makes the same leads every time.
const benchSeed = 20261125

func bench(cmd *cobra.Command, f benchFlags) error {
	r := benchReport{Machine: machine(), Version: version, Seed: benchSeed}
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(cmd.ErrOrStderr(), format+"\n", args...) }
	if f.postgres == "" { // not the flag's default: help must not depend on the environment
		f.postgres = os.Getenv("WINNOW_TEST_POSTGRES_URL")
	}
	kinds := []string{"sqlite", "postgres"}
	if f.only != "" {
		kinds = []string{f.only}
	}
	for _, kind := range kinds {
		if kind == "postgres" && f.postgres == "" {
			say("PostgreSQL is not measured: no server is named (--postgres)")
			continue
		}
		ms, err := benchDatabase(cmd.Context(), kind, f, say)
		r.Measures = append(r.Measures, ms...)
		if err != nil {
			return err
		}
	}
	if !f.million {
		ms, err := benchProcess(cmd.Context(), say)
		if err != nil {
			return err
		}
		r.Measures = append(r.Measures, ms...)
	}
	if err := r.write(f); err != nil {
		return err
	}
	if f.asJSON {
		e := json.NewEncoder(cmd.OutOrStdout())
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	_, err := fmt.Fprint(cmd.OutOrStdout(), r.table())
	return err
}

// write puts the table into a page, if there is one to write.
func (r benchReport) write(f benchFlags) error {
	if f.write == "" {
		return nil
	}
	page := r.markdown() + sectionsOf(f.write)
	if f.million {
		old, err := os.ReadFile(f.write)
		if err != nil {
			return fault.Wrap(err, fault.Unavailable, "file_unreadable", "Cannot read "+f.write+", whose section is to be written.")
		}
		page = withSection(string(old), millionSection, r.millionMarkdown())
	}
	if err := os.WriteFile(f.write, []byte(page), 0o600); err != nil {
		return fault.Wrap(err, fault.Unavailable, "file_unwritable", "Cannot write "+f.write+".")
	}
	return nil
}

func benchDatabase(ctx context.Context, kind string, f benchFlags, say func(string, ...any)) (out []measure, err error) {
	dir, err := os.MkdirTemp("", "winnow-bench-")
	if err != nil {
		return nil, fmt.Errorf("make a throw-away workspace: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	url := ""
	if kind == "postgres" {
		var drop func() error
		if url, drop, err = ownDatabase(ctx, f.postgres); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, drop()) }()
	}
	b := benchRun{kind: kind, dir: dir, url: url, leads: f.leads, say: say}
	if f.million {
		err = b.million(ctx)
	} else {
		err = b.run(ctx)
	}
	return b.out, err
}

func machine() string {
	cpu := runtime.GOARCH
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if name, ok := strings.CutPrefix(line, "model name"); ok {
				cpu = strings.TrimSpace(strings.TrimLeft(name, "\t :"))
				break
			}
		}
	}
	memory := ""
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		var kb int
		if _, err := fmt.Sscanf(string(text), "MemTotal: %d kB", &kb); err == nil {
			memory = fmt.Sprintf(", %d GiB of memory", kb>>20)
		}
	}
	return fmt.Sprintf("%s, %d cores%s, %s, %s", cpu, runtime.NumCPU(), memory, runtime.GOOS, runtime.Version())
}

func (m measure) figure() string {
	switch {
	case m.Value != "":
		return m.Value
	case m.PerS > 0:
		return fmt.Sprintf("%.0f/s", m.PerS)
	}
	return fmt.Sprintf("p50 %.1f ms, p95 %.1f ms", m.P50ms, m.P95ms)
}

func (m measure) verdict() string {
	if m.Met {
		return "met"
	}
	return "MISSED"
}

func (r benchReport) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%-9s %-46s %-18s %-30s %-18s\n", r.Machine, "database", "what", "size", "measured", "target")
	for _, m := range r.Measures {
		fmt.Fprintf(&b, "%-9s %-46s %-18s %-30s %-18s %s\n", m.Database, m.What, m.Size, m.figure(), m.Target, m.verdict())
	}
	return b.String()
}

func (r benchReport) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Benchmarks\n\nWritten by `make bench`. Machine: %s. Version %s, seed %d. One run, nothing else measured beside it; times include HTTP on loopback.\n"+
		"Left out: networks, other people's disks, more than one process.\n\n| database | what | size | measured | target | |\n|---|---|---|---|---|---|\n", r.Machine, r.Version, r.Seed)
	for _, m := range r.Measures {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", m.Database, m.What, m.Size, m.figure(), m.Target, m.verdict())
	}
	return b.String()
}

// sectionsOf is what a page has from its first section on: those are measured by other means and stay.
func sectionsOf(path string) string {
	old, err := os.ReadFile(path)
	if err != nil {
		return "" // a new page
	}
	if i := strings.Index(string(old), "\n## "); i >= 0 {
		return string(old[i:])
	}
	return ""
}

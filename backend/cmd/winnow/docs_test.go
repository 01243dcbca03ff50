package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

var update = flag.Bool("update", false, "write docs/cli.md anew") //nolint:gochecknoglobals // a flag of the test binary

const docs = "../../../docs"

const cliHead = `# Command line

<!-- Generated from backend/cmd/winnow. Change it there, then: go test ./backend/cmd/winnow -run CLI -update -->

Everything is one binary, ` + "`winnow`" + `. It reads the same settings as the server ([configuration](configuration.md)): environment,
then ` + "`winnow.yaml`" + ` in the working directory.

Results go to standard output, progress and remarks to standard error, so output can be piped. Exit codes:

| Code | Means |
|---|---|
| 0 | done |
| 1 | a command or flag that does not exist, or a fault of ours |
| 2 | the input has to be mended: a file, a value, a setting |
| 3 | a part that is needed is down, busy, or the budget is used up |

`

// The reference lists every command and flag as the program has them.
func TestCLIReferenceIsCurrent(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(cliHead)
	root := rootCommand()
	all := leaves(root)
	b.WriteString("| Command | |\n|---|---|\n")
	for _, c := range all {
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s |\n", c.CommandPath(), strings.ReplaceAll(c.CommandPath(), " ", "-"), c.Short)
	}
	for _, c := range all {
		describe(&b, c)
	}
	path := filepath.Join(docs, "cli.md")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got := string(readFile(t, path)); got != b.String() {
		t.Error("docs/cli.md is not what the program offers; run: go test ./backend/cmd/winnow -run CLI -update")
	}
}

// leaves are the commands that do something, sorted by name.
func leaves(c *cobra.Command) []*cobra.Command {
	var out []*cobra.Command
	for _, sub := range c.Commands() {
		if sub.Runnable() {
			out = append(out, sub)
		}
		out = append(out, leaves(sub)...)
	}
	slices.SortFunc(out, func(a, b *cobra.Command) int { return strings.Compare(a.CommandPath(), b.CommandPath()) })
	return out
}

func describe(b *strings.Builder, c *cobra.Command) {
	text := c.Long
	if text == "" {
		text = c.Short + "."
	}
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n```sh\n%s\n```\n", c.CommandPath(), text, c.UseLine())
	if c.Example != "" {
		fmt.Fprintf(b, "\nExamples:\n\n```sh\n%s\n```\n", unindent(c.Example))
	}
	var rows []string
	seen := func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		name := "`--" + f.Name + "`"
		if f.Shorthand != "" {
			name = "`-" + f.Shorthand + "`, " + name
		}
		kind, usage := pflag.UnquoteUsage(f)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" && f.DefValue != "0" {
			usage += " (default `" + f.DefValue + "`)"
		}
		rows = append(rows, fmt.Sprintf("| %s | %s | %s |", name, kind, strings.ReplaceAll(usage, "|", `\|`)))
	}
	c.LocalFlags().VisitAll(seen)
	c.InheritedFlags().VisitAll(seen)
	if len(rows) > 0 {
		slices.Sort(rows)
		fmt.Fprintf(b, "\n| Flag | | |\n|---|---|---|\n%s\n", strings.Join(rows, "\n"))
	}
}

func unindent(s string) string {
	return regexp.MustCompile(`(?m)^ {2}`).ReplaceAllString(strings.TrimRight(s, "\n"), "")
}

// Each command says what it is for, and asks for the right number of arguments.
func TestCLICommandsExplainThemselves(t *testing.T) {
	t.Parallel()
	all := leaves(rootCommand())
	if len(all) < 10 {
		t.Fatalf("only %d commands", len(all))
	}
	for _, c := range all {
		if c.Short == "" || strings.HasSuffix(c.Short, ".") || c.Args == nil {
			t.Errorf("%s: needs Short without a full stop, and Args", c.CommandPath())
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Usage == "" {
				t.Errorf("%s --%s says nothing", c.CommandPath(), f.Name)
			}
		})
	}
}

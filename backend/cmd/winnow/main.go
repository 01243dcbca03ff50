// Command winnow is the whole product: server, workers and command line in one binary.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"

	"winnow/backend/internal/fault"
)

// version is set by the build (-ldflags "-X main.version=…").
var version = "dev"

// gcPercent lets the heap grow to three and a half times of what is alive before it is swept, instead of twice. Little is
// alive (an idle server needs under 70 MB either way), and imports, which share their two cores with the database, gain a
// fifth: 4,785 against 5,709 leads a second on PostgreSQL. GOGC and GOMEMLIMIT in the environment still decide.
const gcPercent = 250

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := rootCommand().ExecuteContext(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "winnow: "+explain(err))
		os.Exit(exitCode(err))
	}
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "winnow",
		Short:         "Find the leads worth calling, with the proof in their own words",
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(commands()...)
	return root
}

// explain words an error for people: every bad field on its own line, never a stack.
func explain(err error) string { return fault.Words(err) }

// exitCode is 2 for input that has to be mended, 3 for a part that is down, 1 for the rest.
func exitCode(err error) int {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.NotFound, fault.TooLarge:
		return 2
	case fault.Unavailable, fault.RateLimited, fault.BudgetExceeded:
		return 3
	default:
		return 1
	}
}

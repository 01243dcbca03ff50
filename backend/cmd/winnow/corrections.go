package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"winnow/backend/internal/app"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/qualify/corrections"
)

// writeCorrections writes what people corrected as labelled leads, one a line, to out or to w. The file can be given to
// winnow eval qualify.
func writeCorrections(ctx context.Context, a *app.App, out string, w io.Writer) (n int, err error) {
	if out != "" {
		f, err := os.OpenFile(filepath.Clean(out), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return 0, fault.Wrap(err, fault.Invalid, "output_unwritable", "The file "+out+" cannot be written; check the folder and its rights.")
		}
		defer func() {
			if closeErr := f.Close(); err == nil {
				err = closeErr
			}
		}()
		w = f
	}
	return corrections.New(a.Judge, a.Leads).Write(ctx, w)
}

// exportCorrections is winnow export --corrections.
func exportCorrections(ctx context.Context, out string, stdout, stderr io.Writer) error {
	return withApp(ctx, func(ctx context.Context, a *app.App) error {
		n, err := writeCorrections(ctx, a, out, stdout)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(stderr, "%s exported.\n", counted(n, "correction"))
		return err
	})
}

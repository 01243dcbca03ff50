// Package telemetry is what operators see: structured logs without secrets, and Prometheus metrics.
package telemetry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"gopkg.in/natefinch/lumberjack.v2"

	"winnow/backend/internal/fault"
)

// LogOptions say where logs go and what must never be in them.
type LogOptions struct {
	Level   slog.Level
	Out     io.Writer // JSON lines of everything; nil = standard output
	Dir     string    // folder of app.log, error.log and api.log, rotated; "" = Out alone
	MaxMB   int       // size at which a file is rotated; 0 = 50. Five old files are kept, for 30 days
	Secrets []string  // values masked wherever they turn up, beside what looks like a secret by itself
}

// Logs are the two loggers of a process.
type Logs struct {
	App *slog.Logger // to Out, app.log and, from errors up, error.log
	API *slog.Logger // one line per request: to Out and api.log

	files []*lumberjack.Logger
}

// NewLogs opens the logs. Faults: Unavailable when the folder cannot be written.
func NewLogs(o LogOptions) (*Logs, error) {
	if o.Out == nil {
		o.Out = os.Stdout
	}
	l := &Logs{}
	mask := newMask(o.Secrets)
	out := jsonHandler(o.Out, o.Level, mask)
	if o.Dir == "" {
		l.App = slog.New(contextual{out})
		l.API = l.App
		return l, nil
	}
	if err := writable(o.Dir); err != nil {
		return nil, err
	}
	app := jsonHandler(l.file(o, "app.log"), o.Level, mask)
	bad := jsonHandler(l.file(o, "error.log"), max(o.Level, slog.LevelError), mask)
	api := jsonHandler(l.file(o, "api.log"), o.Level, mask)
	l.App = slog.New(contextual{fanout{out, app, bad}})
	l.API = slog.New(contextual{fanout{out, api}})
	return l, nil
}

// Close closes the files.
func (l *Logs) Close() error {
	var errs []error
	for _, f := range l.files {
		errs = append(errs, f.Close())
	}
	return errors.Join(errs...)
}

func (l *Logs) file(o LogOptions, name string) io.Writer {
	size := o.MaxMB
	if size <= 0 {
		size = 50
	}
	f := &lumberjack.Logger{Filename: filepath.Join(o.Dir, name), MaxSize: size, MaxBackups: 5, MaxAge: 30, Compress: true}
	l.files = append(l.files, f)
	return f
}

func writable(dir string) error {
	err := os.MkdirAll(dir, 0o750)
	if err == nil {
		var f *os.File
		if f, err = os.CreateTemp(dir, ".probe-*"); err == nil {
			err = errors.Join(f.Close(), os.Remove(f.Name()))
		}
	}
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "log_dir_unusable", "The log folder cannot be written: "+dir+"; make it writable or leave WINNOW_LOG_DIR empty")
	}
	return nil
}

func jsonHandler(w io.Writer, level slog.Leveler, m *mask) slog.Handler {
	return slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: m.attr})
}

// fanout gives a record to several handlers; one that fails (a full disk) does not keep the others from it.
type fanout []slog.Handler

func (f fanout) Enabled(ctx context.Context, level slog.Level) bool {
	for _, h := range f {
		if h.Enabled(ctx, level) {
			return true
		}
	}
	return false
}

func (f fanout) Handle(ctx context.Context, r slog.Record) error {
	var errs []error
	for _, h := range f {
		if h.Enabled(ctx, r.Level) {
			errs = append(errs, h.Handle(ctx, r.Clone()))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("write log: %w", err)
	}
	return nil
}

func (f fanout) WithAttrs(as []slog.Attr) slog.Handler {
	return f.each(func(h slog.Handler) slog.Handler { return h.WithAttrs(as) })
}

func (f fanout) WithGroup(name string) slog.Handler {
	return f.each(func(h slog.Handler) slog.Handler { return h.WithGroup(name) })
}

func (f fanout) each(do func(slog.Handler) slog.Handler) fanout {
	out := make(fanout, len(f))
	for i, h := range f {
		out[i] = do(h)
	}
	return out
}

type requestKey struct{}

const requestAttr = "request_id"

// WithRequestID puts a request's id into the context; every line logged with it carries the id.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// RequestID is the id of the context's request, "" when there is none.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

// contextual adds the request's id to records that do not name it themselves.
type contextual struct{ slog.Handler }

// Handle adds the id.
func (c contextual) Handle(ctx context.Context, r slog.Record) error {
	if id := RequestID(ctx); id != "" && !named(r) {
		r = r.Clone()
		r.AddAttrs(slog.String(requestAttr, id))
	}
	return c.Handler.Handle(ctx, r)
}

func named(r slog.Record) bool {
	found := false
	r.Attrs(func(a slog.Attr) bool {
		found = a.Key == requestAttr
		return !found
	})
	return found
}

// WithAttrs keeps the wrapping.
func (c contextual) WithAttrs(as []slog.Attr) slog.Handler {
	return contextual{c.Handler.WithAttrs(as)}
}

// WithGroup keeps the wrapping.
func (c contextual) WithGroup(name string) slog.Handler { return contextual{c.Handler.WithGroup(name)} }

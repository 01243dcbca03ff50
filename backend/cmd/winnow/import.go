package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"winnow/backend/internal/app"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake"
)

// importFlags are what `winnow import` may be told.
type importFlags struct {
	dryRun    bool
	asJSON    bool
	mapping   string
	fresh     bool
	source    string
	region    string
	encoding  string
	delimiter string
	tags      []string
	rejects   string
	rows      string
	known     string
	clear     bool
	match     []string
	defaults  map[string]string
	undo      string
	undoAll   bool
}

func importCommand() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import FILE...",
		Short: "Bring files of leads into the workspace",
		Long: "Reads CSV, TSV, XLSX, JSON, JSONL, vCard and plain text with one post per block, of whatever tool made it. Known leads are\n" +
			"found again by e-mail, phone, profile or id and only gain what they lack; bringing a file twice changes nothing. Bad rows\n" +
			"never stop a file: --rejects writes them to a CSV that can be mended and imported again. An import that was killed goes on\n" +
			"where it stopped when the same file is given again.",
		Example: "  winnow import leads.csv\n  winnow import --dry-run --region IN export.xlsx\n  winnow import --mapping 'Firma=company,Notiz=note' --rejects rejects.csv kontakte.csv\n  winnow import --rows update --known overwrite prices.csv\n  winnow import --undo 01912345-0000-7000-8000-000000000000",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, files []string) error {
			switch {
			case f.undo != "" && len(files) > 0:
				return fault.New(fault.Invalid, "undo_with_files", "Give either files or --undo, not both.")
			case f.undo != "":
				return withApp(cmd.Context(), func(ctx context.Context, a *app.App) error { return undoImport(ctx, cmd, a.Intake, f) })
			case len(files) == 0:
				return fault.New(fault.Invalid, "files_missing", "Say which file to bring: winnow import leads.csv")
			}
			return withApp(cmd.Context(), func(ctx context.Context, a *app.App) error { return importFiles(ctx, cmd, a.Intake, files, f) })
		},
	}
	fl := cmd.Flags()
	fl.BoolVar(&f.dryRun, "dry-run", false, "say what would happen, change nothing")
	fl.BoolVar(&f.asJSON, "json", false, "print one JSON object per file")
	fl.StringVar(&f.mapping, "mapping", "", "columns by hand: 'Header=field,Header=' or a JSON file of {header: field or null}")
	fl.BoolVar(&f.fresh, "fresh", false, "start from the guesses, not from the mapping of the last file with the same columns")
	fl.StringVar(&f.source, "source", "", "source of rows that name none")
	fl.StringVar(&f.region, "region", "", "country of phone numbers without +, e.g. IN, US, DE")
	fl.StringVar(&f.encoding, "encoding", "", "utf-8, utf-16le, utf-16be or windows-1252; detected if not given")
	fl.StringVar(&f.delimiter, "delimiter", "", "one character; detected if not given")
	fl.StringSliceVar(&f.tags, "tag", nil, "tag for every lead; may be given more than once")
	fl.StringVar(&f.rows, "rows", "all", "all, create (only new leads) or update (only known leads)")
	fl.StringVar(&f.known, "known", "fill", "what known leads take: fill (what they lack) or overwrite")
	fl.BoolVar(&f.clear, "clear-empty", false, "with --known overwrite: an empty cell empties the field")
	fl.StringSliceVar(&f.match, "match", nil, "what tells a known lead: email, phone, linkedin_url, source_id; all if not given")
	fl.StringToStringVar(&f.defaults, "default", nil, "value for rows without one: 'industry=Steel,country=DE'")
	fl.StringVar(&f.undo, "undo", "", "take the import with this id back instead of bringing files")
	fl.BoolVar(&f.undoAll, "undo-all", false, "with --undo: also leads that somebody worked with since, or that another import brought too")
	fl.StringVar(&f.rejects, "rejects", "", "write rejected rows to this CSV file")
	return cmd
}

// importFiles brings one file after the other. A file that cannot be read does not keep the others out; the first fault
// is the command's.
func importFiles(ctx context.Context, cmd *cobra.Command, s *intake.Service, files []string, f importFlags) error {
	o, err := f.options()
	if err != nil {
		return err
	}
	var faults []error
	for _, file := range files {
		i := fileImport{service: s, flags: f, options: o, out: cmd.OutOrStdout(), bars: cmd.ErrOrStderr(), many: len(files) > 1}
		if err := i.run(ctx, file); err != nil {
			if ctx.Err() != nil {
				return err
			}
			faults = append(faults, err)
			if len(files) > 1 {
				_, _ = fmt.Fprintf(i.bars, "%s: %s\n", file, explain(err))
			}
		}
	}
	return errors.Join(faults...)
}

// undoImport takes an import back.
func undoImport(ctx context.Context, cmd *cobra.Command, s *intake.Service, f importFlags) error {
	imp, err := s.UndoHere(ctx, f.undo, f.undoAll)
	if err != nil {
		return err
	}
	if f.asJSON {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(map[string]any{"import": imp.ID, "removed": imp.Removed, "put_back": imp.PutBack, "kept": imp.Kept})
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %s to the bin, changes of %s taken back, %s stays.\n", imp.Filename,
		counted(imp.Removed, "lead"), counted(imp.PutBack, "row"), counted(imp.Kept, "row"))
	return err
}

func (f importFlags) options() (intake.Options, error) {
	o := intake.Options{
		Fresh: f.fresh, Rows: intake.Rows(f.rows), Known: intake.Known(f.known), ClearEmpty: f.clear, Match: f.match, Defaults: f.defaults,
		Encoding: f.encoding, Delimiter: f.delimiter, Source: f.source, DefaultRegion: strings.ToUpper(f.region), Tags: f.tags,
	}
	if f.delimiter == `\t` || f.delimiter == "tab" {
		o.Delimiter = "\t"
	}
	if f.mapping == "" {
		return o, nil
	}
	o.Mapping = map[string]*string{}
	if raw, err := os.ReadFile(f.mapping); err == nil {
		if err := json.Unmarshal(raw, &o.Mapping); err != nil {
			return o, fault.New(fault.Invalid, "mapping_invalid", "The mapping file must hold one JSON object: {\"Header\": \"field\", \"Other\": null}.")
		}
		return o, nil
	}
	for part := range strings.SplitSeq(f.mapping, ",") {
		header, field, ok := strings.Cut(part, "=")
		if !ok {
			return o, fault.Newf(fault.Invalid, "mapping_invalid", "The mapping %q is neither a file nor of the form Header=field,Other=field.", f.mapping)
		}
		if field = strings.TrimSpace(field); field == "" {
			o.Mapping[strings.TrimSpace(header)] = nil
		} else {
			o.Mapping[strings.TrimSpace(header)] = &field
		}
	}
	return o, nil
}

// fileImport is the import of one file.
type fileImport struct {
	service *intake.Service
	flags   importFlags
	options intake.Options
	out     io.Writer
	bars    io.Writer
	many    bool
}

func (i *fileImport) run(ctx context.Context, file string) error {
	fh, err := os.Open(file)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "file_unreadable", "The file "+file+" cannot be read.")
	}
	defer func() { _ = fh.Close() }()
	p, err := i.service.Upload(ctx, filepath.Base(file), fh, i.options)
	if err != nil {
		return err
	}
	if p.As != nil {
		_, _ = fmt.Fprintln(i.bars, asLast(p.As))
	}
	if p.Import.Error != "" {
		return i.report(file, &p.Import)
	}
	if i.flags.dryRun {
		imp, err := i.service.DryRun(ctx, p.Import.ID, i.options)
		if err != nil {
			return err
		}
		return errors.Join(i.report(file, imp), i.service.Discard(ctx, p.Import.ID))
	}
	importID, err := i.startOrResume(ctx, p)
	if err != nil {
		return err
	}
	bar := newBar(i.bars, p.Import.RowsTotal, "Importing "+filepath.Base(file))
	imp, err := i.service.Run(ctx, importID, func(at intake.Import) { _ = bar.Set(at.Done()) })
	_ = bar.Finish()
	if err != nil {
		return err
	}
	return errors.Join(i.report(file, imp), i.writeRejects(ctx, imp))
}

// asLast says that a file is mapped as the last one with the same columns.
func asLast(as *intake.Remembered) string {
	by := ""
	if as.Name != "" {
		by = ", by " + as.Name
	}
	return "Columns mapped as last time, on " + as.At.Format("2 Jan 2006") + by + "; --fresh starts from the guesses"
}

// startOrResume goes on with an import of the same content that was killed, else begins this one.
func (i *fileImport) startOrResume(ctx context.Context, p *intake.Preview) (string, error) {
	old, err := i.service.Unfinished(ctx, p.Import.SHA256)
	if err != nil {
		return "", err
	}
	if old != nil {
		_, _ = fmt.Fprintf(i.bars, "Going on after row %d of an import of %s that was stopped\n", old.NextRow, p.Import.Filename)
		return old.ID, i.service.Discard(ctx, p.Import.ID)
	}
	imp, err := i.service.Prepare(ctx, p.Import.ID, i.options)
	if err != nil {
		return "", err
	}
	return imp.ID, nil
}

func (i *fileImport) writeRejects(ctx context.Context, imp *intake.Import) (err error) {
	if i.flags.rejects == "" || imp.Rejected == 0 {
		return nil
	}
	path := i.flags.rejects
	if i.many {
		path = strings.TrimSuffix(path, filepath.Ext(path)) + "-" + strings.TrimSuffix(imp.Filename, filepath.Ext(imp.Filename)) + ".csv"
	}
	f, err := os.Create(path)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "rejects_unwritable", "The rejected rows cannot be written to "+path+". The import itself is done.")
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := i.service.WriteRejects(ctx, imp.ID, f); err != nil {
		return err
	}
	are := "are"
	if imp.Rejected == 1 {
		are = "is"
	}
	_, _ = fmt.Fprintf(i.bars, "%s %s in %s\n", counted(imp.Rejected, "rejected row"), are, path)
	return nil
}

// importReport is what --json prints for a file.
type importReport struct {
	File      string            `json:"file"`
	ID        string            `json:"id"`
	DryRun    bool              `json:"dry_run"`
	Format    string            `json:"format"`
	Tool      string            `json:"tool"`
	Encoding  string            `json:"encoding"`
	Status    string            `json:"status"`
	RowsTotal int               `json:"rows_total"`
	Created   int               `json:"created"`
	Updated   int               `json:"updated"`
	Unchanged int               `json:"unchanged"`
	Duplicate int               `json:"duplicate"`
	Rejected  int               `json:"rejected"`
	Warnings  []intake.Warning  `json:"warnings"`
	Mapping   map[string]string `json:"mapping"`
	Error     string            `json:"error,omitempty"`
}

func (i *fileImport) report(file string, imp *intake.Import) error {
	if i.flags.asJSON {
		return json.NewEncoder(i.out).Encode(importReport{
			File: file, ID: imp.ID, DryRun: i.flags.dryRun, Format: imp.Format, Tool: imp.Options.V.Tool, Encoding: imp.Encoding, Status: string(imp.Status),
			RowsTotal: imp.RowsTotal, Created: imp.Created, Updated: imp.Updated, Unchanged: imp.Unchanged, Duplicate: imp.Duplicate,
			Rejected: imp.Rejected, Warnings: imp.Warnings.V, Mapping: imp.Mapping.V, Error: imp.Error,
		})
	}
	if imp.Error != "" {
		_, err := fmt.Fprintf(i.out, "%s: %s\n", file, imp.Error)
		return err
	}
	would := ""
	if i.flags.dryRun {
		would = "would be "
	}
	_, err := fmt.Fprintf(i.out, "%s: %s; %s%d new, %d gained something, %d already the same, %d repeated in the file, %d rejected\n",
		file, counted(imp.RowsTotal, "row"), would, imp.Created, imp.Updated, imp.Unchanged, imp.Duplicate, imp.Rejected)
	for _, w := range imp.Warnings.V {
		where := ""
		if w.Column != "" {
			where = " in column " + w.Column
		}
		_, werr := fmt.Fprintf(i.out, "  %d×%s: %s\n", w.Count, where, w.Message)
		err = errors.Join(err, werr)
	}
	return err
}

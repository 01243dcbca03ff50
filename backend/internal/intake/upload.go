package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/intake/mapping"
	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/intake/read"
	"winnow/backend/internal/platform/db"
)

// Preview is how a file was understood.
type Preview struct {
	Import  Import
	Columns []mapping.Column
	Rows    [][]string // the first 50, decoded
	Tool    string     // whose export it is, if known
	Reading Reading
	As      *Remembered // whose mapping it starts from, nil = from the guesses alone
}

// Upload keeps a file and says how it was understood; nothing is imported yet. A file that holds no leads is named as
// such in Import.Error and finished at once. Faults: Forbidden; Invalid or TooLarge with what to do about the file.
func (s *Service) Upload(ctx context.Context, name string, r io.Reader, o Options) (*Preview, error) {
	if !account.CanWrite(ctx) {
		return nil, fault.New(fault.Forbidden, "import_forbidden", "You may look at leads but not import any. Ask an administrator for the role user.")
	}
	if err := checkOptions(ctx, o); err != nil {
		return nil, err
	}
	name = cleanName(name)
	imp := Import{ID: id.New(), Filename: name, Status: Previewed, CreatedAt: s.clock.Now(), Version: 1}
	if err := s.keep(&imp, r); err != nil {
		return nil, err
	}
	p, err := s.preview(ctx, &imp, o)
	if err != nil {
		return nil, errors.Join(err, os.Remove(imp.Path))
	}
	if err := s.db.Tx(ctx, func(tx *gorm.DB) error { return tx.Create(&imp).Error }); err != nil {
		return nil, errors.Join(fmt.Errorf("store the import: %w", err), os.Remove(imp.Path))
	}
	p.Import = imp
	s.sweep(ctx)
	return p, nil
}

// keep writes the file to the folder of waiting files.
func (s *Service) keep(imp *Import, r io.Reader) error {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return diskFault(err)
	}
	imp.Path = filepath.Join(s.dir, imp.ID)
	f, err := os.OpenFile(imp.Path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return diskFault(err)
	}
	limit := s.maxBytes
	if limit == 0 {
		limit = read.DefaultMaxBytes
	}
	h := sha256.New()
	imp.Size, err = io.Copy(io.MultiWriter(f, h), io.LimitReader(r, limit+1))
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return errors.Join(diskFault(err), os.Remove(imp.Path))
	}
	imp.SHA256 = hex.EncodeToString(h.Sum(nil))
	if imp.Size > limit {
		return errors.Join(fault.Newf(fault.TooLarge, "file_too_large", "%q is larger than the limit of %d MB: split it", imp.Filename, limit>>20), os.Remove(imp.Path))
	}
	return nil
}

func diskFault(err error) error {
	if db.IsFull(err) {
		return fault.Wrap(err, fault.Unavailable, "disk_full", "The disk is full: the file could not be kept, nothing was imported. Make room and send it again.")
	}
	return fault.Wrap(err, fault.Unavailable, "file_not_kept", "The file could not be kept in the data folder. Check that the folder can be written, then send the file again.")
}

// preview inspects the kept file and fills imp.
func (s *Service) preview(ctx context.Context, imp *Import, o Options) (*Preview, error) {
	in, err := s.inspectAsLast(ctx, imp.Path, imp.Filename, &o)
	if err != nil {
		return nil, err
	}
	s.describe(ctx, imp, in, o)
	if f := in.noLeads(imp.Filename, o.Force); f != nil {
		imp.Error, imp.Status, imp.RowsTotal = f.Msg, Finished, 0
		now := s.clock.Now()
		imp.FinishedAt = &now
	}
	return s.previewOf(ctx, imp, in, o), nil
}

func (s *Service) describe(ctx context.Context, imp *Import, in *inspection, o Options) {
	v, _ := account.From(ctx)
	if v.UserID != "" && imp.CreatedBy == nil {
		imp.CreatedBy = &v.UserID
	}
	imp.Format, imp.Encoding, imp.Delimiter = string(in.table.Format), in.table.Encoding, in.table.Delimiter
	imp.RowsTotal = in.rows
	imp.Options = db.NewJSON(stored{Options: o, UserID: v.UserID, Role: string(v.Role), System: v.Kind == account.KindSystem, Tool: in.mapping.Tool, Headers: in.table.Columns})
	imp.Mapping = db.NewJSON(map[string]string{})
	for _, c := range in.mapping.Columns {
		imp.Mapping.V[c.Header] = string(c.Field)
	}
	imp.Warnings = db.NewJSON([]Warning{})
	for _, p := range in.table.Problems {
		imp.warn(Warning{Code: p.Code, Column: p.Column, Message: p.Message})
	}
}

func checkOptions(ctx context.Context, o Options) error {
	var bad []fault.Field
	if o.DefaultRegion != "" && normalise.NewCountries().Name(strings.ToUpper(o.DefaultRegion)) == "" {
		bad = append(bad, fault.Field{Name: "default_region", Code: "unknown", Message: "Must be a two-letter country code such as IN, US or DE."})
	}
	if o.DateOrder != "" && o.DateOrder != "dmy" && o.DateOrder != "mdy" {
		bad = append(bad, fault.Field{Name: "date_order", Code: "unknown", Message: "Must be dmy (day first) or mdy (month first)."})
	}
	if o.HeaderRow != nil && (*o.HeaderRow < 0 || *o.HeaderRow > 20) {
		bad = append(bad, fault.Field{Name: "header_row", Code: "out_of_range", Message: "Must be 0 (no header) to 20."})
	}
	if len(o.Delimiter) > 1 {
		bad = append(bad, fault.Field{Name: "delimiter", Code: "too_long", Message: "Must be one character."})
	}
	if v, _ := account.From(ctx); o.OwnerID != nil && v.Role != account.RoleAdmin && *o.OwnerID != v.UserID {
		bad = append(bad, fault.Field{Name: "owner_id", Code: "forbidden", Message: "Only administrators can give leads to somebody else."})
	}
	if o.OwnerID != nil && !id.Valid(*o.OwnerID) {
		bad = append(bad, fault.Field{Name: "owner_id", Code: "invalid", Message: "Must be the id of a user."})
	}
	if len(o.Tags) > 20 {
		bad = append(bad, fault.Field{Name: "tags", Code: "too_many", Message: "At most 20 tags."})
	}
	if c := o.Defaults["country"]; c != "" && normalise.NewCountries().Code(c) == "" {
		bad = append(bad, fault.Field{Name: "defaults.country", Code: "unknown", Message: "No country is known by this name: write a two-letter code such as IN, US or DE."})
	}
	bad = append(bad, o.checkPolicy()...)
	if len(bad) > 0 {
		return fault.InvalidFields("import_options_invalid", "The options of the import are not right", bad...)
	}
	return nil
}

// cleanName takes folders and control characters out of a file's name.
func cleanName(name string) string {
	name = filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	name, _ = normalise.Line(name)
	if name == "" || name == "." || name == ".." || name == "/" {
		name = "file"
	}
	return clip(name, 200)
}

// How long a file is kept: one that was only looked at or holds no leads, and one that was imported.
const (
	staleAfter = 24 * time.Hour
	keptFor    = 30 * 24 * time.Hour
)

// sweep removes files that are not needed any more; of those that were only looked at it forgets the import too. A
// failure is left to the next sweep.
func (s *Service) sweep(ctx context.Context) {
	var old []Import
	now := s.clock.Now()
	q := s.db.Read.WithContext(ctx).Where("path <> ''").Where(
		"(status = ? OR status IN ? AND error <> '') AND created_at < ? OR status IN ? AND created_at < ?",
		Previewed, []Status{Finished, Failed}, now.Add(-staleAfter), []Status{Finished, Failed, Undone}, now.Add(-keptFor))
	if err := q.Limit(50).Find(&old).Error; err != nil {
		return
	}
	for _, imp := range old {
		if err := os.Remove(imp.Path); err != nil && !errors.Is(err, os.ErrNotExist) {
			continue
		}
		_ = s.db.Tx(ctx, func(tx *gorm.DB) error {
			if imp.Status == Previewed {
				return tx.Delete(&Import{}, "id = ? AND status = ?", imp.ID, Previewed).Error
			}
			return tx.Model(&Import{}).Where("id = ? AND version = ?", imp.ID, imp.Version).Update("path", "").Error
		})
	}
}

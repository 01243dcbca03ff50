package intake

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/account"
	"winnow/backend/internal/intake/mapping"
	"winnow/backend/internal/intake/read"
	"winnow/backend/internal/platform/db"
)

// Remembered is by whom and when the mapping was chosen that a file with these columns starts from.
type Remembered struct {
	By   *string // user, nil = nobody with an account, or one who is gone
	Name string  // of that user
	At   time.Time
}

// lastMapping is the mapping with which a file with the same columns came in last, where somebody had changed the guesses.
// It holds hashes and names of fields, no text of a file.
type lastMapping struct {
	Fingerprint string `gorm:"primaryKey"`
	Fields      db.JSON[mapping.Choice]
	By          *string `gorm:"column:chosen_by"`
	At          time.Time
}

// TableName names the table.
func (lastMapping) TableName() string { return "import_mappings" }

// remembers reports whether the file names its columns, so that another file can have the same.
func (in *inspection) remembers() bool {
	named := in.table.HeaderRow > 0 || in.table.Format == read.JSON || in.table.Format == read.JSONL
	return named && len(in.table.Columns) > 1
}

// inspectAsLast is inspect with the mapping of last time under what o says, unless o wants none of it. The outcome is
// written into o, so that an import runs as it was shown.
func (s *Service) inspectAsLast(ctx context.Context, path, name string, o *Options) (*inspection, error) {
	in, err := s.inspect(path, name, *o)
	if err != nil || o.Fresh || !in.remembers() {
		return in, err
	}
	last, as, err := s.lastOf(ctx, in.table.Columns)
	if err != nil || last == nil {
		return in, err
	}
	m := in.suggested.AsLast(last)
	maps.Copy(m, o.Mapping)
	if in, err = in.under(m); err != nil {
		return nil, err
	}
	for i := range in.mapping.Columns {
		c := &in.mapping.Columns[i]
		if _, said := o.Mapping[c.Header]; !said && in.suggested.Columns[i].Field != c.Field {
			c.Reason = "as last time"
		}
	}
	in.as, o.Mapping = as, m
	return in, nil
}

func (s *Service) lastOf(ctx context.Context, columns []string) (mapping.Choice, *Remembered, error) {
	var row struct {
		Fields db.JSON[mapping.Choice]
		By     *string `gorm:"column:chosen_by"`
		At     time.Time
		Name   string
	}
	q := s.db.Read.WithContext(ctx).Table("import_mappings").Select("fields", "chosen_by", "at", "COALESCE(users.name, '') AS name").
		Joins("LEFT JOIN users ON users.id = import_mappings.chosen_by")
	err := q.Where("fingerprint = ?", mapping.Fingerprint(columns)).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the mapping of last time: %w", err)
	}
	return row.Fields.V, &Remembered{By: row.By, Name: row.Name, At: row.At.UTC()}, nil
}

// rememberMapping keeps the mapping of an import that begins, when it is not the guesses; else what was kept is forgotten.
func (s *Service) rememberMapping(ctx context.Context, tx *gorm.DB, in *inspection) error {
	if !in.remembers() {
		return nil
	}
	columns := mapping.Fingerprint(in.table.Columns)
	if in.mapping.Same(in.suggested) {
		if err := tx.Delete(&lastMapping{}, "fingerprint = ?", columns).Error; err != nil {
			return fmt.Errorf("forget the mapping: %w", err)
		}
		return nil
	}
	row := lastMapping{Fingerprint: columns, Fields: db.NewJSON(in.mapping.Choice()), At: s.clock.Now()}
	if v, _ := account.From(ctx); v.UserID != "" {
		row.By = &v.UserID
	}
	var kept lastMapping
	err := tx.Take(&kept, "fingerprint = ?", columns).Error
	if err == nil && reflect.DeepEqual(kept.Fields.V, row.Fields.V) {
		return nil // as last time: whoever chose it stays named
	}
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return fmt.Errorf("read the mapping of last time: %w", err)
	}
	again := clause.OnConflict{Columns: []clause.Column{{Name: "fingerprint"}}, UpdateAll: true}
	if err := tx.Clauses(again).Create(&row).Error; err != nil {
		return fmt.Errorf("remember the mapping: %w", err)
	}
	return nil
}

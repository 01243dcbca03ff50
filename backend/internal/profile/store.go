package profile

import (
	"errors"
	"fmt"
	"maps"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

// row is one version of a profile. Versions are never changed; the highest is the current one.
type row struct {
	ID         string `gorm:"primaryKey"`
	Name       string
	Version    int
	Checksum   string
	Company    string
	Audience   string
	PainPoints string
	Note       string
	CreatedBy  *string
	CreatedAt  time.Time
}

// TableName is the table of row.
func (row) TableName() string { return "profiles" }

func (r row) docs() map[string]string {
	return map[string]string{KindCompany: r.Company, KindAudience: r.Audience, KindPainPoints: r.PainPoints}
}

// seedRow remembers what a seed file held when it was last taken over.
type seedRow struct {
	Name     string `gorm:"primaryKey"`
	Kind     string `gorm:"primaryKey"`
	Path     string
	Checksum string
	SeededAt time.Time
}

// TableName is the table of seedRow.
func (seedRow) TableName() string { return "profile_seeds" }

// latest is the current version, nil when there is none.
func latest(g *gorm.DB, name string) (*row, error) {
	return one(g.Where("name = ?", name).Order("version DESC"))
}

func numbered(g *gorm.DB, name string, version int) (*row, error) {
	return one(g.Where("name = ? AND version = ?", name, version))
}

func one(g *gorm.DB) (*row, error) {
	var r row
	err := g.Limit(1).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read profile: %w", err)
	}
	return &r, nil
}

// latestVersion is the number of the current version, 0 when there is none.
func latestVersion(g *gorm.DB, name string) (int, error) {
	var v int
	err := g.Model(&row{}).Where("name = ?", name).Select("COALESCE(MAX(version), 0)").Scan(&v).Error
	if err != nil {
		return 0, fmt.Errorf("read profile version: %w", err)
	}
	return v, nil
}

// insert adds a version after prev (nil: the first) and returns its compiled set.
func insert(tx *gorm.DB, name string, prev *row, docs map[string]string, file func(string) string, note string, by *string, at time.Time) (*Set, error) {
	version := 1
	if prev != nil {
		version = prev.Version + 1
	}
	set, err := compile(name, version, docs, file)
	if err != nil {
		return nil, err
	}
	r := row{
		ID: id.New(), Name: name, Version: version, Checksum: set.Checksum, Company: docs[KindCompany], Audience: docs[KindAudience],
		PainPoints: docs[KindPainPoints], Note: note, CreatedBy: by, CreatedAt: at,
	}
	if err := tx.Create(&r).Error; err != nil {
		return nil, fmt.Errorf("store profile: %w", err)
	}
	return set, nil
}

// seeds are the checksums of the files last taken over, by kind.
func seeds(tx *gorm.DB, name string) (map[string]string, error) {
	var rows []seedRow
	if err := tx.Where("name = ?", name).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read profile seeds: %w", err)
	}
	out := map[string]string{}
	for _, r := range rows {
		out[r.Kind] = r.Checksum
	}
	return out, nil
}

func saveSeeds(tx *gorm.DB, rows []seedRow) error {
	if len(rows) == 0 {
		return nil
	}
	err := tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&rows).Error
	if err != nil {
		return fmt.Errorf("store profile seeds: %w", err)
	}
	return nil
}

// overlay is base with the documents of over in place of its own.
func overlay(base, over map[string]string) map[string]string {
	out := maps.Clone(base)
	if out == nil {
		out = map[string]string{}
	}
	maps.Copy(out, over)
	return out
}

func notFound(name string) error {
	return fault.Newf(fault.NotFound, "profile_not_found", "There is no profile %q yet. Make one with: winnow init", name)
}

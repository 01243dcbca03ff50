package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"sort"
	"strings"

	"github.com/go-gormigrate/gormigrate/v2"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Each migration is NNNN_name.up.sql and .down.sql, written once for both dialects: words in angle brackets stand for
// types, and a line "-- only: sqlite" or "-- only: postgres" opens a section up to "-- end".
//
//go:embed migrations/*.sql
var migrationFiles embed.FS

// lockKey is the PostgreSQL advisory lock that lets one process migrate at a time.
const lockKey = 0x77696e6e6f77

const riverStep = "0000_river"

// Step is a migration and whether it has run.
type Step struct {
	ID      string `json:"id"`
	Applied bool   `json:"applied"`
}

// Migrate brings the schema up to date; a second call does nothing.
func (d *DB) Migrate(ctx context.Context) error {
	return d.locked(ctx, func() error {
		steps, err := d.steps(ctx)
		if err != nil {
			return err
		}
		return d.migrator(ctx, steps).Migrate()
	})
}

// Down undoes the newest applied migration.
func (d *DB) Down(ctx context.Context) error {
	return d.locked(ctx, func() error {
		steps, err := d.steps(ctx)
		if err != nil {
			return err
		}
		return d.migrator(ctx, steps).RollbackLast()
	})
}

// Status lists every migration in order.
func (d *DB) Status(ctx context.Context) ([]Step, error) {
	steps, err := d.steps(ctx)
	if err != nil {
		return nil, err
	}
	done := map[string]bool{}
	if d.Write.Migrator().HasTable("migrations") {
		var ids []string
		if err := d.Read.WithContext(ctx).Table("migrations").Pluck("id", &ids).Error; err != nil {
			return nil, fmt.Errorf("read migrations: %w", err)
		}
		for _, id := range ids {
			done[id] = true
		}
	}
	out := make([]Step, 0, len(steps))
	for _, s := range steps {
		out = append(out, Step{ID: s.ID, Applied: done[s.ID]})
	}
	return out, nil
}

func (d *DB) migrator(ctx context.Context, steps []*gormigrate.Migration) *gormigrate.Gormigrate {
	o := *gormigrate.DefaultOptions
	o.UseTransaction = false // one transaction for all steps breaks River's enum step on PostgreSQL; each step has its own
	// A step notes itself in its own transaction; the library's note after it then finds that it is there.
	noted := d.Write.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Session(&gorm.Session{})
	return gormigrate.New(noted, &o, steps)
}

func (d *DB) locked(ctx context.Context, f func() error) error {
	if d.Dialect == SQLite {
		return f() // one writer connection, one process
	}
	conn, err := d.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("acquire for migration: %w", err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(lockKey)); err != nil {
		return fmt.Errorf("lock for migration: %w", err)
	}
	runErr := f()
	if _, err := conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", int64(lockKey)); err != nil && runErr == nil {
		return fmt.Errorf("unlock after migration: %w", err)
	}
	return runErr
}

func (d *DB) steps(ctx context.Context) ([]*gormigrate.Migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.up.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	sort.Strings(names)
	steps := []*gormigrate.Migration{d.riverStep(ctx)}
	for _, name := range names {
		up, err := fs.ReadFile(migrationFiles, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		down, err := fs.ReadFile(migrationFiles, strings.Replace(name, ".up.", ".down.", 1))
		if err != nil {
			return nil, fmt.Errorf("read the down side of %s: %w", name, err)
		}
		id := strings.TrimSuffix(strings.TrimPrefix(name, "migrations/"), ".up.sql")
		steps = append(steps, &gormigrate.Migration{ID: id, Migrate: d.runSQL(string(up), noteStep, id), Rollback: d.runSQL(string(down), forgetStep, id)})
	}
	return steps, nil
}

// A step and the note that it ran stand or fall together: a process that is killed between the two would find tables
// that it is about to make.
const (
	noteStep   = "INSERT INTO migrations (id) VALUES (?)"
	forgetStep = "DELETE FROM migrations WHERE id = ?"
)

func (d *DB) runSQL(script, note, id string) func(*gorm.DB) error {
	return func(g *gorm.DB) error {
		return g.Transaction(func(tx *gorm.DB) error {
			for _, s := range Statements(d.Dialect, script) {
				if err := tx.Exec(s).Error; err != nil {
					return fmt.Errorf("%w in:\n%s", err, s)
				}
			}
			if err := tx.Exec(note, id).Error; err != nil {
				return fmt.Errorf("note the step %s: %w", id, err)
			}
			return nil
		})
	}
}

func (d *DB) riverStep(ctx context.Context) *gormigrate.Migration {
	move := func(dir rivermigrate.Direction, o *rivermigrate.MigrateOpts) error {
		sdb, err := d.Write.DB()
		if err != nil {
			return fmt.Errorf("river migration: %w", err)
		}
		var driver riverdriver.Driver[*sqlTx] = riversqlite.New(sdb)
		if d.Dialect == Postgres {
			driver = riverdatabasesql.New(sdb)
		}
		m, err := rivermigrate.New(driver, nil)
		if err != nil {
			return fmt.Errorf("river migration: %w", err)
		}
		if _, err := m.Migrate(ctx, dir, o); err != nil {
			return fmt.Errorf("river migration: %w", err)
		}
		return nil
	}
	return &gormigrate.Migration{
		ID:      riverStep,
		Migrate: func(*gorm.DB) error { return move(rivermigrate.DirectionUp, nil) },
		Rollback: func(*gorm.DB) error {
			return move(rivermigrate.DirectionDown, &rivermigrate.MigrateOpts{TargetVersion: -1})
		},
	}
}

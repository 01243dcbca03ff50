// Package db opens the database (an embedded SQLite file or PostgreSQL), runs transactions and migrations, and hides
// from the rooms above which of the two it is. It knows no table's meaning.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/libtnb/sqlite"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
)

// Dialect is the kind of database behind a DB.
type Dialect string

// The two dialects.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// Options say which database to open.
type Options struct {
	URL      string // postgres://…; "" = SQLite at DataDir/winnow.db
	DataDir  string
	Readers  int // SQLite reader connections; 0 = 6
	MaxConns int // PostgreSQL connections; 0 = 20
	Logger   *slog.Logger
	Now      func() time.Time // for GORM's created_at/updated_at
}

// DB is an open database. On SQLite Write has one connection and Read several; on PostgreSQL each
// has a pool.
type DB struct {
	Write   *gorm.DB
	Read    *gorm.DB
	Dialect Dialect

	pool   *pgxpool.Pool // PostgreSQL only: LISTEN for jobs
	closes []func() error
	after  []func() // run after each committed Tx
}

// Open connects and checks that the database answers. Faults: Unavailable with what to mend.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.URL == "" {
		return openSQLite(ctx, o)
	}
	if strings.HasPrefix(o.URL, "postgres://") || strings.HasPrefix(o.URL, "postgresql://") {
		return openPostgres(ctx, o)
	}
	return nil, fault.New(fault.Invalid, "database_url_unknown", "WINNOW_DATABASE_URL must start with postgres:// (leave it empty for the built-in SQLite file)")
}

func gormConfig(o Options) *gorm.Config {
	now := o.Now
	if now == nil {
		now = clock.System{}.Now
	}
	return &gorm.Config{
		Logger:                 logger.Discard,
		NowFunc:                now,
		TranslateError:         true,
		SkipDefaultTransaction: true,
	}
}

func openSQLite(ctx context.Context, o Options) (*DB, error) {
	if err := os.MkdirAll(o.DataDir, 0o750); err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "data_dir_unusable", "The data folder cannot be made: "+o.DataDir)
	}
	path := filepath.Join(o.DataDir, "winnow.db")
	if err := private(path); err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "database_unopened", "The database file in "+o.DataDir+" cannot be made; check that the folder is writable and has room")
	}
	const common = "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)" +
		"&_pragma=cache_size(-16384)&_pragma=mmap_size(268435456)&_timezone=UTC&_time_format=sqlite"
	d := &DB{Dialect: SQLite}
	write, err := d.sqlitePool(ctx, o, "file:"+path+common+"&_pragma=synchronous(FULL)&_pragma=journal_size_limit(67108864)&_txlock=immediate", 1)
	if err != nil {
		return nil, err
	}
	d.Write = write
	readers := o.Readers
	if readers == 0 {
		readers = 6
	}
	read, err := d.sqlitePool(ctx, o, "file:"+path+common+"&_pragma=query_only(1)", readers)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	d.Read = read
	return d, nil
}

// private makes an empty file that this user alone may read, unless it is there; SQLite gives its companions the same
// mode.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the operator's data folder
	if err != nil {
		return err
	}
	return f.Close()
}

func (d *DB) sqlitePool(ctx context.Context, o Options, dsn string, conns int) (*gorm.DB, error) {
	g, err := gorm.Open(sqlite.Open(dsn), gormConfig(o))
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "database_unopened", "The database file in "+o.DataDir+" cannot be opened; check that the folder is writable and the file is not damaged")
	}
	s, err := g.DB()
	if err != nil {
		return nil, fmt.Errorf("sqlite pool: %w", err)
	}
	s.SetMaxOpenConns(conns)
	s.SetMaxIdleConns(conns)
	d.closes = append(d.closes, s.Close)
	if err := s.PingContext(ctx); err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "database_unopened", "The database file in "+o.DataDir+" cannot be opened; check that the folder is writable and the file is not damaged")
	}
	return g, nil
}

// openPostgres opens two pools on one server. Reading plans each question for its own values: a plan kept for all values
// takes every search for a rare one, and a list that needs 10 ms then takes 90. Writing keeps its plans, since checks of
// foreign keys, one a row, would cost more to plan than to do.
func openPostgres(ctx context.Context, o Options) (*DB, error) {
	conns := 20
	if o.MaxConns > 0 {
		conns = o.MaxConns
	}
	reads := max(1, conns*2/5)
	d := &DB{Dialect: Postgres}
	var err error
	if d.Write, d.pool, err = d.postgresPool(ctx, o, max(1, conns-reads), nil); err != nil {
		return nil, err
	}
	if d.Read, _, err = d.postgresPool(ctx, o, reads, map[string]string{"plan_cache_mode": "force_custom_plan", "jit": "off"}); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *DB) postgresPool(ctx context.Context, o Options, conns int, params map[string]string) (*gorm.DB, *pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(o.URL)
	if err != nil {
		return nil, nil, fault.New(fault.Invalid, "database_url_bad", "WINNOW_DATABASE_URL is not a PostgreSQL URL; it should look like postgres://user:password@host:5432/winnow")
	}
	cfg.MaxConns = int32(conns) //nolint:gosec // a small setting
	cfg.ConnConfig.RuntimeParams["timezone"] = "UTC"
	maps.Copy(cfg.ConnConfig.RuntimeParams, params)
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, nil, fault.Wrap(err, fault.Unavailable, "database_unreachable", "PostgreSQL cannot be reached; check WINNOW_DATABASE_URL and that the server runs")
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, nil, fault.Wrap(err, fault.Unavailable, "database_unreachable", "PostgreSQL cannot be reached; check WINNOW_DATABASE_URL and that the server runs")
	}
	sdb := stdlib.OpenDBFromPool(pool)
	sdb.SetMaxOpenConns(conns)
	sdb.SetMaxIdleConns(0) // the pgx pool keeps the idle ones
	d.closes = append(d.closes, sdb.Close, func() error { pool.Close(); return nil })
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: sdb}), gormConfig(o))
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open postgres: %w", err), d.Close())
	}
	return g, pool, nil
}

// Pool is the pgx pool behind a PostgreSQL database, nil on SQLite; only for LISTEN.
func (d *DB) Pool() *pgxpool.Pool { return d.pool }

// Close releases every connection.
func (d *DB) Close() error {
	var errs []error
	for _, c := range d.closes {
		errs = append(errs, c())
	}
	return errors.Join(errs...)
}

// AfterCommit registers f to run after each committed Tx; f must be quick and must not write. Call before serving.
func (d *DB) AfterCommit(f func()) { d.after = append(d.after, f) }

// Tx runs f in one write transaction: the only way to write. Inside f use tx alone: on SQLite any other use of the
// database waits for ever behind f. Never do network I/O in f.
func (d *DB) Tx(ctx context.Context, f func(tx *gorm.DB) error) error {
	if err := d.Write.WithContext(ctx).Transaction(f); err != nil {
		return err
	}
	for _, a := range d.after {
		a()
	}
	return nil
}

// again is how often a transaction is run that PostgreSQL ends because it and others wait for each other.
const again = 5

// TxAgain is Tx that runs f again when the database ended the transaction to let others on: a deadlock, or a failed
// serialisation. Nothing of such a try is stored. f must begin anew each time. It is for transactions that lock leads:
// merges and imports lock several at once.
func (d *DB) TxAgain(ctx context.Context, f func(tx *gorm.DB) error) error {
	var err error
	for range again {
		if err = d.Tx(ctx, f); !isGivenUp(err) || ctx.Err() != nil {
			return err
		}
	}
	return err
}

// Analyze tells PostgreSQL's planner at once that much of a table has changed; by itself it notices within a minute, and
// until then plans for the table as it was. About one second for 100,000 leads. SQLite plans without counting.
func (d *DB) Analyze(ctx context.Context, table string) error {
	if d.Dialect != Postgres {
		return nil
	}
	if err := d.Write.WithContext(ctx).Exec("ANALYZE ?", clause.Table{Name: table}).Error; err != nil {
		return fmt.Errorf("renew the statistics of %s: %w", table, err)
	}
	return nil
}

// SQLTx is the *sql.Tx under a GORM transaction, for libraries that take one. It panics outside a transaction.
func SQLTx(tx *gorm.DB) *sql.Tx {
	switch t := tx.Statement.ConnPool.(type) {
	case *sql.Tx:
		return t
	case *gorm.PreparedStmtTX:
		return t.Tx.(*sql.Tx)
	}
	panic("db.SQLTx: not in a transaction")
}

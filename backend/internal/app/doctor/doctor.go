// Package doctor looks at a set-up and says how to mend it: for the command line, before anything runs, and for the API,
// while it runs.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/config"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/cache"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/profile"
)

// The states of a finding: all is well; works, but is worth knowing; has to be mended.
const (
	OK    = "ok"
	Note  = "note"
	Fault = "fault"
)

// Finding is one thing that was looked at.
type Finding struct {
	What  string `json:"what"`
	State string `json:"state"`
	Says  string `json:"says"`
	Mend  string `json:"mend,omitempty"`
}

func good(what, says string) Finding       { return Finding{What: what, State: OK, Says: says} }
func note(what, says, mend string) Finding { return Finding{what, Note, says, mend} }
func bad(what string, err error, mend string) Finding {
	return Finding{what, Fault, fault.Words(err), mend}
}

// Setup looks at a set-up that may not have run yet: nothing is changed, nothing is sent.
func Setup(ctx context.Context, o config.Options, ui fs.FS) []Finding {
	cfg, err := config.Load(o)
	if err != nil {
		return []Finding{bad("settings", err, "docs/configuration.md lists every setting")}
	}
	found := settings(cfg)
	found = append(found, checkDataDir(cfg), checkKey(cfg), checkAddress(ctx, cfg))
	found = append(found, checkDatabase(ctx, cfg), checkProfile(cfg), checkUI(ui))
	return append(found, outside(ctx, cfg)...)
}

// Running looks at the set-up of a running product, whose database is d.
func Running(ctx context.Context, cfg config.Config, d *db.DB, ui fs.FS) []Finding {
	found := append(settings(cfg), checkDataDir(cfg), checkKey(asSet(cfg)), checkSchema(ctx, d), checkUI(ui))
	return append(found, outside(ctx, cfg)...)
}

// asSet is cfg without the key that the product itself read from its data folder.
func asSet(cfg config.Config) config.Config {
	kept, err := os.ReadFile(cfg.Data.SecretKeyFile())
	if err == nil && strings.TrimSpace(string(kept)) == cfg.Security.SecretKey.Reveal() {
		cfg.Security.SecretKey = ""
	}
	return cfg
}

func settings(cfg config.Config) []Finding {
	found := []Finding{good("settings", "read; environment "+cfg.Env)}
	for _, w := range cfg.Warnings {
		found = append(found, note("settings", w, ""))
	}
	return found
}

// outside looks at the servers that the product leans on, side by side, since each may take seconds to be silent.
func outside(ctx context.Context, cfg config.Config) []Finding {
	looks := []func(context.Context, config.Config) Finding{checkModel, checkRedis, checkMail}
	found := make([]Finding, len(looks))
	var all sync.WaitGroup
	for i, look := range looks {
		all.Go(func() { found[i] = look(ctx, cfg) })
	}
	all.Wait()
	return found
}

func checkDataDir(cfg config.Config) Finding {
	dir, err := filepath.Abs(cfg.Data.Dir)
	if err != nil {
		return bad("data folder", err, "")
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return note("data folder", dir+" does not exist yet", "it is made at the first start")
	}
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return bad("data folder", err, "make "+dir+" writable for this user")
	}
	if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		return bad("data folder", err, "make "+dir+" writable for this user")
	}
	return good("data folder", dir+" is writable")
}

func checkKey(cfg config.Config) Finding {
	if cfg.Security.SecretKey != "" {
		return good("secret key", "given by the environment")
	}
	info, err := os.Stat(cfg.Data.SecretKeyFile())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return note("secret key", "not made yet", "it is made at the first start, readable by this user alone")
	case err != nil:
		return bad("secret key", err, "")
	case info.Mode().Perm()&0o077 != 0:
		return bad("secret key", fmt.Errorf("%s may be read by others", cfg.Data.SecretKeyFile()), "chmod 600 "+cfg.Data.SecretKeyFile())
	}
	return good("secret key", "in the data folder, readable by its owner alone")
}

func checkAddress(ctx context.Context, cfg config.Config) Finding {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.Server.Addr)
	if err != nil {
		return note("address", cfg.Server.Addr+" is taken", "fine if Winnow runs already; else set WINNOW_ADDR")
	}
	if err := ln.Close(); err != nil {
		return bad("address", err, "")
	}
	return good("address", cfg.Server.Addr+" is free; people reach it as "+cfg.Server.BaseURL)
}

func checkDatabase(ctx context.Context, cfg config.Config) Finding {
	if cfg.Data.SQLite() {
		if _, err := os.Stat(filepath.Join(cfg.Data.Dir, "winnow.db")); errors.Is(err, fs.ErrNotExist) {
			return note("database", "the built-in database is not made yet", "it is made at the first start")
		}
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	d, err := db.Open(ctx, db.Options{URL: cfg.Data.DatabaseURL.Reveal(), DataDir: cfg.Data.Dir, Now: clock.System{}.Now})
	if err != nil {
		return bad("database", err, "")
	}
	defer func() { _ = d.Close() }()
	if d.Dialect == db.SQLite {
		var says string
		if err := d.Read.WithContext(ctx).Raw("PRAGMA quick_check(1)").Scan(&says).Error; err != nil || says != "ok" {
			return bad("database", errors.Join(errors.New("the file is damaged: "+says), err), "stop Winnow, keep a copy of the data folder, and restore the newest backup")
		}
	}
	return checkSchema(ctx, d)
}

func checkSchema(ctx context.Context, d *db.DB) Finding {
	steps, err := d.Status(ctx)
	if err != nil {
		return bad("database", err, "")
	}
	for _, s := range steps {
		if !s.Applied {
			return note("database", "the schema is not up to date ("+s.ID+" waits)", "winnow migrate up, or just start Winnow")
		}
	}
	return good("database", string(d.Dialect)+", sound, schema up to date")
}

func checkProfile(cfg config.Config) Finding {
	dir := ProfileDir(cfg)
	if _, err := os.Stat(filepath.Join(dir, profile.FileName(profile.KindCompany))); errors.Is(err, fs.ErrNotExist) {
		return note("profile", "no profile files in "+dir, "edit the profile in the app, or write files with: winnow init")
	}
	set, err := profile.LoadDir(dir)
	if err != nil {
		return bad("profile", err, "mend the lines named; the profile before stays in force until then")
	}
	return good("profile", fmt.Sprintf("%s, %d pain points", set.Company.Name, len(set.PainPoints.PainPoints)))
}

func checkUI(ui fs.FS) Finding {
	if ui == nil {
		return note("web app", "this process serves none", "")
	}
	if _, err := fs.Stat(ui, "index.html"); err != nil {
		return note("web app", "this binary was built without it", "make build")
	}
	return good("web app", "built in")
}

func checkModel(ctx context.Context, cfg config.Config) Finding {
	if !cfg.AI.Configured() {
		return good("model", "none; the built-in rules and templates do the work")
	}
	if cfg.AI.Model == "" {
		return bad("model", errors.New("WINNOW_AI_MODEL is empty"), "name the model, e.g. WINNOW_AI_MODEL=gpt-5-mini")
	}
	if !cfg.AI.PriceStated {
		return note("model", cfg.AI.Model+" has no price, so budgets cannot count", "set WINNOW_AI_PRICE_IN and WINNOW_AI_PRICE_OUT (0 for a local model)")
	}
	u, err := url.Parse(cfg.AI.BaseURL)
	if err != nil {
		return bad("model", err, "")
	}
	return reach(ctx, "model", hostPort(u, map[string]string{"http": "80", "https": "443"}), "check WINNOW_AI_BASE_URL and that the model server runs")
}

func checkRedis(ctx context.Context, cfg config.Config) Finding {
	if cfg.Data.RedisURL == "" {
		return good("Redis", "none; cache and live updates are in memory")
	}
	c, err := cache.OpenRedis(cfg.Data.RedisURL.Reveal())
	if err != nil {
		return bad("Redis", err, "")
	}
	defer func() { _ = c.Close() }()
	if err := c.Ping(ctx).Err(); err != nil {
		return note("Redis", "does not answer", "everything works without it, slower; check WINNOW_REDIS_URL")
	}
	return good("Redis", "answers")
}

func checkMail(ctx context.Context, cfg config.Config) Finding {
	if !cfg.Mail.Configured() {
		return good("mail", "none; invitations and resets are links to copy")
	}
	u, err := url.Parse(cfg.Mail.SMTPURL.Reveal())
	if err != nil {
		return bad("mail", errors.New("WINNOW_SMTP_URL is no URL"), "smtp://user:password@host:587")
	}
	return reach(ctx, "mail", hostPort(u, map[string]string{"smtp": "587", "smtps": "465"}), "check WINNOW_SMTP_URL")
}

func hostPort(u *url.URL, ports map[string]string) string {
	if u.Port() != "" {
		return u.Host
	}
	return net.JoinHostPort(u.Hostname(), ports[u.Scheme])
}

// reach opens and closes a connection.
func reach(ctx context.Context, what, address, mend string) Finding {
	c, err := (&net.Dialer{Timeout: 3 * time.Second}).DialContext(ctx, "tcp", address)
	if err != nil {
		return note(what, address+" cannot be reached", mend)
	}
	if err := c.Close(); err != nil {
		return bad(what, err, mend)
	}
	return good(what, address+" can be reached")
}

// ProfileDir is where a workspace's profile files lie.
func ProfileDir(cfg config.Config) string {
	if d := cfg.Data.ProfileDir; d != "" {
		return d
	}
	return filepath.Join(cfg.Data.Dir, "profile")
}

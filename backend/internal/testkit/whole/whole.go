// Package whole starts the full product for tests, as the binary would, over a fresh SQLite file. Only external test
// packages import it: it stands beside app, above every room.
package whole

import (
	"errors"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/app"
	"winnow/backend/internal/config"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/testkit"
)

// SecretKey is the root secret of products under test.
const SecretKey = "canary-root-secret-0123456789abcdef"

const leastCost = 4 // of bcrypt

// Product is the product under test. It serves by Server.Handler(); nothing works in the background unless Run is called.
type Product struct {
	*app.App
	// Quick is the account service of the same database and keys with cheap password hashes, to make users with.
	Quick *account.Service
}

// nowhere is a network on which nothing can be reached: tests reach only this machine.
type nowhere struct{}

// Do answers that the place cannot be reached.
func (nowhere) Do(*http.Request) (*http.Response, error) {
	return nil, errors.New("tests reach nothing outside")
}

// Config is what products under test are set to.
func Config(dir string) config.Config {
	return config.Config{
		Env:      "development",
		Server:   config.Server{Addr: "127.0.0.1:0", BaseURL: "http://localhost:8080", MaxUploadMB: 1},
		Data:     config.Data{Dir: dir, CacheTTL: time.Hour},
		Process:  config.Process{Roles: []config.Role{config.RoleAPI, config.RoleWorker, config.RoleScheduler}, Workers: 2},
		Security: config.Security{SecretKey: SecretKey},
		AI:       config.AI{Concurrency: 2},
		Log:      config.Log{Level: slog.LevelDebug},
		Currency: "USD",
	}
}

// Start composes the product; change may alter settings and parts first.
func Start(tb testing.TB, change ...func(*config.Config, *app.Parts)) *Product {
	tb.Helper()
	cfg := Config(tb.TempDir())
	parts := app.Parts{Places: nowhere{}, Log: testkit.Logger(), Server: httpapi.Deps{Access: testkit.Logger()}}
	for _, f := range change {
		f(&cfg, &parts)
	}
	a, err := app.New(tb.Context(), cfg, parts)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := a.Close(); err != nil {
			tb.Errorf("close the product: %v", err)
		}
	})
	quick, err := account.New(a.DB, a.Clock, a.Events, account.Options{
		SecretKey: []byte(cfg.Security.SecretKey.Reveal()), BaseURL: cfg.Server.BaseURL, BcryptCost: leastCost, Log: testkit.Logger(),
	})
	if err != nil {
		tb.Fatal(err)
	}
	return &Product{App: a, Quick: quick}
}

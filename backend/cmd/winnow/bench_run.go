package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"winnow/backend/internal/account"
	"winnow/backend/internal/app"
	"winnow/backend/internal/config"
	"winnow/backend/internal/id"
	"winnow/backend/internal/qualify/batch"
)

// benchRun measures one database.
type benchRun struct {
	kind, dir, url string
	leads          int
	say            func(string, ...any)
	app            *app.App
	out            []measure
}

func (b *benchRun) add(m measure) {
	m.Database = b.kind
	b.out = append(b.out, m)
	b.say("%s: %s: %s (%s)", b.kind, m.What, m.figure(), m.verdict())
}

func (b *benchRun) run(ctx context.Context) (err error) {
	model, stopModel, err := slowModel(ctx, modelLatency)
	if err != nil {
		return err
	}
	defer stopModel()
	if b.app, err = app.New(ctx, b.config(model), app.Parts{Log: quietLog()}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.app.Close()) }()
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	serving, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- b.app.Run(serving, ln) }()
	defer func() { stop(); err = errors.Join(err, <-done) }()
	system := account.With(ctx, account.System())
	if err := b.importLeads(system); err != nil {
		return err
	}
	if err := b.rulesBatch(system); err != nil {
		return err
	}
	if err := b.lists(ctx, "http://"+ln.Addr().String()); err != nil {
		return err
	}
	return b.modelBatch(system)
}

// config is that of a workspace in the run's folder, with a model of ours at some address.
func (b *benchRun) config(model string) config.Config {
	cfg := config.Config{
		Env: "development", Server: config.Server{Addr: "127.0.0.1:0", BaseURL: "http://localhost:8080", MaxUploadMB: 1000},
		Data:    config.Data{Dir: b.dir, DatabaseURL: config.Secret(b.url), CacheTTL: time.Hour},
		Process: config.Process{Roles: []config.Role{config.RoleAPI, config.RoleWorker}, Workers: 4},
		AI:      config.AI{BaseURL: model, Model: "bench", PriceStated: true, Concurrency: modelAtOnce}, Currency: "USD",
	}
	cfg.Security.SecretKey = config.Secret(id.New() + id.New())
	return cfg
}

func quietLog() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
}

func (b *benchRun) importLeads(ctx context.Context) error {
	path := filepath.Join(b.dir, "leads.csv")
	if err := writeBenchLeads(path, b.leads); err != nil {
		return err
	}
	imp, took, err := b.bring(ctx, path)
	if err != nil {
		return err
	}
	if imp.Created+imp.Updated+imp.Duplicate+imp.Unchanged != b.leads {
		return fmt.Errorf("imported %+v", imp)
	}
	least := map[string]float64{"sqlite": 3000, "postgres": 5000}[b.kind]
	per := float64(b.leads) / took.Seconds()
	b.add(measure{What: "import with dedup and full text", Size: fmt.Sprintf("%d leads", b.leads), PerS: per, Target: fmt.Sprintf("≥ %.0f/s", least), Met: per >= least})
	return nil
}

func (b *benchRun) rulesBatch(ctx context.Context) error {
	bt, took, err := b.batch(ctx, batch.Request{Name: "bench", Analyzer: "rules"})
	if err != nil {
		return err
	}
	per := float64(bt.Done) / took.Seconds()
	b.add(measure{What: "rules batch, stored", Size: fmt.Sprintf("%d leads", bt.Done), PerS: per, Target: "≥ 2000/s", Met: per >= 2000})
	return nil
}

// Figures of the model that the batch is measured against.
const (
	modelLatency = 500 * time.Millisecond
	modelAtOnce  = 32
	modelLeads   = 1920 // thirty seconds at the ideal pace
)

func (b *benchRun) modelBatch(ctx context.Context) error {
	n := min(modelLeads, b.leads)
	ids, err := b.app.Leads.SelectIDs(ctx, nil, "", "", n)
	if err != nil {
		return err
	}
	bt, took, err := b.batch(ctx, batch.Request{Selection: batch.Selection{IDs: ids}, Name: "bench", Analyzer: "llm"})
	if err != nil {
		return err
	}
	per := float64(bt.Done) / took.Seconds()
	ideal := float64(modelAtOnce) / modelLatency.Seconds()
	b.add(measure{
		What: "model batch, 500 ms latency, 32 at once", Size: fmt.Sprintf("%d leads", bt.Done), PerS: per,
		Value: fmt.Sprintf("%.1f/s, %.1f %% of ideal", per, 100*per/ideal), Target: "≥ 95 % of 64/s", Met: per >= 0.95*ideal,
	})
	return nil
}

// batch runs a batch to its end and tells how long its work took.
func (b *benchRun) batch(ctx context.Context, r batch.Request) (batch.Batch, time.Duration, error) {
	began := time.Now()
	bt, err := b.app.Batches.Create(ctx, r)
	if err != nil {
		return bt, 0, err
	}
	for bt.Alive() {
		time.Sleep(20 * time.Millisecond)
		if bt, err = b.app.Batches.Get(ctx, bt.ID); err != nil {
			return bt, 0, err
		}
	}
	if bt.Status != batch.Finished || bt.Failed > 0 {
		return bt, 0, fmt.Errorf("the batch ended as %s with %d failures: %s", bt.Status, bt.Failed, bt.Error)
	}
	if bt.StartedAt != nil {
		began = *bt.StartedAt
	}
	return bt, bt.FinishedAt.Sub(began), nil
}

// benchLists are the lists that people ask for, each with the words of its URL.
func benchLists() []struct{ what, query string } {
	return []struct{ what, query string }{
		{"GET /leads, first page", ""},
		{"GET /leads filtered", "filter=" + url.QueryEscape("grade in (A+,A,B) and source = linkedin")},
		{"GET /leads sorted by name", "sort=name"},
		{"GET /leads searched, common word", "q=inventory"},
		{"GET /leads searched, rare word", "q=zanzibar"},
		{"GET /leads filtered, sorted and searched", "filter=" + url.QueryEscape("source = linkedin and created_at > -14d") + "&sort=-created_at&q=" + url.QueryEscape("stock warehouse")},
	}
}

const requestsPerList = 200

func (b *benchRun) lists(ctx context.Context, base string) error {
	in, err := b.app.Accounts.Setup(ctx, account.NewUser{Name: "Bench", Email: "bench@winnow.example", Password: id.New()}, account.Client{IP: "127.0.0.1"})
	if err != nil {
		return err
	}
	for _, l := range benchLists() {
		times := make([]time.Duration, 0, requestsPerList)
		for range requestsPerList {
			took, _, err := get(ctx, base+"/api/v1/leads?"+l.query, in.Access)
			if err != nil {
				return err
			}
			times = append(times, took)
		}
		slices.Sort(times)
		p50, p95 := ms(times[len(times)/2]), ms(times[len(times)*95/100])
		b.add(measure{What: l.what, Size: fmt.Sprintf("%d leads", b.leads), P50ms: p50, P95ms: p95, Target: "p95 < 50 ms", Met: p95 < 50})
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func get(ctx context.Context, address, access string) (time.Duration, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return 0, nil, err
	}
	req.Host = "localhost:8080"
	req.AddCookie(&http.Cookie{Name: "winnow_access", Value: access}) //nolint:gosec // a request's cookie, on loopback
	began := time.Now()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	body, err := io.ReadAll(res.Body)
	took := time.Since(began)
	err = errors.Join(err, res.Body.Close())
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered %d: %.300s", address, res.StatusCode, body)
	}
	return took, body, err
}

// ownDatabase makes a database on a PostgreSQL server and tells how to drop it.
func ownDatabase(ctx context.Context, server string) (address string, drop func() error, err error) {
	name := "winnow_bench_" + strings.ReplaceAll(id.New(), "-", "")
	do := func(sql string) error {
		c, err := pgx.Connect(ctx, server)
		if err != nil {
			return fmt.Errorf("connect to PostgreSQL: %w", err)
		}
		_, err = c.Exec(ctx, sql)
		return errors.Join(err, c.Close(ctx))
	}
	if err := do("CREATE DATABASE " + name); err != nil {
		return "", nil, err
	}
	u, err := url.Parse(server)
	if err != nil {
		return "", nil, err
	}
	u.Path = "/" + name
	return u.String(), func() error { return do("DROP DATABASE " + name + " WITH (FORCE)") }, nil
}

// writeBenchLeads writes leads as people have them: names, firms, ways to reach them, and a post of about 300 characters.
func writeBenchLeads(path string, n int) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	_, _ = fmt.Fprintln(w, "name,title,company,email,phone,linkedin url,source,location,content")
	r := rand.New(rand.NewPCG(benchSeed, 1)) //nolint:gosec // the same leads every time
	for i := range n {
		_, _ = fmt.Fprintln(w, benchLead(r, i))
	}
	return w.Flush()
}

func benchLead(r *rand.Rand, i int) string {
	first := []string{"Asha", "Ben", "Carla", "Deepak", "Elif", "Farid", "Greta", "Hugo", "Indira", "Jonas", "Kavya", "Liam", "Meera", "Nils", "Olga", "Priya"}
	last := []string{"Anand", "Baker", "Costa", "Desai", "Evans", "Fischer", "Gupta", "Hansen", "Iyer", "Jain", "Kumar", "Lopez", "Mehta", "Novak", "Okoro", "Patel"}
	trades := []string{"Textiles", "Fasteners", "Foods", "Pumps", "Packaging", "Plastics", "Auto Parts", "Chemicals", "Ceramics", "Tools"}
	places := []string{"Pune, India", "Leeds, UK", "Ohio, USA", "Dubai, UAE", "Chennai, India", "Texas, USA", "Lagos, Nigeria", "Berlin, Germany"}
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	name := pick(first) + " " + pick(last)
	company := fmt.Sprintf("%s %s %d", pick(last), pick(trades), r.IntN(40_000))
	text := benchPost(r, i)
	return fmt.Sprintf("%s,%s,%s,lead%d@firm%d.example,+9198%08d,https://www.linkedin.com/in/lead-%d,%s,\"%s\",\"%s\"",
		name, benchTitle(r), company, i, r.IntN(60_000), 10_000_000+i, i, benchSource(r), pick(places), text)
}

func benchTitle(r *rand.Rand) string {
	titles := []string{"Owner", "Operations Manager", "Director", "Warehouse Manager", "Accountant", "CEO", "Purchase Manager", "Consultant", "Student", ""}
	return titles[r.IntN(len(titles))]
}

func benchSource(r *rand.Rand) string {
	sources := []string{"linkedin", "reddit", "indiamart", "website", "google_maps"}
	return sources[r.IntN(len(sources))]
}

// benchPost is what a lead says; one in five thousand says a rare word too.
func benchPost(r *rand.Rand, i int) string {
	says := []string{
		"Our stock never matches the register and we shipped nine wrong orders last month.", "Inventory is kept in Excel by three people and the warehouse calls all day.",
		"Looking for an order management system, budget about 500 a month, before January.", "Happy to share our new guide on supply chain resilience, comments welcome.",
		"Dispatch is always late and customers cancel; we do sixty orders a day.", "We moved to a new ERP last year and everything works now.", "Payments are stuck with dealers and nobody follows up.",
		"Hiring a store keeper who knows stock taking.", "What do people use to keep an eye on branch stock?",
	}
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	text := pick(says) + " " + pick(says) + " " + pick(says)
	if i%5000 == 0 {
		text += " We also ship to Zanzibar."
	}
	return text
}

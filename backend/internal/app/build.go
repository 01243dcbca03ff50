package app

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/ai"
	"winnow/backend/internal/collect"
	"winnow/backend/internal/compose"
	"winnow/backend/internal/event"
	"winnow/backend/internal/httpapi"
	"winnow/backend/internal/insight"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/intake/firm"
	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/intake/resolution"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/company"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/lead/maildomain"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/lead/spelling"
	"winnow/backend/internal/lead/view"
	"winnow/backend/internal/notify"
	"winnow/backend/internal/platform/cache"
	"winnow/backend/internal/platform/jobs"
	"winnow/backend/internal/platform/live"
	"winnow/backend/internal/platform/mail"
	"winnow/backend/internal/platform/mailhost"
	"winnow/backend/internal/platform/telemetry"
	"winnow/backend/internal/platform/webclient"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/batch"
	"winnow/backend/internal/qualify/corrections"
	"winnow/backend/internal/qualify/judge"
	"winnow/backend/internal/qualify/llm"
	"winnow/backend/internal/qualify/preview"
	"winnow/backend/internal/qualify/rules"
	"winnow/backend/internal/settings"
)

func actorOf(ctx context.Context) *string {
	if v, ok := account.From(ctx); ok && v.UserID != "" {
		return &v.UserID
	}
	return nil
}

// redisPrefix keeps our keys apart from others on a shared Redis.
const redisPrefix = "winnow:"

func (a *App) buildPlatform() error {
	var err error
	if a.Metrics, err = telemetry.NewMetrics(telemetry.BuildInfo()); err != nil {
		return err
	}
	if err := a.connectRedis(); err != nil {
		return err
	}
	a.Events = event.New(a.DB, a.Clock, actorOf)
	a.Hub = live.New(a.hubOptions())
	a.DB.AfterCommit(a.Hub.Committed)
	a.Jobs, err = jobs.New(a.DB, jobs.Options{
		Work: a.worksJobs(), Workers: a.Config.Process.Workers, Clock: a.Clock, Logger: a.Log,
		Queues:  map[string]int{batch.QueueName: maxBatchesAtOnce, collect.QueueName: maxRunsAtOnce},
		Context: func(ctx context.Context) context.Context { return account.With(ctx, account.System()) },
		Observe: a.Metrics.Job,
	})
	if err != nil {
		return err
	}
	return a.measure()
}

// measure shows the process's own figures at /metrics.
func (a *App) measure() error {
	a.Events.On("", func(_ context.Context, _ *gorm.DB, e event.Event) error {
		a.Metrics.Event(e.Type)
		return nil
	})
	write, err := a.DB.Write.DB()
	if err != nil {
		return fmt.Errorf("measure the database: %w", err)
	}
	return errors.Join(
		a.Metrics.WatchDB("winnow", write),
		a.Metrics.Gauge("winnow_sockets", "Open WebSocket connections.", func() float64 { return float64(a.Hub.Sockets()) }),
	)
}

// connectRedis makes the client; it connects when it is first used, and everything works without it.
func (a *App) connectRedis() error {
	url := a.Config.Data.RedisURL.Reveal()
	if url == "" {
		return nil
	}
	var err error
	a.redis, err = cache.OpenRedis(url)
	return err
}

func (a *App) hubOptions() live.Options {
	o := live.Options{Source: a.Events.Feed(), Clock: a.Clock, Logger: a.Log}
	if a.redis != nil {
		o.Nudger = live.NewRedis(a.redis, redisPrefix, a.Log)
	}
	return o
}

// maxBatchesAtOnce bounds how many batches one process works on side by side; the others wait their turn.
const maxBatchesAtOnce = 4

func (a *App) buildRooms(p Parts) error {
	c := a.Config
	root := []byte(c.Security.SecretKey.Reveal())
	var err error
	a.Accounts, err = account.New(a.DB, a.Clock, a.Events, account.Options{
		SecretKey: root, BaseURL: c.Server.BaseURL, Mailed: c.Mail.Configured(), Log: a.Log,
	})
	if err != nil {
		return err
	}
	a.Profiles = profile.NewService(a.DB, a.Events, a.Clock)
	if err := a.buildModel(p); err != nil {
		return err
	}
	a.speller = spelling.New(a.DB)
	a.Leads = lead.NewService(lead.NewStore(a.DB, a.Clock).MendBy(a.speller).Relate(relations()...), a.Events, httpapi.NewLeadRules(p.Region))
	a.Accounts.Bind(a.Leads)
	a.Settings = settings.New(a.DB, a.Clock, a.Events, c.Currency)
	a.Insight = insight.New(a.DB, a.Clock, a.Events).Relate(relations()...)
	a.domains = maildomain.New(a.DB, a.Clock, mailhost.New(mailhost.Options{Names: p.Names}))
	a.Intake = intake.New(intake.Config{
		DB: a.DB, Log: a.Events, Clock: a.Clock, Jobs: a.Jobs, Dir: filepath.Join(c.Data.Dir, "uploads"), MaxBytes: c.Server.MaxUploadBytes(),
		Region: p.Region, RegionOf: a.phoneRegion, Actors: a.Accounts,
	})
	analyzers, err := a.analyzers(root)
	if err != nil {
		return err
	}
	writer, err := a.writer(root)
	if err != nil {
		return err
	}
	a.Judge = judge.New(a.DB, a.Clock, a.Events, a.Leads, a.Profiles, analyzers...)
	a.Batches = batch.New(a.DB, a.Clock, a.Events, a.Judge, a.Leads, a.Jobs, llm.Money{Ledger: a.AI.Ledger()})
	a.Runner = batch.NewRunner(a.Batches, a.Accounts, a.batchOptions(p.Batch), a.Log)
	a.Merges = merging.New(merging.Deps{DB: a.DB, Clock: a.Clock, Events: a.Events, Leads: a.Leads, Children: children(), Judged: judge.FirstLead})
	a.Twins = duplicate.New(a.DB, a.Clock, a.Events, a.Merges)
	a.Finder = resolution.New(a.DB, a.Clock, a.Events, a.Twins, a.Jobs)
	a.Companies = company.New(a.DB, a.Clock, a.Events, normalise.CompanyKey)
	a.Firms = firm.New(firm.Deps{DB: a.DB, Clock: a.Clock, Pairs: a.Companies, Jobs: a.Jobs, Matcher: a.Finder.Firms, Auto: a.mergesSure})
	a.Twins.Settling(duplicate.Auto{Settings: a.Settings, Jobs: a.Jobs, From: linkage.SureFrom(), Sure: a.Finder.Sure})
	a.Compose = compose.New(a.DB, a.Clock, a.Events, a.Leads, a.Judge, senders{a.Accounts}, writer)
	a.addWorkers()
	if err := a.buildSources(root); err != nil {
		return err
	}
	return a.buildMail()
}

// buildMail makes mails of invitations and resets, where a mail server is set up.
func (a *App) buildMail() error {
	m := a.Config.Mail
	if !m.Configured() {
		return nil
	}
	sender, err := mail.New(mail.Options{URL: m.SMTPURL.Reveal(), From: m.From, Clock: a.Clock})
	if err != nil {
		return err
	}
	notify.Follow(a.Events, a.Jobs)
	if a.worksJobs() {
		jobs.AddWorker(a.Jobs, &notify.LinkWorker{Service: notify.New(a.Accounts, mailer{sender})})
	}
	return nil
}

// buildModel makes the door to the language model. Its host is named by the operator, so it passes the guard.
func (a *App) buildModel(p Parts) error {
	c := a.Config
	client := p.HTTP
	if client == nil {
		guarded, err := webclient.New(webclient.Options{AllowHosts: append(hostOf(c.AI.BaseURL), c.Server.AllowHosts...), Timeout: modelTimeout, Logger: a.Log})
		if err != nil {
			return err
		}
		client = guarded.HTTP()
	}
	o := cache.Options{Prefix: redisPrefix, Clock: a.Clock, Logger: a.Log}
	if a.redis != nil {
		o.Redis = a.redis
	}
	front, err := cache.New(o)
	if err != nil {
		return err
	}
	a.AI = ai.New(ai.Deps{Config: ai.ConfigOf(c), DB: a.DB, Clock: a.Clock, HTTP: client, Events: a.Events, Front: front, Shared: cache.NewLimiter(o), Log: a.Log, Allowed: a.modelsAllowed})
	return nil
}

// modelsAllowed is the workspace's switch; the settings are read at each call, so it acts at once.
func (a *App) modelsAllowed(ctx context.Context) (bool, error) {
	w, _, err := a.Settings.Get(ctx)
	return !w.AIOff, err
}

func (a *App) batchOptions(o batch.Options) batch.Options {
	if o.Concurrency == 0 {
		o.Concurrency = a.Config.AI.Concurrency
	}
	o.SoleOwner = a.Config.Data.SQLite()
	return o
}

// analyzers are those that are set up; the built-in rules come first, so they are the default.
func (a *App) analyzers(root []byte) ([]qualify.Analyzer, error) {
	r, err := rules.New()
	if err != nil {
		return nil, err
	}
	a.rules = r
	out := []qualify.Analyzer{r}
	if a.Config.AI.Configured() {
		key, err := hkdf.Key(sha256.New, root, nil, "winnow qualify llm", sha256.Size)
		if err != nil {
			return nil, fmt.Errorf("derive key: %w", err)
		}
		out = append(out, llm.New(a.AI, key))
	}
	return out, nil
}

// writer writes messages by the model, where one is set up.
func (a *App) writer(root []byte) (compose.Writer, error) {
	if !a.Config.AI.Configured() {
		return nil, nil //nolint:nilnil // no model, no writer: compose says so to who asks for one
	}
	key, err := hkdf.Key(sha256.New, root, nil, "winnow compose", sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("derive key: %w", err)
	}
	return compose.NewModelWriter(a.AI, key), nil
}

func (a *App) addWorkers() {
	if !a.worksJobs() {
		return
	}
	jobs.AddWorker(a.Jobs, &batch.Worker{Runner: a.Runner})
	jobs.AddWorker(a.Jobs, intake.NewRunWorker(a.Intake))
	jobs.AddWorker(a.Jobs, intake.NewUndoWorker(a.Intake))
	jobs.AddWorker(a.Jobs, resolution.NewSweepWorker(a.Finder))
	jobs.AddWorker(a.Jobs, duplicate.NewSettleWorker(a.Twins))
	jobs.AddWorker(a.Jobs, firm.NewSweepWorker(a.Firms))
	jobs.AddWorker(a.Jobs, &autoWorker{app: a})
	jobs.AddWorker(a.Jobs, &compose.Worker{Service: a.Compose, Actors: a.Accounts, Log: a.Log})
}

func (a *App) buildServer(p Parts) error {
	c := a.Config.Server
	deps := p.Server
	deps.Auth, deps.Idempotency, deps.Ready, deps.Clock = a.Accounts, a.Accounts, a.ready, a.Clock
	deps.Log, deps.Metrics = a.Log, a.Metrics.Registry
	hc := httpapi.Config{
		BaseURL: c.BaseURL, TrustedProxies: c.TrustedProxies, AllowedOrigins: c.AllowedOrigins, MetricsToken: c.MetricsToken.Reveal(),
	}
	var err error
	a.Server, err = httpapi.New(hc, deps, a.resources(hc)...)
	return err
}

func (a *App) resources(c httpapi.Config) []httpapi.Resource {
	return []httpapi.Resource{
		httpapi.NewSetup(a.Accounts, c),
		httpapi.NewAuth(a.Accounts, c),
		httpapi.NewMe(a.Accounts, a.parts.Server.Version),
		httpapi.NewPermissions(),
		httpapi.NewSystem(a),
		httpapi.NewUsers(a.Accounts),
		httpapi.NewSessions(a.Accounts),
		httpapi.NewAPIKeys(a.Accounts),
		httpapi.NewLeads(a.Leads, a.Profiles, a.Intake),
		httpapi.NewMerges(a.Merges, a.Leads, a.Profiles),
		httpapi.NewDuplicates(a.Twins, a.Leads, a.Profiles),
		httpapi.NewCompanies(a.Companies),
		httpapi.NewSweeps(a.Finder),
		httpapi.NewSources(a.Sources),
		httpapi.NewSamples(intake.Samples{Leads: a.Leads, Door: a.Intake}),
		httpapi.NewViews(view.New(a.DB, a.Events, a.Clock, a.Leads)),
		httpapi.NewImports(a.Intake, a.Config.Server.MaxUploadBytes()),
		httpapi.NewProfile(a.Profiles, preview.New(a.Leads, a.Profiles, a.rules)),
		httpapi.NewAnalyses(a.Judge),
		httpapi.NewCorrections(corrections.New(a.Judge, a.Leads), a.Clock),
		httpapi.NewBatches(a.Batches, a.Clock),
		httpapi.NewMessages(a.Compose),
		httpapi.NewTemplates(a.Compose),
		httpapi.NewSettings(a.Settings),
		httpapi.NewAI(a.AI),
		httpapi.NewBudgets(a.AI.Ledger()),
		httpapi.NewAnalytics(a.Insight, a.Batches, a.AI.Ledger(), a.Clock),
		httpapi.NewSocket(a.Hub, a.Accounts, c, a.Log),
	}
}

func (a *App) ready(ctx context.Context) error {
	steps, err := a.DB.Status(ctx)
	if err != nil {
		return err
	}
	for _, s := range steps {
		if !s.Applied {
			return errNotMigrated(s.ID)
		}
	}
	return nil
}

// startBackground runs what is neither a request nor a job, until ctx ends.
func (a *App) startBackground(ctx context.Context) {
	a.background.Go(func() { a.Accounts.Run(ctx) })
	a.background.Go(func() { a.watchProfile(ctx) })
	a.background.Go(func() { a.sweepAccounts(ctx) })
	a.background.Go(func() { a.Hub.Run(ctx) })
	a.background.Go(func() { a.AI.Run(ctx) })
	if a.worksJobs() {
		a.background.Go(func() { a.watchImports(ctx) })
	}
}

func (a *App) reportProfile(ctx context.Context) func(*profile.Set, error) {
	return func(set *profile.Set, err error) {
		if err != nil {
			a.Log.ErrorContext(ctx, "profile files not taken over", slog.Any("error", err))
			return
		}
		a.Log.InfoContext(ctx, "profile in force", slog.Int("version", set.Version))
	}
}

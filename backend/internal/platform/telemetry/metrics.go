package telemetry

import (
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Build says which program this is.
type Build struct {
	Version  string `json:"version"`  // e.g. v0.3.0, or (devel)
	Revision string `json:"revision"` // commit, shortened; "" when built outside the repository
	Modified bool   `json:"modified"` // built from changed files
	Go       string `json:"go"`
}

// BuildInfo reads what the compiler noted.
func BuildInfo() Build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return Build{Version: "unknown"}
	}
	b := Build{Version: info.Main.Version, Go: info.GoVersion}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

// Metrics are the counters of a process that no room keeps for itself. Labels are kinds and types, never names or ids.
type Metrics struct {
	Registry *prometheus.Registry
	jobs     *prometheus.CounterVec
	jobTime  *prometheus.HistogramVec
	events   *prometheus.CounterVec
}

// NewMetrics makes a registry with the process's own figures and the counters of jobs and events.
func NewMetrics(b Build) (*Metrics, error) {
	m := &Metrics{
		Registry: prometheus.NewRegistry(),
		jobs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "winnow_jobs_total", Help: "Runs of background jobs by kind and outcome (done, retry, snooze, cancel, panic).",
		}, []string{"kind", "outcome"}),
		jobTime: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "winnow_job_seconds", Help: "Time that a run of a job took, by kind.",
			Buckets: []float64{0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300},
		}, []string{"kind"}),
		events: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "winnow_events_total", Help: "Events appended by this process, by type; some may have been rolled back.",
		}, []string{"type"}),
	}
	info := prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "winnow_build_info", Help: "Always 1; the labels say which program runs.",
	}, []string{"version", "revision", "go"})
	info.WithLabelValues(b.Version, b.Revision, b.Go).Set(1)
	err := errors.Join(
		m.Registry.Register(collectors.NewGoCollector()),
		m.Registry.Register(collectors.NewProcessCollector(collectors.ProcessCollectorOpts{})),
		m.Registry.Register(m.jobs), m.Registry.Register(m.jobTime), m.Registry.Register(m.events), m.Registry.Register(info))
	if err != nil {
		return nil, fmt.Errorf("register metrics: %w", err)
	}
	return m, nil
}

// Job counts a run of a job; give it to jobs.Options.Observe.
func (m *Metrics) Job(kind, outcome string, took time.Duration) {
	m.jobs.WithLabelValues(kind, outcome).Inc()
	m.jobTime.WithLabelValues(kind).Observe(took.Seconds())
}

// Event counts an appended event by its type.
func (m *Metrics) Event(typ string) { m.events.WithLabelValues(typ).Inc() }

// WatchDB adds the figures of a connection pool under a name.
func (m *Metrics) WatchDB(name string, d *sql.DB) error {
	if err := m.Registry.Register(collectors.NewDBStatsCollector(d, name)); err != nil {
		return fmt.Errorf("register metrics of %s: %w", name, err)
	}
	return nil
}

// Gauge adds a figure that is asked for at each scrape, e.g. how many sockets are open.
func (m *Metrics) Gauge(name, help string, value func() float64) error {
	if err := m.Registry.Register(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)); err != nil {
		return fmt.Errorf("register metric %s: %w", name, err)
	}
	return nil
}

// Package config reads the settings of one process, once, at its start: defaults, then winnow.yaml, then
// winnow.<env>.yaml, then WINNOW_* variables. It is the only package that reads the environment; it opens no
// connection, and reports every fault at once.
package config

import (
	"log/slog"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Config holds every setting of a process, checked. Get one from Load, never by hand outside tests.
type Config struct {
	// Env is development, staging or production. It chooses which winnow.<env>.yaml is read and changes nothing else.
	Env string
	// Server is the web server.
	Server Server
	// Data is where things are kept.
	Data Data
	// Process says what this process does.
	Process Process
	// Security holds the key that everything else is derived from.
	Security Security
	// AI is the language model; AI.Configured() is false when there is none.
	AI AI
	// Mail is the mail server for invitations and resets; Mail.Configured() is false when there is none.
	Mail Mail
	// Fetch is how pages of other people's sites are fetched.
	Fetch Fetch
	// Log says where logs go and how much.
	Log Log
	// Currency is the ISO 4217 code in which prices and budgets are counted, e.g. USD.
	Currency string
	// Warnings are worth telling the operator at start; none stops it. They hold no secret.
	Warnings []string
}

// Server holds the settings of the web server.
type Server struct {
	Addr           string         // host:port to listen on
	BaseURL        string         // scheme://host[:port] under which people reach it; no slash at the end
	TrustedProxies []netip.Prefix // proxies whose X-Forwarded-* headers are believed
	AllowedOrigins []string       // other origins (scheme://host[:port]) that may call the API with credentials
	AllowHosts     []string       // host:port that pass the guard on outside HTTP although they are private
	MaxUploadMB    int            // largest file that may be uploaded, in MiB
	MetricsToken   Secret         // bearer token for /metrics from other machines; empty = loopback only
}

// MaxUploadBytes is the largest upload in bytes.
func (s Server) MaxUploadBytes() int64 { return int64(s.MaxUploadMB) << 20 }

// Secure reports whether people reach the server over HTTPS, so that cookies must be Secure.
func (s Server) Secure() bool { return strings.HasPrefix(s.BaseURL, "https://") }

// Data holds where things are kept.
type Data struct {
	Dir         string        // folder of the SQLite file, the secret key and uploads
	ProfileDir  string        // folder of the profile's seed files; it need not exist
	DatabaseURL Secret        // postgres://…; empty = SQLite in Dir
	RedisURL    Secret        // redis://…; empty = in memory
	CacheTTL    time.Duration // how long an analysis may be answered from the cache

	CheckMailDomains bool // whether the name service is asked which domains of leads take mail
}

// SQLite reports whether the database is the embedded one.
func (d Data) SQLite() bool { return d.DatabaseURL == "" }

// SecretKeyFile is the path of the key that EnsureSecretKey keeps.
func (d Data) SecretKeyFile() string { return filepath.Join(d.Dir, "secret.key") }

// Process says what this process does.
type Process struct {
	Roles   []Role // at least one, no twins
	Workers int    // jobs that run at once in this process; ≥ 1
}

// Role is a part that a process plays.
type Role string

// The roles.
const (
	RoleAPI       Role = "api"
	RoleWorker    Role = "worker"
	RoleScheduler Role = "scheduler"
)

// Has reports whether the process plays a role.
func (p Process) Has(r Role) bool { return slices.Contains(p.Roles, r) }

// Security holds the root secret.
type Security struct {
	// SecretKey is ≥ 32 bytes. Empty after Load on SQLite when it was not given: EnsureSecretKey fills it.
	SecretKey Secret
}

// AI holds the settings of the language model.
type AI struct {
	BaseURL     string // of an OpenAI-compatible API, e.g. https://api.openai.com/v1; empty = none
	APIKey      Secret // may be empty for a local model
	Model       string // e.g. gpt-5-mini
	PriceIn     Micros // price of a million input tokens
	PriceOut    Micros // price of a million output tokens
	PriceStated bool   // whether both prices were given (0 is a price)
	RPM         int    // requests per minute; 0 = no bound of ours
	TPM         int    // tokens per minute; 0 = no bound of ours
	Concurrency int    // calls at once; ≥ 1
}

// Configured reports whether a model is set up.
func (a AI) Configured() bool { return a.BaseURL != "" }

// Mail holds the settings of the mail server for users.
type Mail struct {
	SMTPURL Secret // smtp://user:password@host:587 or smtps://…:465; empty = none
	From    string // RFC 5322 address, e.g. "Winnow <winnow@example.com>"
}

// Configured reports whether mail can be sent.
func (m Mail) Configured() bool { return m.SMTPURL != "" }

// Fetch holds how pages of other people's sites are fetched.
type Fetch struct {
	Contact string   // web address or mailto: that crawled sites are told
	Proxies []Secret // http, https or socks5 proxies that carry requests to public hosts
	Browser string   // path of Chromium, "off" for none, "" for the one that is installed
}

// Log says where logs go.
type Log struct {
	Dir   string     // folder of app.log, error.log and api.log; empty = standard output only
	Level slog.Level // least level that is written
	MaxMB int        // size in MiB at which a log file is rotated
}

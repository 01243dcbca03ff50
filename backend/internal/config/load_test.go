package config_test

import (
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/config"
	"winnow/backend/internal/fault"
)

const goodKey = "f3a91c07be5524d8f3b19c07be55a4d8e0"

// load reads settings from variables ("ADDR=…" without the prefix) and files given by name.
func load(t *testing.T, files map[string]string, vars ...string) (config.Config, error) {
	t.Helper()
	environ := []string{"PATH=/bin"}
	for _, v := range vars {
		environ = append(environ, "WINNOW_"+v)
	}
	return config.Load(config.Options{Dir: "etc", Environ: environ, ReadFile: func(path string) ([]byte, error) {
		if text, ok := files[path]; ok {
			return []byte(text), nil
		}
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}})
}

// fields are the faults as "name|code|message".
func fields(t *testing.T, err error) []string {
	t.Helper()
	var fe *fault.Error
	if !errors.As(err, &fe) || fe.Kind != fault.Invalid {
		t.Fatalf("want an Invalid fault, got %v", err)
	}
	var out []string
	for _, f := range fe.Fields {
		out = append(out, f.Name+"|"+f.Code+"|"+f.Message)
	}
	return out
}

func TestNothingGivenIsSafeDefaults(t *testing.T) {
	t.Parallel()
	c, err := load(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Env != "development" || c.Server.Addr != "127.0.0.1:8080" || c.Server.BaseURL != "http://localhost:8080" ||
		c.Data.Dir != "data" || c.Data.ProfileDir != "data/profile" || !c.Data.SQLite() || c.Server.MaxUploadBytes() != 100<<20 || c.Currency != "USD" ||
		c.AI.Configured() || c.Mail.Configured() || c.Log.Level != slog.LevelInfo || c.Data.CacheTTL != 720*time.Hour ||
		c.Process.Workers < 4 || !c.Process.Has(config.RoleAPI) || !c.Process.Has(config.RoleScheduler) || len(c.Warnings) != 0 {
		t.Errorf("defaults are wrong: %+v", c)
	}
}

func TestLayersWinInOrder(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"etc/winnow.yaml":            "server:\n  addr: 127.0.0.1:1\n  max_upload_mb: 7\nworkers: 5\nlog: {level: debug}\nroles: [api, worker]\n",
		"etc/winnow.production.yaml": "server:\n  addr: 127.0.0.1:2\nworkers: 6\n",
		"etc/winnow.staging.yaml":    "nonsense: true\n",
		"/run/secrets/ai":            "sk-1234\n",
	}
	c, err := load(t, files, "ENV=production", "WORKERS=9", "AI_API_KEY_FILE=/run/secrets/ai",
		"AI_BASE_URL=http://localhost:11434/v1/", "AI_MODEL=llama", "AI_PRICE_IN=0.25", "AI_PRICE_OUT=2")
	if err != nil {
		t.Fatal(err)
	}
	if c.Server.Addr != "127.0.0.1:2" || c.Server.BaseURL != "http://localhost:2" || c.Server.MaxUploadMB != 7 || c.Process.Workers != 9 ||
		c.Log.Level != slog.LevelDebug || c.Process.Has(config.RoleScheduler) {
		t.Errorf("layers are wrong: %+v", c)
	}
	if c.AI.APIKey.Reveal() != "sk-1234" || c.AI.BaseURL != "http://localhost:11434/v1" || c.AI.PriceIn != 250_000 || c.AI.PriceOut != 2_000_000 || !c.AI.PriceStated {
		t.Errorf("AI is wrong: %#v", c.AI)
	}
}

func TestAllFaultsAreReportedAtOnceWithTheirPlaces(t *testing.T) {
	t.Parallel()
	files := map[string]string{"etc/winnow.yaml": "server:\n  adr: 127.0.0.1:1\n  allowed_origins: ['*', 'https://ok.example']\nai:\n  api_key: sk-in-file\nworkers: many\nbase_url: http://x\nworkers: 3\n"}
	_, err := load(t, files, "ADRR=1", "ENV=prod", "AI_PRICE_IN=1e3", "DATABASE_URL=mysql://u:hunter2@h/db", "SMTP_URL=smtp://u:hunter2@mail.example", "LOG_DIR=a", "LOG_DIR_FILE=b", "SERVICE_HOST=1.2.3.4", "PORT_8080_TCP=x", "TEST_POSTGRES_URL=x")
	got := strings.Join(fields(t, err), "\n")
	for _, want := range []string{
		`WINNOW_ADRR|unknown|There is no such setting. Did you mean "WINNOW_ADDR"?`,
		`winnow.yaml:2:3 (server.adr)|unknown|There is no such setting. Did you mean "server.addr"?`,
		`winnow.yaml:3:3 (server.allowed_origins)|invalid|`,
		`winnow.yaml:5:3 (ai.api_key)|not_in_file|`,
		`winnow.yaml:6:1 (workers)|invalid|The setting is wrong: "many" is not a whole number from 0 to 1000.`,
		`winnow.yaml:7:1 (base_url)|unknown|There is no such setting. Did you mean "server.base_url"?`,
		`winnow.yaml:8:1|yaml_invalid|The key "workers" stands here a second time (first on line 6).`,
		`WINNOW_ENV|invalid|The setting is wrong: "prod" is none of development, staging, production.`,
		`WINNOW_AI_PRICE_IN|invalid|`,
		`WINNOW_DATABASE_URL|invalid|`,
		`WINNOW_SECRET_KEY|required|`,
		`WINNOW_MAIL_FROM|required|`,
		`WINNOW_LOG_DIR|ambiguous|`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("missing %q in:\n%s", want, got)
		}
	}
	if n := len(fields(t, err)); n != 13 {
		t.Errorf("%d faults, want 13:\n%s", n, got)
	}
	if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "sk-in-file") {
		t.Error("a secret is in the error")
	}
}

func TestA48_WeakOrShortSecretKeysAreRefused(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"x", goodKey[:31], strings.Repeat("a", 64), strings.Repeat("4f9c1a7e", 8), "my-secret-key-of-32-characters-ab", "changeme7f3a91c07be5524d8f3b19c07b", "0123456789abcdef0123456789abcdef", "password7f3a91c07be5524d8f3b19c07b"} {
		_, err := load(t, nil, "SECRET_KEY="+key)
		got := fields(t, err)
		if len(got) != 1 || !strings.HasPrefix(got[0], "WINNOW_SECRET_KEY|invalid|") {
			t.Errorf("%q: %v", key, got)
		}
		if len(key) > 1 && strings.Contains(err.Error(), key) {
			t.Errorf("the key is in the error: %v", err)
		}
	}
	if _, err := load(t, nil, "SECRET_KEY="+goodKey, "DATABASE_URL=postgres://u:p@h/db"); err != nil {
		t.Error(err)
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	tests := []struct{ set, bad string }{
		{"ADDR=:8080", ""},
		{"ADDR=8080", "host:port"},
		{"ADDR=h:99999", "host:port"},
		{"BASE_URL=https://w.example/", ""},
		{"BASE_URL=https://w.example/app", "more than"},
		{"BASE_URL=ftp://w", "not an address"},
		{"TRUSTED_PROXIES=10.1.2.3/8, ::1", ""},
		{"TRUSTED_PROXIES=0.0.0.0/0", "trusts everybody"},
		{"TRUSTED_PROXIES=proxy", "neither"},
		{"ALLOWED_ORIGINS=https://a.example,https://b.example:8443", ""},
		{"ALLOWED_ORIGINS=null", "not an address"},
		{"ALLOW_HOSTS=Box.internal:80", ""},
		{"ALLOW_HOSTS=box", "host:port"},
		{"ALLOW_HOSTS=*:80", "host:port"},
		{"MAX_UPLOAD_MB=0", "whole number"},
		{"METRICS_TOKEN=short", "at least 16"},
		{"DATA_DIR= ", "it is empty"},
		{"CACHE_TTL=0", ""},
		{"CACHE_TTL=2d", ""},
		{"CACHE_TTL=-1h", "length of time"},
		{"CACHE_TTL=soon", "length of time"},
		{"REDIS_URL=rediss://:p@h:6379/1", ""},
		{"REDIS_URL=h:6379", "not an address of the form"},
		{"AI_RPM=0", ""},
		{"AI_RPM=-1", "whole number"},
		{"AI_CONCURRENCY=0", "whole number"},
		{"CURRENCY=eur", ""},
		{"CURRENCY=EURO", "ISO 4217"},
		{"LOG_LEVEL=loud", "none of"},
		{"ROLES=api,cook", "none of"},
		{"ROLES=,", "no role"},
		{"AI_PRICE_IN=0.0000001", "not an amount"},
		{"AI_PRICE_IN=-1", "not an amount"},
		{"AI_PRICE_IN=.5", "not an amount"},
		{"AI_PRICE_IN=5.", "not an amount"},
		{"MAIL_FROM=nobody", "not an address"},
		{"MAIL_FROM=W <w@x.example>", ""},
		{"LOG_DIR_FILE=/absent", "cannot be read"},
	}
	for _, tt := range tests {
		t.Run(tt.set, func(t *testing.T) {
			t.Parallel()
			_, err := load(t, nil, tt.set)
			if tt.bad == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			got := fields(t, err)
			if len(got) != 1 || !strings.Contains(got[0], tt.bad) {
				t.Errorf("got %v, want one fault with %q", got, tt.bad)
			}
		})
	}
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, want string
		vars       []string
	}{
		{"open address, plain http", "listens on 0.0.0.0:8080", []string{"ADDR=0.0.0.0:8080"}},
		{"open address, https", "", []string{"ADDR=:8080", "BASE_URL=https://w.example"}},
		{"plain http name", "plain http on a name", []string{"BASE_URL=http://w.example"}},
		{"price not stated", "price", []string{"AI_BASE_URL=https://api.example/v1", "AI_MODEL=m"}},
		{"local model without price", "", []string{"AI_BASE_URL=http://127.0.0.1:1/v1", "AI_MODEL=m"}},
		{"key over http", "plain http: the key", []string{"AI_BASE_URL=http://ai.example/v1", "AI_MODEL=m", "AI_API_KEY=k", "AI_PRICE_IN=0", "AI_PRICE_OUT=0"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := load(t, nil, tt.vars...)
			if err != nil {
				t.Fatal(err)
			}
			if tt.want == "" && len(c.Warnings) != 0 || tt.want != "" && (len(c.Warnings) != 1 || !strings.Contains(c.Warnings[0], tt.want)) {
				t.Errorf("warnings %q, want %q", c.Warnings, tt.want)
			}
		})
	}
}

func TestUnreadableFilesAreFaults(t *testing.T) {
	t.Parallel()
	_, err := config.Load(config.Options{Environ: []string{}, ReadFile: func(path string) ([]byte, error) {
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrPermission}
	}})
	got := fields(t, err)
	if len(got) != 2 || !strings.HasPrefix(got[0], "winnow.yaml|unreadable|") || !strings.HasPrefix(got[1], "winnow.development.yaml|unreadable|") {
		t.Error(got)
	}
}

func TestEveryFileSettingIsReadFromYAML(t *testing.T) {
	t.Parallel()
	all := "currency: EUR\nserver:\n  addr: ':9'\n  base_url: https://w.example\n  trusted_proxies: [10.0.0.0/8]\n  allow_hosts: [\"h:1\"]\n" +
		"data: {dir: d, cache_ttl: 1h}\nai:\n  base_url: http://localhost/v1\n  model: m\n  price_in: 0.15\n  price_out: 0.60\n  rpm: 1\n  tpm: 2\n  concurrency: 3\n" +
		"mail: {from: w@x.example}\nlog: {dir: l, max_mb: 4}\n"
	c, err := load(t, map[string]string{filepath.Join("etc", "winnow.yaml"): all})
	if err != nil {
		t.Fatal(err)
	}
	if c.Currency != "EUR" || c.Server.Addr != ":9" || !c.Server.Secure() || len(c.Server.TrustedProxies) != 1 || !slices.Equal(c.Server.AllowHosts, []string{"h:1"}) ||
		c.Data.Dir != "d" || c.Data.CacheTTL != time.Hour || c.AI.PriceIn != 150_000 || c.AI.PriceOut != 600_000 || c.AI.RPM != 1 || c.AI.TPM != 2 || c.AI.Concurrency != 3 ||
		c.Mail.From != "<w@x.example>" || c.Log.Dir != "l" || c.Log.MaxMB != 4 {
		t.Errorf("%+v", c)
	}
}

func TestFilesOfTheWrongShapeAreFaults(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"- a\n":                          "winnow.yaml:1:1|invalid|Here should be keys with values, as in `roles: api,worker,scheduler`; found a list.",
		"server: 5\n":                    "winnow.yaml:1:9|invalid|Here should be keys with values, as in `addr: 127.0.0.1:8080`; found a number.",
		"server: {addr: {host: h}}\n":    "winnow.yaml:1:10 (server.addr)|invalid|Here should be one value; found a group of keys.",
		"roles: [[api]]\n":               "winnow.yaml:1:1 (roles)|invalid|Here should be a list of plain values.",
		"a: &x 1\nb: *x\n":               "winnow.yaml:1:4|yaml_invalid|",
		"env: production\n":              "winnow.yaml:1:1 (env)|not_in_file|",
		"WINNOW_SECRET_KEY: x\n":         "winnow.yaml:1:1 (WINNOW_SECRET_KEY)|not_in_file|",
		"secrets:\n  smtp_url: smtp://h": "winnow.yaml:1:1 (secrets)|unknown|",
	} {
		_, err := load(t, map[string]string{"etc/winnow.yaml": src})
		if got := fields(t, err); !strings.HasPrefix(got[0], want) {
			t.Errorf("%q: got %q, want %q", src, got, want)
		}
	}
	if _, err := load(t, map[string]string{"etc/winnow.yaml": "server:\nroles:\n"}); err != nil {
		t.Error("keys without values count as left out", err)
	}
}

func TestTheEnvironmentMayBeNamedByAFile(t *testing.T) {
	t.Parallel()
	c, err := load(t, map[string]string{"/e": "staging\n", "etc/winnow.staging.yaml": "workers: 3\n"}, "ENV_FILE=/e", "METRICS_TOKEN=0123456789abcdef")
	if err != nil || c.Env != "staging" || c.Process.Workers != 3 || c.Server.MetricsToken.Reveal() == "" {
		t.Error(c, err)
	}
}

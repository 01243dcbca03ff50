package config_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"

	"winnow/backend/internal/config"
	"winnow/backend/internal/fault"
)

func TestA39_SecretsAreMaskedInEveryPrinting(t *testing.T) {
	t.Parallel()
	const canary = "canary-5d1e"
	c := config.Config{
		Security: config.Security{SecretKey: canary}, Data: config.Data{DatabaseURL: canary, RedisURL: canary},
		AI: config.AI{APIKey: canary}, Mail: config.Mail{SMTPURL: canary}, Server: config.Server{MetricsToken: canary},
	}
	var log bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&log, nil))
	logger.Info("x", slog.Any("config", c), slog.Any("key", c.AI.APIKey))
	logger = slog.New(slog.NewTextHandler(&log, nil))
	logger.Info("x", slog.Any("config", c), slog.Any("pointer", &c), slog.Any("key", c.AI.APIKey))
	j, errJ := json.Marshal(c)
	x, errX := xml.Marshal(c.AI)
	y, errY := yaml.Marshal(c)
	if errJ != nil || errX != nil || errY != nil {
		t.Fatal(errJ, errX, errY)
	}
	all := strings.Join([]string{fmt.Sprintf("%v %+v %#v %s %q", c, c, c, c.AI.APIKey, c.AI.APIKey), log.String(), string(j), string(x), string(y)}, "\n")
	if strings.Contains(all, canary) {
		t.Errorf("a secret is visible in:\n%s", all)
	}
	if c.AI.APIKey.Reveal() != canary || config.Secret("").String() != "" {
		t.Error("Reveal or the empty secret is wrong")
	}
}

func TestSecretKeyIsMadeOnceWithMode0600(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	c := config.Config{Data: config.Data{Dir: dir}}
	keys := make([]string, 20)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			got, err := config.EnsureSecretKey(c)
			if err != nil {
				t.Error(err)
			}
			keys[i] = got.Security.SecretKey.Reveal()
		})
	}
	wg.Wait()
	for _, k := range keys {
		if k != keys[0] || len(k) != 64 {
			t.Errorf("keys differ or are short: %q", keys)
		}
	}
	info, err := os.Stat(c.Data.SecretKeyFile())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("files left behind: %v", left)
	}
	if err := os.Chmod(c.Data.SecretKeyFile(), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, err := config.EnsureSecretKey(c); err != nil || len(got.Warnings) != 1 {
		t.Errorf("readable key: %v %v", got.Warnings, err)
	}
}

func TestSecretKeyFaults(t *testing.T) {
	t.Parallel()
	weak := config.Config{Data: config.Data{Dir: t.TempDir()}}
	if err := os.WriteFile(weak.Data.SecretKeyFile(), []byte("short\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		c    config.Config
		kind fault.Kind
	}{
		{"TestA48 weak key in the file", weak, fault.Invalid},
		{"PostgreSQL without a key", config.Config{Data: config.Data{DatabaseURL: "postgres://h/d"}}, fault.Invalid},
		{"the folder is a file", config.Config{Data: config.Data{Dir: file}}, fault.Unavailable},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := config.EnsureSecretKey(tt.c)
			if fault.KindOf(err) != tt.kind || got.Security.SecretKey != "" {
				t.Errorf("got %v (%s), want %s", err, fault.KindOf(err), tt.kind)
			}
		})
	}
	given := config.Config{Security: config.Security{SecretKey: goodKey}}
	if got, err := config.EnsureSecretKey(given); err != nil || got.Security.SecretKey != goodKey {
		t.Error("a given key must stay", err)
	}
}

func TestMicrosReadAndPrintExactly(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]config.Micros{"0": 0, "1": 1_000_000, "0.15": 150_000, "0.000001": 1, "12.345678": 12_345_678, "1000000": 1_000_000_000_000} {
		got, err := config.ParseMicros(text)
		if err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
		if back, err := config.ParseMicros(got.String()); err != nil || back != want {
			t.Errorf("%s prints as %s", text, got)
		}
	}
	for _, bad := range []string{"", ".", "1.", ".1", "1,5", "1e3", "-1", "+1", "0x1", "1.0000001", "1000000.1", "99999999999999999999", "٣", " 1"} {
		if m, err := config.ParseMicros(bad); err == nil {
			t.Errorf("%q read as %s", bad, m)
		}
	}
	if config.Micros(-1_500_000).String() != "-1.50" {
		t.Error(config.Micros(-1_500_000).String())
	}
}

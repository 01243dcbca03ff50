package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"winnow/backend/internal/config"
)

// repo is the root of the repository as seen from here.
const repo = "../../.."

// service is what the tests look at in a service of docker-compose.yml.
type service struct {
	Image       string            `yaml:"image"`
	User        string            `yaml:"user"`
	Privileged  bool              `yaml:"privileged"`
	NetworkMode string            `yaml:"network_mode"`
	ReadOnly    bool              `yaml:"read_only"`
	CapDrop     []string          `yaml:"cap_drop"`
	CapAdd      []string          `yaml:"cap_add"`
	SecurityOpt []string          `yaml:"security_opt"`
	PidsLimit   int               `yaml:"pids_limit"`
	Restart     string            `yaml:"restart"`
	Tmpfs       []string          `yaml:"tmpfs"`
	Volumes     []string          `yaml:"volumes"`
	Ports       []string          `yaml:"ports"`
	Networks    []string          `yaml:"networks"`
	Command     []string          `yaml:"command"`
	Environment map[string]string `yaml:"environment"`
	Build       *struct {
		Context    string `yaml:"context"`
		Dockerfile string `yaml:"dockerfile"`
	} `yaml:"build"`
	DependsOn map[string]struct {
		Condition string `yaml:"condition"`
	} `yaml:"depends_on"`
	Healthcheck struct {
		Test []string `yaml:"test"`
	} `yaml:"healthcheck"`
}

type composeFile struct {
	Services map[string]service `yaml:"services"`
	Networks map[string]struct {
		Internal bool `yaml:"internal"`
	} `yaml:"networks"`
	Volumes map[string]any `yaml:"volumes"`
}

func composeOf(t *testing.T) composeFile {
	t.Helper()
	var c composeFile
	if err := yaml.Unmarshal(readFile(t, filepath.Join(repo, "docker-compose.yml")), &c); err != nil {
		t.Fatal(yaml.FormatError(err, false, true))
	}
	return c
}

// envExample is .env.example, which the operator fills in.
func envExample(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for line := range strings.Lines(string(readFile(t, filepath.Join(repo, ".env.example")))) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			name, value, _ := strings.Cut(line, "=")
			out[name] = value
		}
	}
	return out
}

func TestComposeBringsTheWholeProduct(t *testing.T) {
	t.Parallel()
	c := composeOf(t)
	for _, name := range []string{"app", "worker", "postgres", "redis"} {
		s, ok := c.Services[name]
		if !ok {
			t.Errorf("there is no service %s", name)
			continue
		}
		if len(s.Healthcheck.Test) < 2 || s.Healthcheck.Test[0] != "CMD" {
			t.Errorf("%s has no health check in exec form: %v", name, s.Healthcheck.Test)
		}
		if s.Restart != "unless-stopped" {
			t.Errorf("%s does not come back after a fault", name)
		}
		for _, n := range s.Networks {
			if _, ok := c.Networks[n]; !ok {
				t.Errorf("%s is on %s, which does not exist", name, n)
			}
		}
		for _, v := range s.Volumes {
			source, _, _ := strings.Cut(v, ":")
			if _, ok := c.Volumes[source]; !ok {
				t.Errorf("%s mounts %s, which is no named volume", name, v)
			}
		}
	}
	if len(c.Services) != 4 {
		t.Errorf("%d services", len(c.Services))
	}
	for _, name := range []string{"app", "worker"} {
		s := c.Services[name]
		for _, on := range []string{"postgres", "redis"} {
			if s.DependsOn[on].Condition != "service_healthy" {
				t.Errorf("%s does not wait until %s is healthy", name, on)
			}
		}
		if !slices.Contains(s.Volumes, "data:/data") {
			t.Errorf("%s does not share the uploads and profile files", name)
		}
		if s.Build == nil || !exists(filepath.Join(repo, s.Build.Context, s.Build.Dockerfile)) {
			t.Errorf("%s is not built from a Dockerfile that is there", name)
		}
		if got := s.Healthcheck.Test[1:]; strings.Join(got, " ") != "/usr/local/bin/winnow health" {
			t.Errorf("%s is checked by %v", name, got)
		}
	}
}

func TestComposeGivesNoMoreThanNeeded(t *testing.T) {
	t.Parallel()
	c := composeOf(t)
	for name, s := range c.Services {
		if _, tag, ok := strings.Cut(s.Image, ":"); !ok || tag == "" || strings.Contains(tag, "latest") {
			t.Errorf("%s: image %s has no fixed tag", name, s.Image)
		}
		if uid, _, _ := strings.Cut(s.User, ":"); uid == "" || uid == "0" || uid == "root" {
			t.Errorf("%s runs as root", name)
		}
		if !s.ReadOnly || s.Privileged || s.NetworkMode != "" || s.PidsLimit == 0 {
			t.Errorf("%s: its root is writable, it is privileged, on another network, or has no bound on processes", name)
		}
		if !slices.Equal(s.CapDrop, []string{"ALL"}) || len(s.CapAdd) > 0 {
			t.Errorf("%s keeps capabilities", name)
		}
		if !slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("%s may gain privileges", name)
		}
		if len(s.Tmpfs) == 0 {
			t.Errorf("%s has no place for temporary files", name)
		}
		for _, p := range s.Ports {
			if host, _, _ := strings.Cut(p, ":"); !net.ParseIP(host).IsLoopback() {
				t.Errorf("%s opens %s to other machines by default", name, p)
			}
		}
		for _, v := range s.Volumes {
			if strings.Contains(v, "docker.sock") || strings.HasPrefix(v, "/") {
				t.Errorf("%s mounts %s of the host", name, v)
			}
		}
	}
	for _, name := range []string{"postgres", "redis"} {
		s := c.Services[name]
		if len(s.Ports) > 0 || len(s.Networks) != 1 || !c.Networks[s.Networks[0]].Internal {
			t.Errorf("%s can be reached from outside", name)
		}
	}
}

// Secrets come from .env alone: no literal stands in the file, and the example leaves them empty.
func TestComposeHoldsNoSecret(t *testing.T) {
	t.Parallel()
	secret := regexp.MustCompile(`PASSWORD|SECRET|_KEY$|TOKEN|AUTH$`)
	reference := regexp.MustCompile(`^\$\{[A-Z_]+(:\?[^}]*|:-)\}$`)
	for name, s := range composeOf(t).Services {
		for k, v := range s.Environment {
			if secret.MatchString(k) && !reference.MatchString(v) {
				t.Errorf("%s: %s stands in the file", name, k)
			}
			if regexp.MustCompile(`://[^$@/]*:[^$@]*@`).MatchString(v) {
				t.Errorf("%s: %s holds a password", name, k)
			}
		}
	}
	for k, v := range envExample(t) {
		if secret.MatchString(k) && v != "" {
			t.Errorf(".env.example gives %s a value that people would keep", k)
		}
	}
	for _, f := range []string{".gitignore", "deploy/docker/Dockerfile.dockerignore"} {
		if !strings.Contains(string(readFile(t, filepath.Join(repo, f))), ".env") {
			t.Errorf("%s lets .env through", f)
		}
	}
}

var interpolation = regexp.MustCompile(`\$\{([A-Z_]+)(?::([?-])([^}]*))?\}`)

// interpolate fills in variables as compose does.
func interpolate(t *testing.T, text string, env map[string]string) string {
	t.Helper()
	return interpolation.ReplaceAllStringFunc(text, func(m string) string {
		p := interpolation.FindStringSubmatch(m)
		if v := env[p[1]]; v != "" {
			return v
		}
		if p[2] == "?" {
			t.Errorf("%s is required and empty", p[1])
		}
		return p[3]
	})
}

// Every variable of the file can be set in .env, and .env.example names no other.
func TestComposeAndItsExampleNameTheSameVariables(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, m := range interpolation.FindAllStringSubmatch(string(readFile(t, filepath.Join(repo, "docker-compose.yml"))), -1) {
		used[m[1]] = true
	}
	example := envExample(t)
	for name := range used {
		if _, ok := example[name]; !ok {
			t.Errorf("%s is not in .env.example", name)
		}
	}
	for name := range example {
		if !used[name] {
			t.Errorf("%s of .env.example does nothing", name)
		}
	}
}

// With the three secrets filled in, the product itself takes the settings that compose gives it.
func TestComposeSettingsAreTaken(t *testing.T) {
	t.Parallel()
	env := envExample(t)
	for i, name := range []string{"WINNOW_SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"} {
		if v, ok := env[name]; !ok || v != "" {
			t.Errorf("%s should be there and empty", name)
		}
		env[name] = "d41c7be0925f38a66e1f0c93b7a84d2e5b9063fa17c8e24d90b5f36a8c21e7d4"[i:]
	}
	roles := map[string]string{"app": "api", "worker": "worker scheduler"}
	for name, want := range roles {
		var environ []string
		for k, v := range composeOf(t).Services[name].Environment {
			environ = append(environ, k+"="+interpolate(t, v, env))
		}
		cfg, err := config.Load(config.Options{Dir: t.TempDir(), Environ: environ})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, r := range cfg.Process.Roles {
			got = append(got, string(r))
		}
		if strings.Join(got, " ") != want || cfg.Data.SQLite() || cfg.Data.RedisURL == "" || cfg.Data.Dir != "/data" {
			t.Errorf("%s: roles %v, %+v", name, got, cfg.Data)
		}
	}
}

// Compose itself reads the file, where it is installed; its engine is not needed.
func TestComposeReadsTheFile(t *testing.T) {
	t.Parallel()
	if err := exec.CommandContext(t.Context(), "docker", "compose", "version").Run(); err != nil {
		t.Skip("docker compose is not installed here; the other tests have read the file")
	}
	env := filepath.Join(t.TempDir(), "env")
	if err := os.WriteFile(env, []byte("WINNOW_SECRET_KEY=a\nPOSTGRES_PASSWORD=b\nREDIS_PASSWORD=c\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "docker", "compose", "--env-file", env, "-f", "docker-compose.yml", "config", "--quiet")
	cmd.Dir = repo
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

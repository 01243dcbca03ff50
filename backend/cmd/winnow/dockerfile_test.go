package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"winnow/backend/internal/config"
)

// instruction is one of a Dockerfile, with its continued lines joined.
type instruction struct{ word, rest string }

// stage is what stands between one FROM and the next.
type stage struct {
	image, name string
	steps       []instruction
}

func stagesOf(t *testing.T) []stage {
	t.Helper()
	var out []stage
	var line strings.Builder
	for raw := range strings.Lines(string(readFile(t, filepath.Join(repo, "deploy/docker/Dockerfile")))) {
		text := strings.TrimSpace(raw)
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		if part, more := strings.CutSuffix(text, `\`); more {
			line.WriteString(part)
			continue
		}
		line.WriteString(text)
		word, rest, _ := strings.Cut(line.String(), " ")
		line.Reset()
		rest = strings.TrimSpace(rest)
		if word != strings.ToUpper(word) {
			t.Fatalf("%q is no instruction", word)
		}
		if word == "FROM" {
			image, name, _ := strings.Cut(rest, " AS ")
			out = append(out, stage{image: image, name: name})
			continue
		}
		if len(out) == 0 {
			t.Fatalf("%s before the first FROM", word)
		}
		last := &out[len(out)-1]
		last.steps = append(last.steps, instruction{word, rest})
	}
	return out
}

// step is the last instruction of that word, "" without one.
func (s stage) step(word string) (rest string) {
	for _, i := range s.steps {
		if i.word == word {
			rest = i.rest
		}
	}
	return rest
}

// argv reads the exec form of an instruction.
func argv(t *testing.T, what, text string) []string {
	t.Helper()
	var out []string
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Errorf("%s is not in exec form, so a shell is needed that the image does not have: %s", what, text)
	}
	return out
}

func TestDockerImageRunsTheBinaryAndNothingElse(t *testing.T) {
	t.Parallel()
	stages := stagesOf(t)
	if len(stages) != 3 {
		t.Fatalf("%d stages, want web, build and the image", len(stages))
	}
	image := stages[len(stages)-1]
	if uid, _, _ := strings.Cut(image.step("USER"), ":"); !regexp.MustCompile(`^[1-9]\d*$`).MatchString(uid) {
		t.Errorf("USER %q is not a number above 0", uid)
	}
	if got := argv(t, "ENTRYPOINT", image.step("ENTRYPOINT")); len(got) != 1 || got[0] != "/usr/local/bin/winnow" {
		t.Error(got)
	}
	serve := argv(t, "CMD", image.step("CMD"))
	_, check, _ := strings.Cut(image.step("HEALTHCHECK"), "CMD ")
	health := argv(t, "HEALTHCHECK", check)
	for _, args := range [][]string{serve, health[1:]} {
		if cmd, rest, err := rootCommand().Find(args); err != nil || !cmd.Runnable() || len(rest) > 0 {
			t.Errorf("winnow %v does nothing: %v", args, err)
		}
	}
	for _, i := range image.steps {
		if i.word == "RUN" || i.word == "ADD" {
			t.Errorf("%s in the image: there is no shell, and nothing should come from elsewhere", i.word)
		}
	}
	environ := regexp.MustCompile(`WINNOW_[A-Z_]+=\S+`).FindAllString(image.step("ENV"), -1)
	cfg, err := config.Load(config.Options{Dir: t.TempDir(), Environ: environ})
	if err != nil || cfg.Data.Dir != image.step("VOLUME") || !strings.HasSuffix(cfg.Server.Addr, ":"+image.step("EXPOSE")) {
		t.Errorf("%+v %v", cfg, err)
	}
}

func TestDockerBuildUsesWhatIsThere(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range stagesOf(t) {
		if _, tag, ok := strings.Cut(s.image, ":"); !ok || strings.Contains(tag, "latest") {
			t.Errorf("FROM %s has no fixed tag", s.image)
		}
		for _, i := range s.steps {
			if i.word == "ADD" || regexp.MustCompile(`(?i)(ARG|ENV) .*(secret|password|token|api_key)`).MatchString(i.word+" "+i.rest) {
				t.Errorf("%s %s", i.word, i.rest)
			}
			if i.word != "COPY" {
				continue
			}
			args := strings.Fields(i.rest)
			from := ""
			for strings.HasPrefix(args[0], "--") {
				if f, ok := strings.CutPrefix(args[0], "--from="); ok {
					from = f
				}
				args = args[1:]
			}
			if from != "" && !seen[from] {
				t.Errorf("COPY from %s, which is no stage before", from)
			}
			for _, source := range args[:len(args)-1] {
				if from == "" && !exists(filepath.Join(repo, source)) {
					t.Errorf("COPY %s: it is not there", source)
				}
			}
		}
		seen[s.name] = true
	}
}

// The image is built as `make build` builds, with the same Go and Node.
func TestDockerBuildsAsMakeDoes(t *testing.T) {
	t.Parallel()
	stages := stagesOf(t)
	flags := regexp.MustCompile(`-trimpath -ldflags "([^$"]*)`)
	inMake := flags.FindStringSubmatch(string(readFile(t, filepath.Join(repo, "Makefile"))))
	build := stages[1].step("RUN")
	for _, i := range stages[1].steps {
		if strings.Contains(i.rest, "go build") {
			build = i.rest
		}
	}
	inDocker := flags.FindStringSubmatch(build)
	if inMake == nil || inDocker == nil || inMake[1] != inDocker[1] || !strings.Contains(build, "CGO_ENABLED=0") {
		t.Errorf("make: %q, Docker: %q", inMake, build)
	}
	goVersion := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(string(readFile(t, filepath.Join(repo, "go.mod"))))
	if goVersion == nil || !strings.HasPrefix(stages[1].image, "golang:"+goVersion[1]+"-") {
		t.Errorf("go.mod wants Go %v, the image has %s", goVersion, stages[1].image)
	}
	node := regexp.MustCompile(`"node": "(\d+)\.`).FindStringSubmatch(string(readFile(t, filepath.Join(repo, "frontend/package.json"))))
	if node == nil || !strings.HasPrefix(stages[0].image, "node:"+node[1]+"-") {
		t.Errorf("package.json pins Node %v, the image has %s", node, stages[0].image)
	}
}

// The build sees code alone: no data, no keys, no local settings.
func TestDockerContextHoldsNoData(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(repo, "deploy/docker/Dockerfile.dockerignore"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Fields(strings.Join(regexp.MustCompile(`(?m)^[^#].*$`).FindAllString(string(text), -1), "\n"))
	if len(lines) == 0 || lines[0] != "*" {
		t.Fatalf("everything must be left out first: %v", lines)
	}
	for _, l := range lines {
		if open, ok := strings.CutPrefix(l, "!"); ok && (!exists(filepath.Join(repo, open)) || open == "data" || strings.HasPrefix(open, ".env")) {
			t.Errorf("%s should not be let in", open)
		}
	}
}

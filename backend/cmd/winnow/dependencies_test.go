package main

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each library that our code names has its reason in docs/dependencies.md, and the page names no other.
func TestDependenciesHaveTheirReasons(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for m := range goModulesUsed(t) {
		used[m] = true
	}
	var npm struct {
		Dependencies    map[string]string `json:"dependencies"`
		DevDependencies map[string]string `json:"devDependencies"`
	}
	if err := json.Unmarshal(readFile(t, filepath.Join(repo, "frontend/package.json")), &npm); err != nil {
		t.Fatal(err)
	}
	for name := range npm.Dependencies {
		used[name] = true
	}
	for name := range npm.DevDependencies {
		used[name] = true
	}
	for _, tool := range regexp.MustCompile(`go install (github\.com/[^/\s]+/[^/@\s]+)`).FindAllStringSubmatch(string(readFile(t, filepath.Join(repo, "Makefile"))), -1) {
		used[tool[1]] = true
	}
	told := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| [^|]+ \\| [^|]{10,} \\|$").FindAllStringSubmatch(string(readFile(t, filepath.Join(docs, "dependencies.md"))), -1) {
		told[m[1]] = true
	}
	for name := range used {
		if !told[name] {
			t.Errorf("%s is used, but docs/dependencies.md does not say why", name)
		}
	}
	for name := range told {
		if !used[name] {
			t.Errorf("docs/dependencies.md names %s, which nothing uses", name)
		}
	}
}

// goModulesUsed are the modules that our packages and their tests import by name.
func goModulesUsed(t *testing.T) map[string]bool {
	t.Helper()
	const format = `{{range .Imports}}{{.}}{{"\n"}}{{end}}{{range .TestImports}}{{.}}{{"\n"}}{{end}}{{range .XTestImports}}{{.}}{{"\n"}}{{end}}`
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-f", format, "./backend/...", "./frontend", "./api")
	cmd.Dir = repo
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var modules []string
	for _, m := range regexp.MustCompile(`(?m)^\t(\S+) v`).FindAllStringSubmatch(string(readFile(t, filepath.Join(repo, "go.mod"))), -1) {
		modules = append(modules, m[1])
	}
	used := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		path, longest := strings.TrimSpace(line), ""
		for _, m := range modules {
			if (path == m || strings.HasPrefix(path, m+"/")) && len(m) > len(longest) {
				longest = m
			}
		}
		if longest != "" {
			used[longest] = true
		} else if strings.Contains(path, ".") && !strings.HasPrefix(path, "winnow/") {
			t.Errorf("%s is in no module of go.mod", path)
		}
	}
	if len(used) < 20 {
		t.Fatalf("only %d modules were seen: the test looks at nothing", len(used))
	}
	return used
}

package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// pages are the Markdown files that people read.
func pages(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md", "deploy/*.md", "api/events/*.md"} {
		found, err := filepath.Glob(filepath.Join(repo, pattern))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, found...)
	}
	if len(out) < 15 {
		t.Fatalf("only %d pages were found", len(out))
	}
	return out
}

var (
	fenced  = regexp.MustCompile("(?ms)^```.*?^```")
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.+)$`)
)

// anchors are the places of a page that a link can name, as GitHub makes them.
func anchors(text string) map[string]bool {
	out := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		s := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(m[1]), "")
		out[strings.ReplaceAll(s, " ", "-")] = true
	}
	return out
}

// Every link and picture of every page leads to something that is there.
func TestPagesLinkToWhatIsThere(t *testing.T) {
	t.Parallel()
	links := 0
	for _, page := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(fenced.ReplaceAllString(string(readFile(t, page)), ""), -1) {
			path, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(path, "://") {
				continue
			}
			links++
			to := page
			if path != "" {
				to = filepath.Join(filepath.Dir(page), path)
			}
			if !exists(to) {
				t.Errorf("%s links to %s, which is not there", page, m[1])
				continue
			}
			if anchor != "" && !anchors(string(readFile(t, to)))[anchor] {
				t.Errorf("%s links to %s, which has no such heading", page, m[1])
			}
		}
	}
	if links < 50 {
		t.Errorf("only %d links were followed", links)
	}
}

// What the pages tell people to type exists.
func TestPagesNameCommandsThatExist(t *testing.T) {
	t.Parallel()
	makefile := string(readFile(t, filepath.Join(repo, "Makefile")))
	root := rootCommand()
	for _, page := range pages(t) {
		text := string(readFile(t, page))
		for _, m := range regexp.MustCompile("(?m)(?:^|`)make ([a-z][a-z-]*)(?:[ `\n]|$)").FindAllStringSubmatch(text, -1) {
			if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(m[1]) + `:`).MatchString(makefile) {
				t.Errorf("%s: there is no make %s", page, m[1])
			}
		}
		for _, m := range regexp.MustCompile("(?m)(?:^|`|bin/)winnow ([a-z]+(?: [a-z]+)?)").FindAllStringSubmatch(text, -1) {
			if cmd, _, err := root.Find(strings.Fields(m[1])); err != nil || cmd == root {
				t.Errorf("%s: there is no winnow %s", page, m[1])
			}
		}
		for _, m := range regexp.MustCompile(`WINNOW_[A-Z_]+[A-Z]`).FindAllString(text, -1) {
			known := strings.HasPrefix(m, "WINNOW_TEST") || strings.HasPrefix(m, "WINNOW_DEV") || strings.HasSuffix(m, "_FILE")
			if !known && !strings.Contains(string(readFile(t, filepath.Join(docs, "configuration.md"))), "`"+m+"`") {
				t.Errorf("%s: there is no setting %s", page, m)
			}
		}
	}
}

// The map of the house shows every room.
func TestArchitectureShowsEveryRoom(t *testing.T) {
	t.Parallel()
	rooms, err := os.ReadDir(filepath.Join(repo, "backend/internal"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(readFile(t, filepath.Join(docs, "architecture.md")))
	for _, r := range rooms {
		if r.IsDir() && !strings.Contains(text, "`"+r.Name()+"`") && !strings.Contains(text, "`"+r.Name()+"/`") {
			t.Errorf("docs/architecture.md does not show %s", r.Name())
		}
	}
	children, err := os.ReadDir(filepath.Join(repo, "backend/internal/platform"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range children {
		if !strings.Contains(text, "`"+r.Name()+"`") {
			t.Errorf("docs/architecture.md does not show platform/%s", r.Name())
		}
	}
}

// Each decision has a line in the list, and says what follows from it.
func TestDecisionsAreListed(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(docs, "adr", "0*.md"))
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	list := string(readFile(t, filepath.Join(docs, "adr", "README.md")))
	for _, f := range files {
		text := string(readFile(t, f))
		if !strings.Contains(list, "]("+filepath.Base(f)+")") || !strings.Contains(text, "\nStatus: ") || !strings.Contains(text, "## What follows") {
			t.Errorf("%s is not listed, or lacks its status or what follows", f)
		}
	}
}

// Every filter and sort that docs/api.md shows is taken by the product, and so is every field that it lists.
func TestAPIPageShowsFiltersThatWork(t *testing.T) {
	t.Parallel()
	page := string(readFile(t, filepath.Join(docs, "api.md")))
	section := page[strings.Index(page, "### Filters"):strings.Index(page, "## Changing things")]
	var filters []string
	for _, row := range regexp.MustCompile("(?m)^\\| (`.+`) \\| ").FindAllStringSubmatch(section, -1) {
		for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			filters = append(filters, m[1])
		}
	}
	_, fields, _ := strings.Cut(section, "Fields: `")
	for f := range strings.FieldsSeq(strings.TrimSuffix(strings.TrimSpace(fields), "`.")) {
		op := " empty"
		switch f {
		case "status":
			op = " = new"
		case "import", "batch":
			op = " = 01890000-0000-7000-8000-000000000001"
		}
		filters = append(filters, strings.Replace(f, "custom.…", "custom.budget", 1)+op)
	}
	if len(filters) < 40 {
		t.Fatalf("only %d filters were found", len(filters))
	}
	_, v := visit(t)
	v.do(http.MethodPost, "/setup", map[string]any{"name": "Asha", "email": "asha@example.com", "password": "correct horse battery"}, nil)
	for _, f := range filters {
		v.do(http.MethodGet, "/leads?filter="+url.QueryEscape(f), nil, nil)
	}
	_, sorts, _ := strings.Cut(page, "for descending: `")
	sorts, _, _ = strings.Cut(sorts, "`")
	for s := range strings.FieldsSeq(sorts) {
		v.do(http.MethodGet, "/leads?sort=-"+s, nil, nil)
	}
}

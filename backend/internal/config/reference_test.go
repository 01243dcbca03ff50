package config

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/configuration.md anew")

const referenceFile = "../../../docs/configuration.md"

const referenceHead = `# Configuration

<!-- Generated from backend/internal/config. Change it there, then: go test ./backend/internal/config -update -->

Winnow runs with no configuration at all. To change something, use any of these; a later one wins:

1. the defaults below
2. ` + "`winnow.yaml`" + ` in the working directory
3. ` + "`winnow.<env>.yaml`" + ` beside it, where ` + "`<env>`" + ` is ` + "`WINNOW_ENV`" + `: development (the default), staging or production
4. environment variables ` + "`WINNOW_…`" + `

Every variable also exists with ` + "`_FILE`" + ` at its end: it names a file whose content is the value
(` + "`WINNOW_AI_API_KEY_FILE=/run/secrets/ai`" + `), as secret stores mount them. Setting both is an error. An empty variable
counts as not set. In a list, commas separate the items; in a file, a YAML list does as well.

Secrets (marked **secret**) come from the environment or a ` + "`_FILE`" + ` only. A settings file that holds one is refused, and no
log, error or API answer shows one.

At start everything wrong is reported at once, with the variable or the file's line and column: unknown names (with the
one you probably meant), values out of range, settings that need another. Variables that begin with ` + "`WINNOW_TEST_`" + ` or
` + "`WINNOW_DEV_`" + ` belong to the test suite and to development and are ignored, as are those that Kubernetes makes for a service called winnow.

The environment chooses a file and nothing else: no protection is weaker in development.

| Variable | In winnow.yaml | Default | Meaning |
|---|---|---|---|
`

const referenceExample = `
## An example

` + "```yaml" + `
# winnow.production.yaml
server:
  addr: 127.0.0.1:8080
  base_url: https://winnow.example.com
  trusted_proxies: [10.0.0.0/8]
ai:
  base_url: https://api.openai.com/v1
  model: gpt-5-mini
  price_in: 0.25
  price_out: 2.00
log:
  level: info
  dir: /var/log/winnow
` + "```" + `

` + "```sh" + `
WINNOW_ENV=production WINNOW_AI_API_KEY_FILE=/run/secrets/ai winnow serve
` + "```" + `
`

func reference() string {
	var b strings.Builder
	b.WriteString(referenceHead)
	for _, s := range settings(&Config{}) {
		key, def := "–", s.about
		switch {
		case s.key != "":
			key = "`" + s.key + "`"
		case s.secret():
			key = "**secret**"
		}
		if s.def != "" {
			def = strings.TrimSuffix("`"+s.def+"` ("+s.about+")", " ()")
		}
		fmt.Fprintf(&b, "| `%s%s` | %s | %s | %s |\n", prefix, s.env, key, def, s.doc)
	}
	b.WriteString(referenceExample)
	return b.String()
}

func TestReferenceIsCurrent(t *testing.T) {
	t.Parallel()
	if *update {
		if err := os.WriteFile(referenceFile, []byte(reference()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(referenceFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != reference() {
		t.Error("docs/configuration.md is out of date; run: go test ./backend/internal/config -update")
	}
}

func TestExampleInReferenceIsValid(t *testing.T) {
	t.Parallel()
	_, rest, _ := strings.Cut(referenceExample, "```yaml\n")
	example, _, _ := strings.Cut(rest, "```")
	c, err := Load(Options{Environ: []string{"WINNOW_ENV=production"}, ReadFile: func(path string) ([]byte, error) {
		if path == "winnow.production.yaml" {
			return []byte(example), nil
		}
		return nil, os.ErrNotExist
	}})
	if err != nil || c.Server.BaseURL != "https://winnow.example.com" {
		t.Error(c, err)
	}
}

// Every leaf of Config must have exactly one setting, and every setting a name, a meaning and a default.
func TestEveryLeafHasASetting(t *testing.T) {
	t.Parallel()
	leaves := 0
	var count func(reflect.Type)
	count = func(typ reflect.Type) {
		for f := range typ.Fields() {
			switch {
			case f.Name == "Warnings" || f.Name == "PriceStated":
			case f.Type.Kind() == reflect.Struct:
				count(f.Type)
			default:
				leaves++
			}
		}
	}
	count(reflect.TypeFor[Config]())
	seen := map[string]bool{}
	list := settings(&Config{})
	for _, s := range list {
		if seen[s.env] || (s.key != "" && seen[s.key]) || s.doc == "" || (s.def == "" && s.about == "") {
			t.Errorf("setting %s is a twin or lacks its meaning or default", s.env)
		}
		seen[s.env], seen[s.key] = true, true
	}
	if len(list) != leaves {
		t.Errorf("%d settings for %d leaves", len(list), leaves)
	}
}

package app_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// order is the walk of a lead through the house (docs/architecture.md): a room imports only those before it.
var order = []string{ //nolint:gochecknoglobals // a table
	"fault", "clock", "id", "config", "platform", "testkit", "event", "settings", "account", "notify", "consent",
	"profile", "ai", "lead", "campaign", "intake", "collect", "qualify", "experiment", "compose", "outreach",
	"pipeline", "insight", "integrate", "privacy", "httpapi", "app",
}

const internal = "winnow/backend/internal/"

type listed struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// TestImportsPointDown also reads the imports of tests: a test inside a package must not reach up either; an external
// one (package x_test) may, since it stands outside the room.
func TestImportsPointDown(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", internal+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	rank := map[string]int{}
	for i, name := range order {
		rank[name] = i + 1
	}
	rank["testkit/whole"] = rank["app"] + 1
	seen := 0
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		seen++
		from := room(p.ImportPath)
		if rank[from] == 0 {
			t.Errorf("%s has no rank: put its room into the order, or the file into a room", p.ImportPath)
		}
		for _, imp := range append(p.Imports, p.TestImports...) {
			if to := room(imp); strings.HasPrefix(imp, internal) && to != from && rank[to] >= rank[from] && from != "testkit/whole" {
				t.Errorf("%s imports %s, which stands after it", p.ImportPath, imp)
			}
			if strings.Contains(imp, "/testkit") && !strings.Contains(p.ImportPath, "/testkit") && !contains(p.TestImports, imp) {
				t.Errorf("%s imports %s outside of tests", p.ImportPath, imp)
			}
		}
	}
	if seen < len(order)/2 {
		t.Fatalf("only %d packages were looked at", seen)
	}
}

func contains(list []string, s string) bool {
	return slices.Contains(list, s)
}

// room is the top folder of a package; testkit/whole counts as a room of its own.
func room(path string) string {
	rest := strings.TrimPrefix(path, internal)
	if strings.HasPrefix(rest, "testkit/whole") {
		return "testkit/whole"
	}
	return strings.SplitN(rest, "/", 2)[0]
}

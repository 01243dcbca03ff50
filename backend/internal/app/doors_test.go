package app_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// keepers names, for each library that opens a door to the outside, the rooms that may import it.
func keepers() map[string][]string {
	return map[string][]string{
		"github.com/sashabaranov/go-openai": {"ai"},
		"github.com/wneessen/go-mail":       {"platform/mail"},
		"github.com/gocolly/colly/v2":       {"collect"},
		"github.com/redis/go-redis/v9":      {"platform/cache", "platform/live", "app", "testkit"},
		"github.com/labstack/echo/v4":       {"httpapi"},
		"github.com/golang-jwt/jwt/v5":      {"account"},
		"golang.org/x/crypto/bcrypt":        {"account"},
	}
}

// Outside HTTP, models, mail, sessions: each door has one keeper (docs/architecture.md, Doors).
func TestDoorsHaveOneKeeper(t *testing.T) {
	t.Parallel()
	const format = `{{$p := .ImportPath}}{{range .Imports}}{{$p}} {{.}}{{"\n"}}{{end}}`
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", format, "winnow/backend/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		from, imp, ok := strings.Cut(strings.TrimSpace(line), " ")
		rooms, guarded := keepers()[imp]
		if !ok || !guarded {
			continue
		}
		used[imp] = true
		from = strings.TrimPrefix(from, "winnow/backend/internal/")
		if !slices.ContainsFunc(rooms, func(room string) bool { return from == room || strings.HasPrefix(from, room+"/") }) {
			t.Errorf("%s must not import %s; its keepers are %s", from, imp, strings.Join(rooms, ", "))
		}
	}
	if !used["github.com/labstack/echo/v4"] {
		t.Error("no import of Echo was seen: the test looks at nothing")
	}
}

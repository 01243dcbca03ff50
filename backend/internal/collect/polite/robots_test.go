package polite

import (
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

func load[T any](t *testing.T, name string) T {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var v T
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestRobotsCases(t *testing.T) {
	t.Parallel()
	type one struct {
		Name, Robots, UA string
		Cases            []struct {
			Path  string
			Allow bool
		}
		Delay    float64 `json:"crawl_delay_s"`
		Sitemaps []string
	}
	n := 0
	for _, c := range load[[]one](t, "robots_cases.json") {
		r := parseRobots([]byte(c.Robots), c.UA)
		for _, p := range c.Cases {
			n++
			if got, by := r.match(p.Path); got != p.Allow {
				t.Errorf("%s: %s: allowed %v by %q", c.Name, p.Path, got, by.text)
			}
		}
		if want := time.Duration(c.Delay * float64(time.Second)); r.delay != want {
			t.Errorf("%s: Crawl-delay %v, want %v", c.Name, r.delay, want)
		}
		if strings.Join(r.sitemaps, " ") != strings.Join(c.Sitemaps, " ") {
			t.Errorf("%s: sitemaps %v", c.Name, r.sitemaps)
		}
	}
	if n < 26 {
		t.Fatalf("only %d cases were looked at", n)
	}
}

func TestRobotsBeyondTheCases(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, robots, path string
		allow              bool
		line               int
	}{
		{"the order of parameters is the address's", "User-agent: *\nDisallow: /s?b=1&a=2", "/s?b=1&a=2", false, 2},
		{"another order is another address", "User-agent: *\nDisallow: /s?b=1&a=2", "/s?a=2&b=1", true, 0},
		{"a name is not a prefix", "User-agent: leadbotnews\nDisallow: /", "/x", true, 0},
		{"a version after the name", "User-agent: LeadBot/2.1\nDisallow: /x", "/x", false, 2},
		{"a group with no rules replaces *", "User-agent: *\nDisallow: /\n\nUser-agent: leadbot\nDisallow:", "/x", true, 0},
		{"* and a name in one group", "User-agent: *\nUser-agent: leadbot\nDisallow: /x", "/x", false, 3},
		{"only CR between lines", "User-agent: *\rDisallow: /x\r", "/x", false, 2},
		{"$ in the middle is a letter", "User-agent: *\nDisallow: /a$b", "/a$b", false, 2},
		{"an escaped asterisk is a letter", "User-agent: *\nDisallow: /a%2Ab", "/axb", true, 0},
		{"an asterisk in the address matches it", "User-agent: *\nDisallow: /a%2Ab", "/a*b", false, 2},
		{"many asterisks", "User-agent: *\nDisallow: /a***b$", "/axxb", false, 2},
		{"the end after an asterisk", "User-agent: *\nDisallow: /a*b$", "/axbxb", false, 2},
		{"an empty tail", "User-agent: *\nDisallow: /a*$", "/a", false, 2},
		{"the longest of three", "User-agent: *\nAllow: /a/b/c\nDisallow: /a/b\nAllow: /a", "/a/b/x", false, 3},
		{"no slash before the rule", "User-agent: *\nDisallow: x", "/x", false, 2},
		{"no colon", "User-agent *\nDisallow /x", "/x", false, 2},
		{"an escaped slash is not a slash", "User-agent: *\nDisallow: /a%2Fb", "/a/b", true, 0},
		{"what need not be escaped", "User-agent: *\nDisallow: /%61%7Eb", "/a~b", false, 2},
	} {
		got, by := parseRobots([]byte(c.robots), "LeadBot").match(c.path)
		if got != c.allow || by.number != c.line {
			t.Errorf("%s: allowed %v by line %d", c.name, got, by.number)
		}
	}
}

func TestRetryAfterCases(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 10, 21, 7, 20, 0, 0, time.UTC)
	const limit = 6 * time.Hour
	for _, c := range load[[]struct {
		H string `json:"h"`
		S any    `json:"s"`
	}](t, "retry_after_cases.json") {
		got, ok := retryAfter(c.H, now, limit)
		want, wantOK := time.Duration(0), false
		switch s := c.S.(type) {
		case float64:
			want, wantOK = time.Duration(s)*time.Second, true
		case string:
			switch s {
			case "until then":
				want, wantOK = 8*time.Minute, true
			case "cap":
				want, wantOK = limit, true
			}
		}
		if got != want || ok != wantOK {
			t.Errorf("%q: %v %v, want %v %v", c.H, got, ok, want, wantOK)
		}
	}
}

// TestA34_RobotsAreReadInLinearTime gives the parser and the matcher what makes careless ones slow.
func TestA34_RobotsAreReadInLinearTime(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 100<<10)
	for name, c := range map[string]struct{ robots, path string }{
		"many asterisks":  {"User-agent: *\nDisallow: /" + strings.Repeat("*a", 50<<10) + "b", "/" + long},
		"one long rule":   {"User-agent: *\nDisallow: /" + long + "*" + long + "$", "/" + long + long},
		"many lines":      {strings.Repeat("\n", 100<<10), "/" + long},
		"many groups":     {"User-agent: *\n" + strings.Repeat("User-agent: x\nDisallow: /*a*b\n", 3400), "/" + long},
		"many rules":      {"User-agent: *\n" + strings.Repeat("Disallow: /*a*b$\n", 6000), "/" + strings.Repeat("a", 2000)},
		"escapes":         {"User-agent: *\nDisallow: /" + strings.Repeat("%", 100<<10), "/" + strings.Repeat("%4", 50<<10)},
		"colons":          {strings.Repeat(":", 100<<10), "/"},
		"dates":           {"", ""},
		"no line at all":  {strings.Repeat("\x00", 100<<10), "/"},
		"comment of 100K": {"#" + long, "/"},
	} {
		if took := best(func() {
			parseRobots([]byte(c.robots), "leadbot").match(c.path)
			retryAfter(long, time.Now(), time.Hour)
			retryAfter(strings.Repeat("9", 100<<10), time.Now(), time.Hour)
		}); took > 50*time.Millisecond*slack {
			t.Errorf("%s took %v", name, took)
		}
	}
}

// slack gives way for the race detector.
const slack = 4

// best is the shortest of three tries: what is left when the machine does nothing else.
func best(work func()) time.Duration {
	least := time.Hour
	for range 3 {
		began := time.Now()
		work()
		least = min(least, time.Since(began))
	}
	return least
}

// TestA34_AddressesAndBodiesAreReadInLinearTime is the same for what looks at addresses and encodings.
func TestA34_AddressesAndBodiesAreReadInLinearTime(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		strings.Repeat("/a", 50<<10), strings.Repeat("1", 100<<10), strings.Repeat("<meta charset=", 7<<10), strings.Repeat("\xff\xfe", 50<<10),
		strings.Repeat("\x1b$B", 33<<10), strings.Repeat("%", 100<<10), strings.Repeat("é", 50<<10), strings.Repeat(";charset=", 11<<10),
	} {
		if took := best(func() {
			repeats(s)
			shape(&url.URL{Host: "a.test", Path: s, RawQuery: s})
			decode([]byte(s), "text/html; charset="+s)
			decode([]byte(s), "text/html; charset=iso-2022-jp")
			siteOf(s)
			clip(s, 2048)
		}); took > 50*time.Millisecond*slack {
			t.Errorf("%.10q took %v", s, took)
		}
	}
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /a*b$\nAllow: /%zz\n"), "/a%2fb?x")
	f.Fuzz(func(t *testing.T, file []byte, path string) {
		r := parseRobots(file, "leadbot")
		if _, by := r.match(path); by.number > 0 && len(r.lines) == 0 {
			t.Error("a rule decided that is not there")
		}
		if once := normalise(path, false); normalise(once, false) != once {
			t.Errorf("%q is not normal", once)
		}
	})
}

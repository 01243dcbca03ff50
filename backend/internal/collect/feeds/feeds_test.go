package feeds_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/collect/feeds"
	"winnow/backend/internal/collect/page"
)

func TestWatch(t *testing.T) {
	t.Parallel()
	for expression, cases := range map[string]map[string]bool{
		`crm`:                            {"Which CRM?": true, "crmx": false, "a C.R.M.": false},
		`"looking for" crm`:              {"Looking for a CRM": true, "looking at crm for": false},
		`crm OR erp`:                     {"an ERP": true, "none": false},
		`(crm OR erp) AND NOT hiring`:    {"need a crm": true, "hiring a crm admin": false},
		`recommend* -job`:                {"any recommendations?": true, "recommend a job": false},
		`a AND b OR c`:                   {"c": true, "a b": true, "a": false},
		`NOT (spam OR ad) vendor`:        {"vendor": true, "vendor ad": false},
		`logiciel "gestion commerciale"`: {"Quel LOGICIEL de géstion commerciale ?": true},
		`dispatch,software`:              {"dispatch software": true, "dispatch": false},
		`((crm))`:                        {"crm": true},
		`“exact phrase”`:                 {"an exact phrase here": true, "exact other phrase": false},
	} {
		w, err := feeds.ParseWatch(expression)
		if err != nil {
			t.Errorf("%s: %v", expression, err)
			continue
		}
		for text, want := range cases {
			if w.Match(text) != want {
				t.Errorf("%s on %q: want %v", expression, text, want)
			}
		}
	}
}

func TestWatchFaultsNameThePlace(t *testing.T) {
	t.Parallel()
	for expression, word := range map[string]string{
		"": "no word", "(crm": "character 1", "crm)": "character 4", "crm AND": "missing", "OR crm": "character 1", `"!!"`: "no letter", "NOT": "missing",
		strings.Repeat("(", 60) + "a": "brackets", strings.Repeat("a ", 3000): "characters",
	} {
		if _, err := feeds.ParseWatch(expression); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%.20s: %v, want %q", expression, err, word)
		}
	}
}

// What the place says is gone stays away, and is said.
func TestRemovedPostsAreLeftOut(t *testing.T) {
	t.Parallel()
	body, err := os.ReadFile("../evalset/testdata/given/feeds/reddit_search_listing.json")
	if err != nil {
		t.Fatal(err)
	}
	r := feeds.Read(page.Document{Body: body})
	if len(r.Finds) != 1 || r.Next != "t3_abc124" || len(r.Notes) != 1 || r.Notes[0].Code != "removed" {
		t.Errorf("%+v", r)
	}
}

// An item without a guid keeps one name through its address, and through its words when it has none.
func TestItemsWithoutNamesKeepTheirs(t *testing.T) {
	t.Parallel()
	const feed = `<rss version="2.0"><channel><title>x</title><item><title>A</title><link>https://f.example/1?utm_source=x</link></item><item><title>B</title></item></channel></rss>`
	a, b := feeds.Read(page.Document{Body: []byte(feed)}), feeds.Read(page.Document{Body: []byte(strings.ReplaceAll(feed, "utm_source=x", "utm_source=y"))})
	if len(a.Finds) != 2 || len(b.Finds) != 2 {
		t.Fatalf("%+v", a)
	}
	for i := range a.Finds {
		if a.Finds[i].Key == "" || a.Finds[i].Key != b.Finds[i].Key {
			t.Errorf("%q and %q", a.Finds[i].Key, b.Finds[i].Key)
		}
	}
}

func TestHostileFeedsAreReadInTime(t *testing.T) {
	for name, body := range map[string]string{
		"entities": `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><item><title>&c;</title></item></channel></rss>`,
		"deep":     `<rss version="2.0"><channel><item>` + strings.Repeat("<a>", 30_000),
		"items":    `<rss version="2.0"><channel>` + strings.Repeat("<item><title>x</title></item>", 3000) + `</channel></rss>`,
		"json":     `{"hits":[` + strings.Repeat(`{"a":[`, 20_000),
		"html":     `<rss version="2.0"><channel><item><title>x</title><description>` + strings.Repeat("&lt;div&gt;", 10_000) + `</description></item></channel></rss>`,
		"no xml":   strings.Repeat("\x00\xff", 50_000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			feeds.Read(page.Document{Body: []byte(body)})
			if took := time.Since(start); took > 3*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, pattern := range []string{"../evalset/testdata/given/feeds/*", "../evalset/testdata/unseen/*/feeds/*"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range files {
			body, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(body)
		}
	}
	f.Fuzz(func(_ *testing.T, body []byte) { feeds.Read(page.Document{Body: body}) })
}

func FuzzWatch(f *testing.F) {
	f.Add(`crm AND ("looking for" OR x*) NOT -y`)
	f.Fuzz(func(_ *testing.T, s string) {
		if w, err := feeds.ParseWatch(s); err == nil {
			w.Match(s)
		}
	})
}

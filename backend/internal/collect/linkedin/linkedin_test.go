package linkedin_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/collect/linkedin"
	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

const given = "../evalset/testdata/given/linkedin/"

func load(t *testing.T, name string, into any) []byte {
	t.Helper()
	body, err := os.ReadFile(given + name)
	if err == nil && into != nil {
		err = json.Unmarshal(body, into)
	}
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestCanonicalAddresses(t *testing.T) {
	t.Parallel()
	var cases []struct {
		In  string  `json:"i"`
		Out *string `json:"o"`
	}
	load(t, "url_canonical_cases.json", &cases)
	for _, c := range cases {
		got, _, ok := normalise.LinkedIn(c.In)
		if ok != (c.Out != nil) || ok && got != *c.Out {
			t.Errorf("%s: %q %v", c.In, got, ok)
		}
	}
}

// A45: only LinkedIn can make us answer a challenge, and only a body that it signed is believed.
func TestWebhook(t *testing.T) {
	t.Parallel()
	var v struct {
		Secret    string `json:"client_secret"`
		Challenge struct {
			Reply struct {
				Code     string `json:"challengeCode"`
				Response string `json:"challengeResponse"`
			} `json:"reply"`
		} `json:"challenge"`
		Refuse []string `json:"challenge_must_refuse"`
		Post   struct {
			Body      string `json:"body"`
			Signature string `json:"signature_signed_over_prefix_hmacsha256_eq_body"`
		} `json:"post"`
		Deleted json.RawMessage `json:"deleted"`
	}
	load(t, "leadsync/webhook_vectors.json", &v)
	if got, err := linkedin.Challenge(v.Challenge.Reply.Code, v.Secret); err != nil || got != v.Challenge.Reply.Response {
		t.Errorf("challenge: %q %v", got, err)
	}
	for _, bad := range append(v.Refuse, "890e4665-4dfe-1ab1-b689-ed553bceeed0", "{890e4665-4dfe-4ab1-b689-ed553bceeed0}", "urn:uuid:890e4665-4dfe-4ab1-b689-ed553bceeed0") {
		if got, err := linkedin.Challenge(bad, v.Secret); err == nil {
			t.Errorf("%q was signed: %s", bad, got)
		}
	}
	if !linkedin.Signed([]byte(v.Post.Body), v.Post.Signature, v.Secret) {
		t.Error("a true signature was refused")
	}
	for name, bad := range map[string][3]string{
		"a byte changed": {v.Post.Body + " ", v.Post.Signature, v.Secret}, "another secret": {v.Post.Body, v.Post.Signature, "other"}, "no signature": {v.Post.Body, "", v.Secret},
	} {
		if linkedin.Signed([]byte(bad[0]), bad[1], bad[2]) {
			t.Errorf("%s: believed", name)
		}
	}
	n, err := linkedin.ParseNotification(v.Deleted)
	if err != nil || !n.Withdrawn() || n.Key() != "urn:li:leadGenFormResponse:resp-5@1727690300000" {
		t.Errorf("%+v %v", n, err)
	}
	if _, err := linkedin.ParseNotification([]byte(`{"type":"OTHER"}`)); err == nil {
		t.Error("an unknown notification was taken")
	}
}

// A wall is told from an empty page, and never taken for one.
func TestWalls(t *testing.T) {
	t.Parallel()
	r := linkedin.Read(page.Document{Body: load(t, "public/authwall.html", nil)}, nil)
	if len(r.Finds) != 0 || len(r.Notes) != 1 || r.Notes[0].Code != "blocked" {
		t.Errorf("%+v", r)
	}
	if !linkedin.Blocked(999, nil) || linkedin.Blocked(200, load(t, "public/post_guest.html", nil)) {
		t.Error("blocked is told wrongly")
	}
	r = linkedin.Read(page.Document{Body: []byte(`<html><body><main>A new kind of page</main></body></html>`)}, nil)
	if !r.Changed || len(r.Raw) != 1 {
		t.Errorf("a page that is not understood was dropped: %+v", r)
	}
}

// Masked values are nobody's.
func TestMaskedValuesAreDropped(t *testing.T) {
	t.Parallel()
	r := linkedin.Read(page.Document{Body: load(t, "public/profile_guest.html", nil)}, nil)
	if len(r.Finds) != 1 || r.Finds[0].Fields["title"] != "" || r.Finds[0].Fields["url"] != "https://acmerobotics.example" {
		t.Errorf("%+v", r.Finds)
	}
}

// A16, A34: hostile answers are read in bounded time.
func TestHostileAnswersAreReadInTime(t *testing.T) {
	for name, body := range map[string]string{
		"deep json":  strings.Repeat(`{"a":[`, 30_000),
		"many":       `[` + strings.Repeat(`{"title":{"text":"A B"},"navigationUrl":"https://www.linkedin.com/in/a"},`, 2000) + `{}]`,
		"texts":      `{"title":` + strings.Repeat(`{"text":`, 5000) + `"x"` + strings.Repeat("}", 5000) + `}`,
		"comments":   strings.Repeat(`<div class=comment><a href="https://www.linkedin.com/in/a">A B</a>`, 1500),
		"code":       `<code id="bpr-guid-1">` + strings.Repeat("[", 100_000),
		"form lists": strings.Repeat(`{"formResponse":{"answers":[`, 3000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			linkedin.Read(page.Document{Body: []byte(body)}, nil)
			if took := time.Since(start); took > 3*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, pattern := range []string{given + "*/*", "../evalset/testdata/unseen/*/linkedin/*"} {
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
	f.Fuzz(func(_ *testing.T, body []byte) {
		linkedin.Read(page.Document{Body: body}, []page.Document{{Body: body}})
	})
}

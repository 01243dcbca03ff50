package normalise_test

import (
	"encoding/json"
	"os"
	"testing"

	"winnow/backend/internal/intake/normalise"
)

func TestLinkedInAddresses(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/linkedin_urls.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		In  string  `json:"i"`
		Out *string `json:"o"`
	}
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		got, _, ok := normalise.LinkedIn(c.In)
		if ok != (c.Out != nil) || ok && got != *c.Out {
			t.Errorf("%q: %q %v, want %v", c.In, got, ok, c.Out)
		}
	}
}

func TestURL(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"acme.example": "https://acme.example",
		"HTTPS://WWW.Acme.example:443/a/?utm_source=x&id=7&fbclid=z#top": "https://www.acme.example/a?id=7",
		"http://müller.de/über":     "http://xn--mller-kva.de/%C3%BCber",
		"https://reddit.example/r/": "https://reddit.example/r",
		"javascript:alert(1)":       "",
		"n/a":                       "",
		"user@acme.example":         "",
		"http://u:p@acme.example":   "",
		"not a url.really":          "",
	} {
		got, ok := normalise.URL(in)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if d := normalise.Domain("http://www.Acme.example/x"); d != "acme.example" {
		t.Errorf("domain %q", d)
	}
}

package places_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/collect/places"
)

const given = "../evalset/testdata/given/maps/"

func body(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(given + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	var cases []struct {
		HTTP int             `json:"http"`
		Body json.RawMessage `json:"body"`
	}
	if err := json.Unmarshal(body(t, "places_new_errors.json"), &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		v, err := page.ParseJSON(c.Body)
		if err != nil {
			t.Fatal(err)
		}
		got := places.TroubleOf(v)
		switch {
		case got == nil || got.Advice() == "":
			t.Errorf("%d: nothing", c.HTTP)
		case c.HTTP == 400 && !got.Ours, c.HTTP == 403 && !got.Stop, c.HTTP == 429 && got.After == 0:
			t.Errorf("%d: %+v", c.HTTP, got)
		}
	}
	for status, trouble := range map[string]bool{"OK": false, "ZERO_RESULTS": false, "OVER_QUERY_LIMIT": true, "REQUEST_DENIED": true, "INVALID_REQUEST": true, "UNKNOWN_ERROR": true} {
		if got := places.TroubleOf(map[string]any{"status": status, "results": []any{}}); (got != nil) != trouble {
			t.Errorf("%s: %+v", status, got)
		}
	}
}

// A place that has closed for good is no lead; an empty answer is no fault; a next page is told.
func TestSearch(t *testing.T) {
	t.Parallel()
	r := places.Read(page.Document{Body: body(t, "places_new_searchText.json")})
	if len(r.Finds) != 1 || r.Next != "AeCrKXsSAMPLE" || len(r.Notes) != 1 || r.Notes[0].Code != "closed" {
		t.Errorf("%+v", r)
	}
	r = places.Read(page.Document{Body: []byte(`{}`)})
	if len(r.Finds)+len(r.Notes)+len(r.Raw) != 0 {
		t.Errorf("an empty answer: %+v", r)
	}
	r = places.Read(page.Document{Body: []byte(`{"venues":[{"x":1}]}`)})
	if !r.Changed || len(r.Raw) != 1 {
		t.Errorf("an unknown answer was dropped: %+v", r)
	}
}

func TestHostileAnswersAreReadInTime(t *testing.T) {
	for name, b := range map[string]string{
		"deep":  strings.Repeat(`{"places":[`, 20_000),
		"many":  `{"places":[` + strings.TrimSuffix(strings.Repeat(`{"id":"a","displayName":{"text":"x"}},`, 3000), ",") + `]}`,
		"csv":   "title,category,website,phone\n" + strings.Repeat(`"a,`, 30_000),
		"cells": "title,category,website,phone,emails\n" + strings.Repeat("x,{[,{,[,{\n", 8000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			places.Read(page.Document{Body: []byte(b)})
			if took := time.Since(start); took > 3*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, pattern := range []string{given + "*", "../evalset/testdata/unseen/*/google_places/*"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range files {
			b, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(b)
		}
	}
	f.Fuzz(func(_ *testing.T, b []byte) { places.Read(page.Document{Body: b}) })
}

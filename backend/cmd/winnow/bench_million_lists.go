package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
)

// millionList is some lists of a kind, of which each is read page by page and back.
type millionList struct {
	what    string
	queries []string
	least   float64 // the target for the slowest twentieth, in milliseconds
}

const (
	listTarget   = 60
	searchTarget = 100
)

func millionLists() []millionList {
	filtered := func(filter, sort string) string { return "filter=" + url.QueryEscape(filter) + "&sort=" + sort }
	out := []millionList{
		{"GET /leads in the usual order", []string{""}, listTarget},
		{"GET /leads filtered and sorted", []string{
			filtered("grade in (A+,A,B) and source = linkedin", ""), filtered("source = linkedin and created_at > -14d", "-created_at"),
			filtered("status = new and score > 20", "name"), filtered("company contains textiles", "-score,-created_at"), filtered("grade = A", "company"),
			filtered("source = website and title contains manager", "-last_activity_at"),
		}, listTarget},
		{"GET /leads searched, common word", []string{"q=inventory", "q=textiles"}, searchTarget},
		{"GET /leads searched, rare word", []string{"q=zanzibar"}, searchTarget},
		{"GET /leads searched, two words", []string{"q=" + url.QueryEscape("stock warehouse"), "q=" + url.QueryEscape("vitan textiles")}, searchTarget},
		{"GET /leads searched, beginnings of words", []string{"q=inv", "q=gram"}, searchTarget},
		{"GET /leads searched, misspelt", []string{"q=zanzibr"}, searchTarget},
		{"GET /leads filtered, sorted and searched", []string{filtered("source = linkedin and created_at > -14d", "-created_at") + "&q=" + url.QueryEscape("stock warehouse")}, searchTarget},
	}
	for _, name := range lead.SortNames() {
		out = append(out, millionList{"GET /leads sorted by " + name, []string{"sort=" + name, "sort=-" + name}, listTarget})
	}
	return out
}

// Each list is read as many pages forward, and back again, as many times.
const (
	pagesForth = 5
	listRounds = 4
)

func (m *millionRun) lists(ctx context.Context, base, size string) error {
	in, err := m.app.Accounts.Setup(ctx, account.NewUser{Name: "Bench", Email: "bench@winnow.example", Password: id.New()}, account.Client{IP: "127.0.0.1"})
	if err != nil {
		return err
	}
	for _, l := range millionLists() {
		var times []time.Duration
		for range listRounds {
			for _, q := range l.queries {
				some, err := leafThrough(ctx, base+"/api/v1/leads?"+q, in.Access)
				if err != nil {
					return err
				}
				times = append(times, some...)
			}
		}
		slices.Sort(times)
		p95 := ms(times[len(times)*95/100])
		m.add(measure{What: l.what, Size: size, P50ms: ms(times[len(times)/2]), P95ms: p95, Target: fmt.Sprintf("p95 < %.0f ms", l.least), Met: p95 < l.least})
	}
	return nil
}

// leafThrough reads a list some pages forward and back to its beginning, and tells how long each page took.
func leafThrough(ctx context.Context, address, access string) (times []time.Duration, err error) {
	at, next := "", 0
	for range 2 * pagesForth {
		took, body, err := get(ctx, address+at, access)
		if err != nil {
			return nil, err
		}
		times = append(times, took)
		var answer struct {
			Next string `json:"next_cursor"`
			Prev string `json:"prev_cursor"`
		}
		if err := json.Unmarshal(body, &answer); err != nil {
			return nil, fmt.Errorf("%s: %w", address, err)
		}
		to := answer.Next
		if next++; next > pagesForth {
			to = answer.Prev
		}
		if to == "" {
			return times, nil
		}
		at = "&cursor=" + url.QueryEscape(to)
	}
	return times, nil
}

// millionSection is the part of the page of benchmarks that this writes.
const millionSection = "## At a million leads"

func (r benchReport) millionMarkdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nWritten by `make bench-million`. Machine: %s. Version %s, seed %d. One run; times include HTTP on loopback.\n"+
		"Lists are read while what follows events catches up with the import, as it does then; each is read page by page, forward and back.\n"+
		"The rest is measured with nothing else at work in the process. One lead in %d is somebody who was there before, misspelt.\n\n"+
		"| database | what | size | measured | target | |\n|---|---|---|---|---|---|\n", millionSection, r.Machine, r.Version, r.Seed, oneTwinIn)
	for _, m := range r.Measures {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", m.Database, m.What, m.Size, m.figure(), m.Target, m.verdict())
	}
	return b.String()
}

// withSection is a page with one of its sections put in place of the old one, or at the end.
func withSection(page, heading, section string) string {
	at := strings.Index(page, "\n"+heading+"\n")
	if at < 0 {
		return strings.TrimRight(page, "\n") + "\n\n" + section
	}
	rest := page[at+1+len(heading):]
	if next := strings.Index(rest, "\n## "); next >= 0 {
		return page[:at+1] + section + rest[next:]
	}
	return page[:at+1] + section
}

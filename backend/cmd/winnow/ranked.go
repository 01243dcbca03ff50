package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"winnow/backend/internal/compose"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/judge"
)

// ranked is a lead with its judgement, as `winnow qualify` writes it.
type ranked struct {
	Rank         int           `json:"rank"`
	Grade        string        `json:"grade"`
	Score        int           `json:"score"`
	Name         string        `json:"name"`
	Title        string        `json:"title"`
	Company      string        `json:"company"`
	Email        string        `json:"email"`
	Phone        string        `json:"phone"`
	LinkedinURL  string        `json:"linkedin_url"`
	URL          string        `json:"url"`
	Source       string        `json:"source"`
	Location     string        `json:"location"`
	Disqualifier string        `json:"disqualifier,omitempty"`
	Urgency      string        `json:"urgency"`
	Authority    string        `json:"authority"`
	Fit          string        `json:"fit"`
	Reasoning    string        `json:"reasoning"`
	Proof        []proof       `json:"proof"`
	Message      *firstMessage `json:"message,omitempty"`
	Content      string        `json:"content"`
}

// proof is a claim with the lead's own words.
type proof struct {
	Part  string `json:"part"`
	ID    string `json:"id,omitempty"`
	Value string `json:"value,omitempty"`
	Field string `json:"field"`
	Quote string `json:"quote"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

type firstMessage struct {
	Subject string `json:"subject"`
	Body    string `json:"body"`
}

// rank reads every lead in order, with its analysis and, for the qualified, a message.
func (q *qualification) rank(ctx context.Context) ([]ranked, error) {
	set, err := q.app.Profiles.Current(ctx)
	if err != nil {
		return nil, err
	}
	var out []ranked
	for cursor := ""; ; {
		page, err := q.app.Leads.List(ctx, lead.Query{Cursor: cursor, Limit: lead.MaxLimit})
		if err != nil {
			return nil, err
		}
		for i := range page.Items {
			l := &page.Items[i]
			a, err := q.app.Judge.Latest(ctx, l.ID)
			if fault.Is(err, fault.NotFound) {
				continue // could not be judged; told before
			}
			if err != nil {
				return nil, err
			}
			r := rankedOf(l, a)
			r.Rank = len(out) + 1
			if q.flags.draft && a.Qualified(set) {
				if r.Message, err = q.write(ctx, l.ID); err != nil {
					return nil, err
				}
			}
			out = append(out, r)
		}
		if cursor = page.Next; cursor == "" {
			return out, nil
		}
	}
}

func (q *qualification) write(ctx context.Context, leadID string) (*firstMessage, error) {
	m, err := q.app.Compose.Draft(ctx, leadID, compose.Order{})
	if fault.Is(err, fault.Invalid) {
		q.say("no message: %s", explain(err))
		return nil, nil //nolint:nilnil // a lead without a message is no fault of the run
	}
	if err != nil {
		return nil, err
	}
	return &firstMessage{m.Subject, m.Body}, nil
}

func rankedOf(l *lead.Lead, a judge.Analysis) ranked {
	r := ranked{
		Grade: a.Grade, Score: a.Score, Name: l.Name, Title: l.Title, Company: l.Company, Email: l.Email, Phone: l.Phone, LinkedinURL: l.LinkedinURL,
		URL: l.URL, Source: l.Source, Location: l.Location, Disqualifier: a.Disqualifier, Urgency: a.Urgency, Authority: a.Authority, Fit: a.Fit,
		Reasoning: a.Reasoning, Content: l.Content, Proof: []proof{},
	}
	for _, c := range a.Claims.V {
		r.Proof = append(r.Proof, proof{Part: c.Part, ID: c.ID, Value: c.Value, Field: c.Field, Quote: c.Quote, Start: c.Start, End: c.End})
	}
	return r
}

// why is the one quote that says most.
func (r ranked) why() string {
	for _, part := range []string{qualify.PartPain, qualify.PartDisqualifier, qualify.PartEvidence, qualify.PartUrgency} {
		for _, p := range r.Proof {
			if p.Part == part {
				return p.Quote
			}
		}
	}
	return ""
}

func encodeRanked(w io.Writer, rs []ranked) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(rs)
}

// writeRanked writes .json or .csv, whole or not at all.
func writeRanked(path string, rs []ranked) error {
	var b bytes.Buffer
	var err error
	switch strings.ToLower(filepath.Ext(path)) {
	case ".json":
		err = encodeRanked(&b, rs)
	case ".csv":
		err = csvRanked(&b, rs)
	default:
		return fault.New(fault.Invalid, "format_unknown", "--out must end in .csv or .json.")
	}
	if err != nil {
		return err
	}
	tmp := path + ".part"
	if err := os.WriteFile(tmp, b.Bytes(), 0o600); err != nil {
		return fault.Wrap(err, fault.Unavailable, "file_unwritable", "Cannot write "+path+". Check the folder and the free space.")
	}
	return os.Rename(tmp, path)
}

func csvRanked(w io.Writer, rs []ranked) error {
	c := csv.NewWriter(w)
	head := []string{"rank", "grade", "score", "name", "title", "company", "email", "phone", "linkedin_url", "url", "source", "location", "why", "urgency", "authority", "fit", "disqualifier", "subject", "message", "content"}
	if err := c.Write(head); err != nil {
		return err
	}
	for _, r := range rs {
		var m firstMessage
		if r.Message != nil {
			m = *r.Message
		}
		row := []string{strconv.Itoa(r.Rank), r.Grade, strconv.Itoa(r.Score), r.Name, r.Title, r.Company, r.Email, r.Phone, r.LinkedinURL, r.URL, r.Source, r.Location, r.why(), r.Urgency, r.Authority, r.Fit, r.Disqualifier, m.Subject, m.Body, r.Content}
		for i := range row {
			row[i] = lead.GuardCell(row[i])
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func printRanked(w io.Writer, rs []ranked, top int) error {
	if _, err := fmt.Fprintf(w, "%4s  %-2s %5s  %-26s %-28s %s\n", "#", "", "score", "who", "where", "why, in their own words"); err != nil {
		return err
	}
	for _, r := range rs[:min(top, len(rs))] {
		who, where, why := r.Name, r.Company, r.why()
		if r.Disqualifier != "" {
			why = "(" + strings.ReplaceAll(r.Disqualifier, "_", " ") + ") " + why
		}
		if _, err := fmt.Fprintf(w, "%4d  %-2s %5d  %s %s %s\n", r.Rank, r.Grade, r.Score, cell(who, 26), cell(where, 28), strings.TrimSpace(cell(why, 90))); err != nil {
			return err
		}
	}
	if len(rs) > top {
		_, err := fmt.Fprintf(w, "      … and %d more (--top, --out)\n", len(rs)-top)
		return err
	}
	return nil
}

// cell fits text into n columns on one line; control characters cannot reach the terminal.
func cell(s string, n int) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) {
			return ' '
		}
		return r
	}, s)), " ")
	r := []rune(s)
	if len(r) > n {
		r = append(r[:n-1], '…')
	}
	return string(r) + strings.Repeat(" ", n-len(r))
}

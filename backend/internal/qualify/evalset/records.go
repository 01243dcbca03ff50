// Package evalset measures an analyzer against labelled leads: how well it finds the top leads, the disqualified ones
// and the pains, and whether text that gives orders to the scorer can raise a grade.
package evalset

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"

	"golang.org/x/text/unicode/norm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/qualify"
)

// maxLine bounds one record (1 MiB).
const maxLine = 1 << 20

// Record is one labelled lead. Only Lead is ever shown to an analyzer.
type Record struct {
	ID      string   `json:"id"`
	Profile string   `json:"profile"`
	Tags    []string `json:"tags"`
	Lead    Lead     `json:"lead"`
	Label   Label    `json:"label"`
	Line    int      `json:"-"` // 1-based line of the file; odd lines are for design, even ones are held out
}

// Lead is what stands in the file; null reads as "".
type Lead struct {
	Name        string `json:"name"`
	Title       string `json:"title"`
	Company     string `json:"company"`
	Industry    string `json:"industry"`
	Source      string `json:"source"`
	Location    string `json:"location"`
	CompanySize string `json:"company_size"`
	URL         string `json:"url"`
	PostedAt    string `json:"posted_at"`
	Content     string `json:"content"`
}

// Label is the right answer.
type Label struct {
	Grade       string      `json:"grade"`
	Reason      string      `json:"disqualify_reason"`
	PainPoints  []PainLabel `json:"pain_points"`
	Evidence    string      `json:"evidence"`
	Urgency     string      `json:"urgency"`
	Authority   string      `json:"authority"`
	Specificity int         `json:"specificity"`
	Fit         string      `json:"fit"`
}

// PainLabel is one pain that the lead has, with a quote that shows it.
type PainLabel struct {
	ID    string `json:"id"`
	Quote string `json:"quote"`
}

// Input is the lead as an analyzer may see it.
func (r Record) Input() qualify.Input {
	return qualify.Input{
		LeadID: r.ID, Source: r.Lead.Source, Name: r.Lead.Name, Title: norm.NFC.String(r.Lead.Title),
		Company: norm.NFC.String(r.Lead.Company), Industry: r.Lead.Industry, Location: norm.NFC.String(r.Lead.Location),
		CompanySize: r.Lead.CompanySize, PostedAt: r.Lead.PostedAt, Content: norm.NFC.String(r.Lead.Content),
	}
}

// Load reads records, one JSON object a line; blank lines count as lines but hold no record. Faults: Invalid with the
// line number.
func Load(r io.Reader) ([]Record, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	var out []Record
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var rec Record
		if err := json.Unmarshal(lines.Bytes(), &rec); err != nil {
			return nil, fault.Newf(fault.Invalid, "eval_record_invalid", "line %d is not a labelled lead (%v); each line must be one JSON object with id, profile, lead and label", n, err)
		}
		if rec.Profile == "" || rec.Label.Grade == "" {
			return nil, fault.Newf(fault.Invalid, "eval_record_incomplete", "line %d names no profile or no label.grade; add them", n)
		}
		rec.Line = n
		out = append(out, rec)
	}
	if err := lines.Err(); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "eval_file_unreadable", "the file of labelled leads could not be read to its end; is a line longer than 1 MiB?")
	}
	return out, nil
}

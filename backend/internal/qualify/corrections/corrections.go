// Package corrections writes what people corrected as labelled leads: the form in which winnow eval qualify measures an
// analyzer.
package corrections

import (
	"context"
	"encoding/json"
	"io"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/evalset"
	"winnow/backend/internal/qualify/judge"
)

// Leads reads a lead with the eyes of the viewer; lead.Service does.
type Leads interface {
	Get(ctx context.Context, leadID string) (*lead.Lead, error)
}

// Export writes corrections. Make one with New.
type Export struct {
	judge *judge.Service
	leads Leads
}

// New makes an export of what is corrected in j about leads.
func New(j *judge.Service, leads Leads) *Export { return &Export{j, leads} }

// Write writes one record a line for every corrected lead that the viewer sees, and answers how many. An error in the
// middle leaves w short.
func (e *Export) Write(ctx context.Context, w io.Writer) (n int, err error) {
	lines := json.NewEncoder(w)
	err = e.judge.EachLabelled(ctx, func(l judge.Labelled) error {
		who, err := e.leads.Get(ctx, l.LeadID)
		if fault.Is(err, fault.NotFound) {
			return nil // deleted since
		}
		if err != nil {
			return err
		}
		n++
		return lines.Encode(recordOf(who, l))
	})
	return n, err
}

func recordOf(l *lead.Lead, a judge.Labelled) evalset.Record {
	in := judge.InputOf(l)
	r := evalset.Record{
		ID: l.ID, Profile: a.ProfileName, Tags: []string{"correction"},
		Lead: evalset.Lead{
			Name: in.Name, Title: in.Title, Company: in.Company, Industry: in.Industry, Source: in.Source, Location: in.Location,
			CompanySize: in.CompanySize, URL: l.URL, PostedAt: in.PostedAt, Content: in.Content,
		},
		Label: evalset.Label{
			Grade: a.Grade, Reason: a.Disqualifier, PainPoints: []evalset.PainLabel{}, Evidence: a.Evidence, Urgency: a.Urgency,
			Authority: a.Authority, Specificity: a.Specificity, Fit: a.Fit,
		},
	}
	for _, c := range a.Claims.V {
		if c.Part == qualify.PartPain {
			r.Label.PainPoints = append(r.Label.PainPoints, evalset.PainLabel{ID: c.ID, Quote: c.Quote})
		}
	}
	return r
}

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"winnow/backend/internal/app"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/evalset"
	"winnow/backend/internal/qualify/judge"
)

// writeCorrections writes what people corrected as labelled leads, one a line, to out or to w. The file can be given to
// winnow eval qualify.
func writeCorrections(ctx context.Context, a *app.App, out string, w io.Writer) (n int, err error) {
	if out != "" {
		f, err := os.OpenFile(filepath.Clean(out), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return 0, fault.Wrap(err, fault.Invalid, "output_unwritable", "The file "+out+" cannot be written; check the folder and its rights.")
		}
		defer func() {
			if closeErr := f.Close(); err == nil {
				err = closeErr
			}
		}()
		w = f
	}
	lines := json.NewEncoder(w)
	err = a.Judge.EachLabelled(ctx, func(l judge.Labelled) error {
		who, err := a.Leads.Get(ctx, l.LeadID)
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

// exportCorrections is winnow export --corrections.
func exportCorrections(ctx context.Context, out string, stdout, stderr io.Writer) error {
	return withApp(ctx, func(ctx context.Context, a *app.App) error {
		n, err := writeCorrections(ctx, a, out, stdout)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(stderr, "%s exported.\n", counted(n, "correction"))
		return err
	})
}

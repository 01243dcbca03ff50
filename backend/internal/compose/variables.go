package compose

import (
	"context"
	"strings"

	"winnow/backend/internal/account"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/judge"
)

// maxQuote is the most of a lead's words that a message repeats, in code points.
const maxQuote = 160

// variables gathers what a message may say of a lead; whatever is unknown is left out.
func (s *Service) variables(ctx context.Context, l *lead.Lead, a judge.Analysis, set *profile.Set) (map[string]string, error) {
	v := map[string]string{
		"name": oneLine(l.Name), "first_name": FirstName(l.Name), "company": oneLine(l.Company), "title": oneLine(l.Title),
		"location": oneLine(l.Location), "our_company": set.Company.Name, "one_liner": strings.TrimSpace(set.Company.OneLiner),
		"our_website": set.Company.Website, "sender_name": "The team", "sender_email": set.Company.Contact["email"],
	}
	painID, quote := a.TopPain(set)
	for _, p := range set.PainPoints.PainPoints {
		if p.ID == painID {
			v["pain"] = p.Name
		}
	}
	v["pain_quote"] = clip(oneLine(quote), maxQuote)
	v["quote"] = v["pain_quote"]
	if quote == "" {
		v["quote"] = clip(oneLine(bestQuote(a)), maxQuote)
	}
	viewer, ok := account.From(ctx)
	if !ok || viewer.UserID == "" || s.senders == nil {
		return v, nil
	}
	name, email, found, err := s.senders.Sender(ctx, viewer.UserID)
	if err != nil {
		return nil, err
	}
	if found && name != "" {
		v["sender_name"], v["sender_email"] = name, email
	}
	return v, nil
}

// bestQuote is the content quote that says most when there is no pain: what they ask for, then when, then details.
func bestQuote(a judge.Analysis) string {
	for _, part := range []string{qualify.PartEvidence, qualify.PartUrgency, qualify.PartSpecificity} {
		best := ""
		for _, c := range a.Claims.V {
			if c.Part == part && c.Field == qualify.FieldContent && len(c.Quote) > len(best) {
				best = c.Quote
			}
		}
		if best != "" {
			return best
		}
	}
	return ""
}

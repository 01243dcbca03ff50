package preview

import (
	"fmt"
	"time"

	"winnow/backend/internal/lead"
)

// sampleLeads are the product's invented leads as if they had been imported; none is stored.
func sampleLeads() ([]lead.Lead, error) {
	rows, err := lead.Samples()
	if err != nil {
		return nil, err
	}
	out := make([]lead.Lead, len(rows))
	for i, r := range rows {
		out[i] = lead.Lead{
			Source: lead.SourceSample, Name: r["name"], Title: r["title"], Company: r["company"], Industry: r["industry"],
			CompanySize: r["company_size"], Location: r["location"], Content: r["content"],
		}
		if day := r["posted_at"]; day != "" {
			at, err := time.Parse(time.DateOnly, day)
			if err != nil {
				return nil, fmt.Errorf("sample %d: %w", i+1, err)
			}
			out[i].PostedAt = &at
		}
	}
	return out, nil
}

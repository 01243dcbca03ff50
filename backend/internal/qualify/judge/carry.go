package judge

import (
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
)

// said is what a claim says of which words, whatever its key.
type said struct{ part, id, field, quote string }

func saidBy(c qualify.Claim) said { return said{c.Part, c.ID, c.Field, c.Quote} }

// objection is a correction with the claims it takes out; the zero one takes out nothing.
type objection struct {
	Correction
	off map[said]bool
}

// standing are the corrections of the newest analyses of the leads, which are about to be analysed anew, by lead.
func standing(tx *gorm.DB, vs []Verdict) (map[string]objection, error) {
	ids := make([]string, len(vs))
	for i, v := range vs {
		ids[i] = v.LeadID
	}
	var rows []struct {
		Correction
		LeadID string
		Claims db.JSON[[]qualify.Claim]
	}
	err := tx.Table("analysis_corrections AS c").Select("c.*", "a.lead_id", "a.claims").Joins("JOIN analyses a ON a.id = c.analysis_id").
		Where("a.lead_id IN ?", ids).
		Where("NOT EXISTS (SELECT 1 FROM analyses n WHERE n.lead_id = a.lead_id AND (n.analyzed_at, n.id) > (a.analyzed_at, a.id))").
		Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read standing corrections: %w", err)
	}
	out := make(map[string]objection, len(rows))
	for _, r := range rows {
		keys := map[string]bool{}
		for _, k := range r.ClaimsOff.V {
			keys[k] = true
		}
		o := objection{Correction: r.Correction, off: map[said]bool{}}
		for _, c := range r.Claims.V {
			if keys[c.Key] {
				o.off[saidBy(c)] = true
			}
		}
		out[r.LeadID] = o
	}
	return out, nil
}

// carry is the correction of a new analysis that makes claims which were found wrong before; nil when it makes none.
func (o objection) carry(set *profile.Set, a Analysis) *Correction {
	var off []string
	for _, c := range a.Claims.V {
		if o.off[saidBy(c)] {
			off = append(off, c.Key)
		}
	}
	if len(off) == 0 {
		return nil
	}
	c := correct(set, a, off)
	c.ID, c.Note, c.ActorID, c.At = id.New(), o.Note, o.ActorID, o.At
	return &c
}

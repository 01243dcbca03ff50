package merging

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
)

// Record is a merge as people look at it.
type Record struct {
	Merge
	Into  string // the lead that stands for the survivor now
	Items []Item // the survivor first, each as it was before the merge
}

const maxListed = 200

// ByID is a merge whose survivor the viewer may see. Fault: NotFound.
func (s *Service) ByID(ctx context.Context, mergeID string) (Record, error) {
	if !id.Valid(mergeID) {
		return Record{}, notFound()
	}
	var m Merge
	err := s.DB.Read.WithContext(ctx).Where("id = ?", mergeID).Take(&m).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Record{}, notFound()
	}
	if err != nil {
		return Record{}, fmt.Errorf("read merge: %w", err)
	}
	into, err := s.seen(ctx, m.SurvivorID)
	if err != nil {
		return Record{}, err
	}
	out, err := s.records(ctx, []Merge{m})
	if err != nil {
		return Record{}, err
	}
	out[0].Into = into
	return out[0], nil
}

// seen is the lead that stands for leadID now, when the viewer may see it.
func (s *Service) seen(ctx context.Context, leadID string) (string, error) {
	_, err := s.Leads.Get(ctx, leadID)
	if into := lead.MergedInto(err); into != "" {
		return into, nil
	}
	if err != nil {
		return "", notFound()
	}
	return leadID, nil
}

// ForLead lists the merges that a lead or those under it were part of, undone ones too, newest first. Fault: NotFound.
func (s *Service) ForLead(ctx context.Context, leadID string) ([]Record, error) {
	if _, err := s.Leads.Get(ctx, leadID); err != nil {
		return nil, err
	}
	read := s.DB.Read.WithContext(ctx)
	members, err := lead.Members(read, leadID)
	if err != nil {
		return nil, err
	}
	var ms []Merge
	in := read.Model(&Item{}).Select("merge_id").Where("lead_id IN ?", members)
	if err := read.Where("id IN (?)", in).Order("created_at DESC, id DESC").Limit(maxListed).Find(&ms).Error; err != nil {
		return nil, fmt.Errorf("list merges: %w", err)
	}
	out, err := s.records(ctx, ms)
	for i := range out {
		if out[i].Into, err = lead.Root(read, out[i].SurvivorID); err != nil {
			return nil, err
		}
	}
	return out, err
}

func (s *Service) records(ctx context.Context, ms []Merge) ([]Record, error) {
	ids := make([]string, len(ms))
	for i := range ms {
		ids[i] = ms[i].ID
	}
	var items []Item
	if err := s.DB.Read.WithContext(ctx).Where("merge_id IN ?", ids).Order("merge_id, pos").Find(&items).Error; err != nil {
		return nil, fmt.Errorf("read merged leads: %w", err)
	}
	byMerge := map[string][]Item{}
	for _, it := range items {
		byMerge[it.MergeID] = append(byMerge[it.MergeID], it)
	}
	out := make([]Record, len(ms))
	for i, m := range ms {
		out[i] = Record{Merge: m, Items: byMerge[m.ID]}
	}
	return out, nil
}

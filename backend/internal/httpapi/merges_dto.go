package httpapi

import (
	"context"
	"time"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/merging"
)

// LeadMergeRequest says which leads become one, and whose values it takes.
type LeadMergeRequest struct {
	SurvivorID string               `json:"survivor_id" validate:"required" format:"uuid"`
	MergedIDs  []string             `json:"merged_ids" validate:"required"`                             // 1–50 leads that go into the survivor
	Fields     map[string]MergePick `json:"fields"`                                                     // by hand: field → whose value, or a new one
	Rules      map[string]string    `json:"rules"`                                                      // field → rule
	Rule       string               `json:"rule" enums:"survivor,most_trusted,newest,longest,verified"` // of all other fields; default survivor
	Versions   map[string]int       `json:"versions"`                                                   // lead → version that was read; 412 when one has changed
	DryRun     bool                 `json:"dry_run"`                                                    // only tell what would come out
}

// MergePick is a choice by hand: the lead whose value is taken, or a value typed in.
type MergePick struct {
	LeadID string  `json:"lead_id"`
	Value  *string `json:"value" extensions:"x-nullable"`
}

// Validate finds what is no id.
func (r LeadMergeRequest) Validate() []fault.Field {
	if r.SurvivorID == "" {
		return []fault.Field{{Name: "survivor_id", Code: "required", Message: "Name the lead that stays."}}
	}
	for name, p := range r.Fields {
		if p.LeadID != "" && (p.Value != nil || !id.Valid(p.LeadID)) {
			return []fault.Field{{Name: clip("fields." + name), Code: "ambiguous", Message: "Give either a lead_id or a value."}}
		}
	}
	return nil
}

func (r LeadMergeRequest) request() merging.Request {
	out := merging.Request{
		Survivor: r.SurvivorID, Merged: r.MergedIDs, Rule: merging.Rule(r.Rule), Rules: map[string]merging.Rule{}, Picks: map[string]merging.Pick{},
		Versions: r.Versions, DryRun: r.DryRun,
	}
	for f, rule := range r.Rules {
		out.Rules[f] = merging.Rule(rule)
	}
	for f, p := range r.Fields {
		out.Picks[f] = merging.Pick{LeadID: p.LeadID, Value: p.Value}
	}
	return out
}

// LeadMergeResponse is what a merge made or, of a dry run, would make.
type LeadMergeResponse struct {
	MergeID  *string          `json:"merge_id" extensions:"x-nullable"` // by which it can be undone; null of a dry run
	Survivor LeadResponse     `json:"survivor"`
	Fields   []MergeField     `json:"fields"`
	Moved    map[string]int64 `json:"moved"` // table → rows that went to the survivor
}

// MergeField is a field of a merge, with what each lead had in it. The field grade stands for all that the newest analysis
// says.
type MergeField struct {
	Name   string       `json:"name"`
	Value  string       `json:"value"`
	From   *string      `json:"from" extensions:"x-nullable"`                                                       // lead; null: typed in
	Rule   *string      `json:"rule" enums:"survivor,most_trusted,newest,longest,verified" extensions:"x-nullable"` // null: by hand, or the field has no choice
	Clash  bool         `json:"clash"`                                                                              // the leads had different values
	Values []MergeValue `json:"values"`
}

// MergeValue is what one lead had in a field.
type MergeValue struct {
	LeadID string    `json:"lead_id"`
	Value  string    `json:"value"`
	Source string    `json:"source"` // of the file or run, or "user"
	At     time.Time `json:"at" format:"date-time"`
}

func mergeResponse(o merging.Outcome, pains lead.Pains) LeadMergeResponse {
	r := LeadMergeResponse{Survivor: leadResponse(&o.Survivor, pains), Fields: make([]MergeField, len(o.Fields)), Moved: o.Moved}
	if o.ID != "" {
		r.MergeID = &o.ID
	}
	for i, f := range o.Fields {
		m := MergeField{Name: f.Name, Value: f.Value, Clash: f.Clash, Values: make([]MergeValue, len(f.Values))}
		if f.From != "" {
			m.From = &f.From
		}
		if rule := string(f.Rule); rule != "" {
			m.Rule = &rule
		}
		for j, v := range f.Values {
			m.Values[j] = MergeValue(v)
		}
		r.Fields[i] = m
	}
	return r
}

// MergeRecord is a merge that was made.
type MergeRecord struct {
	ID         string          `json:"id" format:"uuid"`
	State      string          `json:"state" enums:"done,undone"`
	SurvivorID string          `json:"survivor_id"`
	Into       string          `json:"into"` // the lead that stands for the survivor now
	Rule       string          `json:"rule" enums:"survivor,most_trusted,newest,longest,verified"`
	Fields     []string        `json:"fields"`                           // of the survivor that the merge changed
	RedoOf     *string         `json:"redo_of" extensions:"x-nullable"`  // undone merge that this one did again
	ActorID    *string         `json:"actor_id" extensions:"x-nullable"` // null: the product itself
	Automatic  bool            `json:"automatic"`                        // made without a person's word, of a pair beyond doubt
	PairID     *string         `json:"pair_id" extensions:"x-nullable"`  // that pair
	CreatedAt  time.Time       `json:"created_at" format:"date-time"`
	UndoneAt   *time.Time      `json:"undone_at" extensions:"x-nullable" format:"date-time"`
	UndoneBy   *string         `json:"undone_by" extensions:"x-nullable"`
	Leads      []MergeRecorded `json:"leads"` // the survivor first
}

// MergeRecorded is a lead as it was just before a merge.
type MergeRecorded struct {
	LeadID string            `json:"lead_id"`
	Values map[string]string `json:"values"` // field → value; empty fields are left out
}

// MergeList is merges, newest first.
type MergeList struct {
	Items []MergeRecord `json:"items"`
}

// MergePage is a page of merges, newest first.
type MergePage struct {
	Items []MergeRecord `json:"items"`
	PageInfo
}

func mergeRecord(m *merging.Record) MergeRecord {
	rule := m.Rule
	if rule == "" {
		rule = merging.RuleSurvivor
	}
	r := MergeRecord{
		ID: m.ID, State: string(m.State), SurvivorID: m.SurvivorID, Into: m.Into, Rule: string(rule), Fields: append([]string{}, m.Fields.V...), RedoOf: m.RedoOf,
		ActorID: m.ActorID, Automatic: m.Automatic, PairID: m.PairID, CreatedAt: m.CreatedAt.UTC(), UndoneAt: utcOrNil(m.UndoneAt), UndoneBy: m.UndoneBy, Leads: make([]MergeRecorded, len(m.Items)),
	}
	for i, it := range m.Items {
		values := make(map[string]string, len(it.Before.V))
		for f, v := range it.Before.V {
			values[f] = merging.Readable(f, v)
		}
		r.Leads[i] = MergeRecorded{it.LeadID, values}
	}
	return r
}

// MergeUndoRequest answers what only a person can decide.
type MergeUndoRequest struct {
	Answers map[string]string `json:"answers"` // field → one of the options of its question
	DryRun  bool              `json:"dry_run"` // only tell what would happen
}

// MergesUndoRequest names merges to undo.
type MergesUndoRequest struct {
	IDs []string `json:"ids" validate:"required"`
}

// MergesUndoResponse says which were undone.
type MergesUndoResponse struct {
	Undone  []string          `json:"undone"`
	Skipped map[string]string `json:"skipped"` // merge → code of what stood in its way, e.g. merge_questions
}

// MergeRedoRequest may ask only to look.
type MergeRedoRequest struct {
	DryRun bool `json:"dry_run"`
}

// MergeUndoResponse is what undoing did, or would do.
type MergeUndoResponse struct {
	MergeID   string           `json:"merge_id"`
	Survivor  LeadResponse     `json:"survivor"`  // as it is afterwards
	Leads     []LeadResponse   `json:"leads"`     // that stand alone again; those that the caller may see
	Changes   []MergeChange    `json:"changes"`   // since the merge, and which lead gets each
	Questions int              `json:"questions"` // how many changes only a person can decide
	Moved     map[string]int64 `json:"moved"`     // table → rows that went home
}

// MergeChange is a field that was changed since a merge.
type MergeChange struct {
	Field   string   `json:"field"`
	Before  string   `json:"before"`
	After   string   `json:"after"`
	To      []string `json:"to"` // leads that get it; of a question, what is suggested
	Why     string   `json:"why" enums:"answered,has_already,found_again,judged,only_one_had,shown,removed,stays,both_had,shown_theirs,nobody_had"`
	Asked   bool     `json:"asked"`
	Options []string `json:"options"` // what may be answered: leads, or "all"
}

func undoResponse(ctx context.Context, p merging.Plan, pains lead.Pains) MergeUndoResponse {
	r := MergeUndoResponse{
		MergeID: p.MergeID, Survivor: leadResponse(&p.Survivor, pains), Leads: visibleLeads(ctx, p.Leads, pains), Changes: make([]MergeChange, len(p.Changes)),
		Questions: len(p.Questions()), Moved: p.Moved,
	}
	for i, c := range p.Changes {
		r.Changes[i] = MergeChange(c)
	}
	return r
}

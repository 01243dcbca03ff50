package httpapi

import (
	"encoding/json"
	"time"

	"winnow/backend/internal/collect"
)

// SourceKind is a way of finding leads that can be set up.
type SourceKind struct {
	Name      string          `json:"name"`
	Title     string          `json:"title"`
	About     string          `json:"about"`
	Schema    json.RawMessage `json:"schema" swaggertype:"object"`    // JSON Schema of the settings; secrets have the format "password"
	EverySecs int             `json:"every_seconds"`                  // how often it usually runs; 0: only when asked
	LeastSecs int             `json:"least_seconds"`                  // the shortest time between two runs that the place allows
	Notice    *string         `json:"notice" extensions:"x-nullable"` // what must be agreed to first
}

// SourceKindList is all of them, by title.
type SourceKindList struct {
	Items []SourceKind `json:"items"`
}

// SourceCaps bound one run; 0: the default.
type SourceCaps struct {
	Finds      int   `json:"finds" minimum:"0"`
	Pages      int64 `json:"pages" minimum:"0"`
	Minutes    int   `json:"minutes" minimum:"0"`
	CostMicros int64 `json:"cost_micros" minimum:"0"`
}

// SourceResponse is a place that leads come from.
type SourceResponse struct {
	ID           string          `json:"id" format:"uuid"`
	Kind         string          `json:"kind"`
	Name         string          `json:"name"`
	Config       json.RawMessage `json:"config" swaggertype:"object"` // secrets are masked; sent back so, they stay
	Schedule     string          `json:"schedule"`                    // cron with five fields, in the workspace's time zone; "": only when asked
	Priority     int             `json:"priority"`
	Enabled      bool            `json:"enabled"`
	Agreed       bool            `json:"agreed"` // to the kind's notice
	OwnerID      *string         `json:"owner_id" extensions:"x-nullable"`
	Tags         []string        `json:"tags"`
	Caps         SourceCaps      `json:"caps"`
	Health       string          `json:"health" enums:"new,ok,degraded,failing,stopped"`
	HealthReason *string         `json:"health_reason" extensions:"x-nullable"` // a code
	Failures     int             `json:"failures"`                              // runs that failed since the last that did not
	NextRunAt    *time.Time      `json:"next_run_at" extensions:"x-nullable" format:"date-time"`
	LastRunAt    *time.Time      `json:"last_run_at" extensions:"x-nullable" format:"date-time"`
	CreatedAt    time.Time       `json:"created_at" format:"date-time"`
	UpdatedAt    time.Time       `json:"updated_at" format:"date-time"`
	Version      int             `json:"version"`
}

// SourceList is all sources, by name.
type SourceList struct {
	Items []SourceResponse `json:"items"`
}

// SourceRequest is a source as an administrator writes it.
type SourceRequest struct {
	Kind     string          `json:"kind" validate:"required"` // stays as it is once made
	Name     string          `json:"name" validate:"required" maxLength:"200"`
	Config   json.RawMessage `json:"config" swaggertype:"object"`
	Schedule string          `json:"schedule"`
	Priority int             `json:"priority"`
	Enabled  bool            `json:"enabled"`
	Agree    bool            `json:"agree"`
	OwnerID  *string         `json:"owner_id" format:"uuid" extensions:"x-nullable"`
	Tags     []string        `json:"tags"`
	Caps     SourceCaps      `json:"caps"`
}

// SourceTrialRequest is a source to be tested; with an id, masked secrets are those of that source.
type SourceTrialRequest struct {
	SourceRequest
	ID string `json:"id" format:"uuid"`
}

func (r SourceRequest) draft() collect.Draft {
	return collect.Draft{
		Kind: r.Kind, Name: r.Name, Config: r.Config, Schedule: r.Schedule, Priority: r.Priority, Enabled: r.Enabled, Agree: r.Agree, OwnerID: r.OwnerID,
		Tags: r.Tags, Caps: collect.Caps{Finds: r.Caps.Finds, Pages: r.Caps.Pages, Minutes: r.Caps.Minutes, Cost: r.Caps.CostMicros},
	}
}

// SourceNote is something that happened in a run, and how often.
type SourceNote struct {
	Code    string `json:"code"`
	URL     string `json:"url"` // of its first time; "" where there is none
	Message string `json:"message"`
	Count   int    `json:"count"`
}

// SourceRunResponse is one look at a source. found = created + updated + known + rejected.
type SourceRunResponse struct {
	ID         string       `json:"id" format:"uuid"`
	SourceID   string       `json:"source_id" format:"uuid"`
	Status     string       `json:"status" enums:"queued,running,finished,failed,stopped"`
	StartedBy  string       `json:"started_by" enums:"schedule,person,push"`
	Found      int          `json:"found"`
	Created    int          `json:"created"`
	Updated    int          `json:"updated"`
	Known      int          `json:"known"`
	Rejected   int          `json:"rejected"`
	Pages      int64        `json:"pages"`
	Bytes      int64        `json:"bytes"`
	CostMicros int64        `json:"cost_micros"`
	Changed    bool         `json:"changed"` // a place showed more than was understood
	Notes      []SourceNote `json:"notes"`
	Reasons    []SourceNote `json:"reasons"` // why finds were rejected
	ErrorCode  *string      `json:"error_code" extensions:"x-nullable"`
	Error      *string      `json:"error" extensions:"x-nullable"`
	CreatedAt  time.Time    `json:"created_at" format:"date-time"`
	StartedAt  *time.Time   `json:"started_at" extensions:"x-nullable" format:"date-time"`
	FinishedAt *time.Time   `json:"finished_at" extensions:"x-nullable" format:"date-time"`
}

// SourceRunList is the last hundred runs of a source, the newest first.
type SourceRunList struct {
	Items []SourceRunResponse `json:"items"`
}

// SourceFind is a lead as a source shows it.
type SourceFind struct {
	Key    string            `json:"key"` // what the source calls it; "" = nothing
	URL    string            `json:"url"`
	Fields map[string]string `json:"fields"`
	Seen   []SourceSeen      `json:"seen"`
}

// SourceSeen tells where the value of a field was read.
type SourceSeen struct {
	Field   string `json:"field"`
	URL     string `json:"url"`
	Method  string `json:"method"`
	Snippet string `json:"snippet"`
}

// SourceTrial is what a test brought. Nothing of it is stored.
type SourceTrial struct {
	Finds      []SourceFind `json:"finds"`
	Notes      []SourceNote `json:"notes"`
	Pages      int64        `json:"pages"`
	CostMicros int64        `json:"cost_micros"`
}

func sourceKind(k collect.Kind) SourceKind {
	r := SourceKind{Name: k.Name, Title: k.Title, About: k.About, Schema: k.Schema, EverySecs: int(k.Every.Seconds()), LeastSecs: int(k.Least.Seconds())}
	if k.Notice != "" {
		r.Notice = &k.Notice
	}
	return r
}

func sourceNotes(all []collect.Counted) []SourceNote {
	out := make([]SourceNote, len(all))
	for i, n := range all {
		out[i] = SourceNote{n.Code, n.URL, n.Message, n.Count}
	}
	return out
}

func sourceRun(r *collect.Run) SourceRunResponse {
	out := SourceRunResponse{
		ID: r.ID, SourceID: r.SourceID, Status: string(r.Status), StartedBy: r.StartedBy, Found: r.Found, Created: r.Created, Updated: r.Updated,
		Known: r.Known, Rejected: r.Rejected, Pages: r.Pages, Bytes: r.Bytes, CostMicros: r.Cost, Changed: r.Changed, Notes: sourceNotes(r.Notes.V),
		Reasons: sourceNotes(r.Reasons.V), CreatedAt: r.CreatedAt.UTC(), StartedAt: utcOrNil(r.StartedAt), FinishedAt: utcOrNil(r.FinishedAt),
	}
	if r.Error != "" {
		out.ErrorCode, out.Error = &r.ErrorCode, &r.Error
	}
	return out
}

func sourceTrial(t *collect.Trial) SourceTrial {
	out := SourceTrial{Finds: make([]SourceFind, len(t.Finds)), Notes: sourceNotes(t.Notes), Pages: t.Pages, CostMicros: t.Cost}
	for i, f := range t.Finds {
		seen := make([]SourceSeen, len(f.Seen))
		for j, s := range f.Seen {
			seen[j] = SourceSeen(s)
		}
		out.Finds[i] = SourceFind{Key: f.Key, URL: f.URL, Fields: f.Fields, Seen: seen}
	}
	return out
}

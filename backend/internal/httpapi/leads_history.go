package httpapi

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/event"
	"winnow/backend/internal/lead"
)

// OriginResponse is one value that a field had and where it came from.
type OriginResponse struct {
	Value    string    `json:"value"`
	Source   string    `json:"source"` // of the file or run, "user", "analysis", or "" when it was not written down
	ActorID  *string   `json:"actor_id" extensions:"x-nullable"`
	ImportID *string   `json:"import_id" extensions:"x-nullable"`
	Row      *int      `json:"row" extensions:"x-nullable"`
	LeadID   *string   `json:"lead_id" extensions:"x-nullable"` // merged lead that it was said of; null: this one
	At       time.Time `json:"at" format:"date-time"`
}

// FieldOriginResponse is a field, where its value came from, and other values that it was given.
type FieldOriginResponse struct {
	Field string `json:"field"`
	OriginResponse
	Others []OriginResponse `json:"others"`
}

// ProvenanceList is the origin of every field of a lead.
type ProvenanceList struct {
	Items []FieldOriginResponse `json:"items"`
}

func originResponse(o lead.Origin) OriginResponse { return OriginResponse(o) }

// provenance tells where each value came from.
//
//	@Summary	Where each value of a lead came from
//	@ID			leads.provenance
//	@Tags		leads
//	@Produce	json
//	@Param		id	path		string	true	"lead"	format(uuid)
//	@Success	200	{object}	ProvenanceList
//	@Failure	404	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/leads/{id}/provenance [get]
func (a leadsAPI) provenance(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	fields, err := a.leads.Provenance(c.Request().Context(), id)
	if err != nil {
		return err
	}
	out := ProvenanceList{Items: []FieldOriginResponse{}}
	for _, f := range fields {
		r := FieldOriginResponse{Field: f.Field, Others: []OriginResponse{}}
		if f.Current != nil {
			r.OriginResponse = originResponse(*f.Current)
		}
		for _, o := range f.Others {
			r.Others = append(r.Others, originResponse(o))
		}
		out.Items = append(out.Items, r)
	}
	return write(c, http.StatusOK, out)
}

// SubjectResponse is what an event is about.
type SubjectResponse struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// EventResponse is one thing that happened. Data holds ids, counts and field names only.
type EventResponse struct {
	Seq     int64           `json:"seq"`
	Type    string          `json:"type" example:"lead.qualified"`
	At      time.Time       `json:"at" format:"date-time"`
	Subject SubjectResponse `json:"subject"`
	ActorID *string         `json:"actor_id" extensions:"x-nullable"` // null: the product itself
	Data    map[string]any  `json:"data"`
}

// EventList is events, newest first.
type EventList struct {
	Items []EventResponse `json:"items"`
}

// timeline tells what happened.
//
//	@Summary	What happened to a lead, newest first
//	@ID			leads.timeline
//	@Tags		leads
//	@Produce	json
//	@Param		id	path		string	true	"lead"	format(uuid)
//	@Success	200	{object}	EventList
//	@Failure	404	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/leads/{id}/timeline [get]
func (a leadsAPI) timeline(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	evs, err := a.leads.Timeline(c.Request().Context(), id, maxLimit)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, EventList{Items: eventResponses(evs)})
}

func eventResponses(evs []event.Event) []EventResponse {
	out := make([]EventResponse, len(evs))
	for i, e := range evs {
		data := e.Data
		if data == nil {
			data = map[string]any{}
		}
		out[i] = EventResponse{Seq: e.Seq, Type: e.Type, At: e.At.UTC(), Subject: SubjectResponse{e.SubjectKind, e.SubjectID}, ActorID: e.ActorID, Data: data}
	}
	return out
}

// RelatedLeads is other leads of a lead's company, best first.
type RelatedLeads struct {
	Items []LeadResponse `json:"items"`
}

// related lists other leads of the company.
//
//	@Summary	Other leads of a lead's company, best first
//	@ID			leads.related
//	@Tags		leads
//	@Produce	json
//	@Param		id		path		string	true	"lead"	format(uuid)
//	@Param		limit	query		int		false	"1–200, default 50"
//	@Success	200		{object}	RelatedLeads
//	@Failure	400,404	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/leads/{id}/related [get]
func (a leadsAPI) related(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	q, err := listQuery(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	rows, err := a.leads.Related(ctx, id, q.Limit)
	if err != nil {
		return err
	}
	pains, err := a.pains(ctx)
	if err != nil {
		return err
	}
	out := RelatedLeads{Items: make([]LeadResponse, len(rows))}
	for i := range rows {
		out.Items[i] = leadResponse(&rows[i], pains)
	}
	return write(c, http.StatusOK, out)
}

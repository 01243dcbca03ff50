package httpapi

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/compose"
	"winnow/backend/internal/fault"
)

type messagesAPI struct{ compose *compose.Service }

// NewMessages offers the messages of leads.
func NewMessages(s *compose.Service) Resource { return messagesAPI{s} }

// Register puts the routes in place.
func (a messagesAPI) Register(r *Registry) {
	r.GET("/leads/:id/message", "messages.get", a.get)
	r.PUT("/leads/:id/message", "messages.update", a.update)
	r.POST("/leads/:id/message", "messages.draft", a.draft)
	r.GET("/leads/:id/message/versions", "messages.versions", a.versions)
}

// MessageResponse is the message drafted for a lead.
type MessageResponse struct {
	ID         string             `json:"id"`
	LeadID     string             `json:"lead_id"`
	Subject    string             `json:"subject"`
	Body       string             `json:"body"`
	TemplateID *string            `json:"template_id" extensions:"x-nullable"`
	Writer     string             `json:"writer" enums:"template,llm,person"`
	Variables  []compose.Variable `json:"variables"` // those the draft used, with their values
	Status     string             `json:"status" enums:"draft,approved"`
	Version    int                `json:"version"`
	EditedBy   *string            `json:"edited_by" extensions:"x-nullable"`
	CreatedAt  time.Time          `json:"created_at" format:"date-time"`
	UpdatedAt  time.Time          `json:"updated_at" format:"date-time"`
}

// MessageVersion is one state of a message.
type MessageVersion struct {
	Version  int       `json:"version"`
	Number   int       `json:"number"` // 1 for the first that is kept: what people call it
	Subject  string    `json:"subject"`
	Body     string    `json:"body"`
	Writer   string    `json:"writer"`
	EditedBy *string   `json:"edited_by" extensions:"x-nullable"`
	At       time.Time `json:"at" format:"date-time"`
}

// MessageVersions is every state of a message, newest first.
type MessageVersions struct {
	Items []MessageVersion `json:"items"`
}

// MessageUpdateRequest is a person's text.
type MessageUpdateRequest struct {
	Subject  string `json:"subject" validate:"required"`
	Body     string `json:"body" validate:"required"`
	Autosave bool   `json:"autosave"` // saved while its person types: all of one sitting is one version
}

// MessageDraftRequest says how to draft; all of it may be left out.
type MessageDraftRequest struct {
	TemplateID string `json:"template_id"`                        // "" = the built-in one that suits
	Writer     string `json:"writer" enums:"template,llm"`        // default template
	Tone       string `json:"tone" enums:"friendly,plain,formal"` // for llm
	Length     string `json:"length" enums:"short,medium"`        // for llm
}

// Validate finds words that are not in the lists.
func (r MessageDraftRequest) Validate() []fault.Field {
	var bad []fault.Field
	bad = oneOf(bad, "writer", r.Writer, compose.WriterTemplate, compose.WriterLLM)
	bad = oneOf(bad, "tone", r.Tone, "friendly", "plain", "formal")
	return oneOf(bad, "length", r.Length, "short", "medium")
}

func messageResponse(m compose.Message) MessageResponse {
	r := MessageResponse{
		ID: m.ID, LeadID: m.LeadID, Subject: m.Subject, Body: m.Body, TemplateID: m.TemplateID, Writer: m.Writer, Variables: m.Variables.V,
		Status: m.Status, Version: m.Version, EditedBy: m.EditedBy, CreatedAt: m.CreatedAt.UTC(), UpdatedAt: m.UpdatedAt.UTC(),
	}
	if r.Variables == nil {
		r.Variables = []compose.Variable{}
	}
	return r
}

// @Summary	The message drafted for a lead
// @ID		messages.get
// @Tags	messages
// @Produce	json
// @Param	id	path		string	true	"lead"
// @Success	200	{object}	MessageResponse
// @Success	204	"nothing has been drafted for this lead yet"
// @Failure	404	{object}	Problem	"no such lead"
// @Security	ApiKey
// @Security	Session
// @Router	/leads/{id}/message [get]
func (a messagesAPI) get(c echo.Context) error {
	leadID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	m, err := a.compose.Get(c.Request().Context(), leadID)
	if fault.CodeOf(err) == "message_not_found" {
		return c.NoContent(http.StatusNoContent) // a usual state of a lead, no fault
	}
	if err != nil {
		return err
	}
	return writeVersion(c, http.StatusOK, m.Version, messageResponse(m))
}

// @Summary	Keep a person's text as the message's next version
// @ID		messages.update
// @Tags	messages
// @Accept	json
// @Produce	json
// @Param	id			path		string					true	"lead"
// @Param	If-Match	header		string					false	"ETag of the version the text was made from"
// @Param	body		body		MessageUpdateRequest	true	"the text"
// @Success	200			{object}	MessageResponse
// @Failure	400,403,404,412	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/leads/{id}/message [put]
func (a messagesAPI) update(c echo.Context) error {
	leadID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	want, err := ifMatch(c)
	if err != nil {
		return err
	}
	var req MessageUpdateRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	m, err := a.compose.Edit(c.Request().Context(), leadID, compose.Written(req), want)
	if err != nil {
		return err
	}
	return writeVersion(c, http.StatusOK, m.Version, messageResponse(m))
}

// @Summary	Draft a lead's message anew
// @Description	The lead must have been analysed. Earlier versions are kept.
// @ID		messages.draft
// @Tags	messages
// @Accept	json
// @Produce	json
// @Param	id		path		string				true	"lead"
// @Param	body	body		MessageDraftRequest	true	"how"
// @Success	200		{object}	MessageResponse
// @Failure	400,403,404,503	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/leads/{id}/message [post]
func (a messagesAPI) draft(c echo.Context) error {
	leadID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	var req MessageDraftRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	m, err := a.compose.Draft(c.Request().Context(), leadID, compose.Order{TemplateID: req.TemplateID, Writer: req.Writer, Tone: req.Tone, Length: req.Length})
	if err != nil {
		return err
	}
	return writeVersion(c, http.StatusOK, m.Version, messageResponse(m))
}

// @Summary	Every state of a lead's message, newest first
// @ID		messages.versions
// @Tags	messages
// @Produce	json
// @Param	id	path		string	true	"lead"
// @Success	200	{object}	MessageVersions
// @Failure	404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/leads/{id}/message/versions [get]
func (a messagesAPI) versions(c echo.Context) error {
	leadID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	rows, err := a.compose.Versions(c.Request().Context(), leadID)
	if err != nil {
		return err
	}
	out := MessageVersions{Items: make([]MessageVersion, len(rows))}
	for i, v := range rows {
		out.Items[i] = MessageVersion{Version: v.Version, Number: v.Number, Subject: v.Subject, Body: v.Body, Writer: v.Writer, EditedBy: v.EditedBy, At: v.At.UTC()}
	}
	return write(c, http.StatusOK, out)
}

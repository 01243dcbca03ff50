package httpapi

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify/preview"
)

// ProfileSchemas are JSON Schemas of the documents, for editors.
type ProfileSchemas struct {
	Company    json.RawMessage `json:"company" swaggertype:"object"`
	Audience   json.RawMessage `json:"audience" swaggertype:"object"`
	PainPoints json.RawMessage `json:"pain_points" swaggertype:"object"`
}

// @Summary	JSON Schemas of the profile's documents
// @ID		profile.schema
// @Tags	profile
// @Produce	json
// @Success	200	{object}	ProfileSchemas
// @Security	ApiKey
// @Security	Session
// @Router	/profile/schema [get]
func (a profileAPI) schema(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	var out ProfileSchemas
	for kind, to := range map[string]*json.RawMessage{profile.KindCompany: &out.Company, profile.KindAudience: &out.Audience, profile.KindPainPoints: &out.PainPoints} {
		raw, err := profile.SchemaJSON(kind)
		if err != nil {
			return err
		}
		*to = raw
	}
	return write(c, http.StatusOK, out)
}

// ProfileVersionResponse is one version with its texts.
type ProfileVersionResponse struct {
	ProfileVersion
	Documents ProfileDocuments `json:"documents"`
}

// @Summary	One version of the profile with its texts
// @ID		profile.version
// @Tags	profile
// @Produce	json
// @Param	version	path		int	true	"version"
// @Success	200		{object}	ProfileVersionResponse
// @Failure	404		{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/profile/versions/{version} [get]
func (a profileAPI) version(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	number, err := strconv.Atoi(c.Param("version"))
	if err != nil || number < 1 || number > maxVersionNumber {
		return fault.New(fault.NotFound, "profile_version_not_found", "The profile has no such version.")
	}
	docs, v, err := a.profiles.DocumentsAt(c.Request().Context(), profile.DefaultName, number)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, ProfileVersionResponse{ProfileVersion: ProfileVersion(v), Documents: documentsOf(docs.YAML)})
}

// maxVersionNumber is the largest number that the database's column holds.
const maxVersionNumber = 1<<31 - 1

// ProfilePreviewRequest is a profile to try; documents left out are as they are now.
type ProfilePreviewRequest struct {
	Company    *string  `json:"company" extensions:"x-nullable"`     // YAML
	Audience   *string  `json:"audience" extensions:"x-nullable"`    // YAML
	PainPoints *string  `json:"pain_points" extensions:"x-nullable"` // YAML
	LeadIDs    []string `json:"lead_ids" maxItems:"20"`              // none: five leads of different grades
	Samples    bool     `json:"samples"`                             // where there are no leads yet, judge the product's sample leads instead
}

// ProfilePreviewLead is whom an outcome is about.
type ProfilePreviewLead struct {
	ID      string `json:"id"` // "" = a sample lead, which is not stored
	Name    string `json:"name"`
	Company string `json:"company"`
	Title   string `json:"title"`
	Text    string `json:"text"` // the beginning of what they wrote
}

// ProfileOutcome is what a profile makes of a lead.
type ProfileOutcome struct {
	Score        int    `json:"score"`
	Grade        string `json:"grade" enums:"A+,A,B,C,D"`
	Qualified    bool   `json:"qualified"`
	Disqualifier string `json:"disqualifier"` // "" = none
}

// ProfileChange is a part of the score whose points differ.
type ProfileChange struct {
	Part   string  `json:"part"`
	Before float64 `json:"before"`
	After  float64 `json:"after"`
}

// ProfilePreviewItem is one lead under the profile in force and under the one to try.
type ProfilePreviewItem struct {
	Lead    ProfilePreviewLead `json:"lead"`
	Before  ProfileOutcome     `json:"before"`
	After   ProfileOutcome     `json:"after"`
	Changes []ProfileChange    `json:"changes"`
	Pain    string             `json:"pain"`  // the strongest pain that the profile to try finds; "" = none
	Quote   string             `json:"quote"` // the lead's words for it
}

// ProfilePreviewResponse shows what would change; with faults there is nothing to show.
type ProfilePreviewResponse struct {
	Items   []ProfilePreviewItem `json:"items"`
	Samples bool                 `json:"samples"` // the items are the product's sample leads
	Faults  []ProfileFault       `json:"faults"`
}

// @Summary		See how a changed profile would judge leads, by the built-in rules; nothing is stored
// @Description	Both outcomes come from the rules now, so they differ by the profile alone.
// @ID			profile.preview
// @Tags		profile
// @Accept		json
// @Produce		json
// @Param		body	body		ProfilePreviewRequest	true	"documents and leads"
// @Success		200		{object}	ProfilePreviewResponse
// @Failure		400		{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router		/profile/preview [post]
func (a profileAPI) preview(c echo.Context) error {
	var req ProfilePreviewRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	ctx := c.Request().Context()
	docs := ProfileRequest{Documents: ProfileTexts{req.Company, req.Audience, req.PainPoints}}.docs()
	out := ProfilePreviewResponse{Items: []ProfilePreviewItem{}, Faults: []ProfileFault{}}
	set, err := a.profiles.Draft(ctx, profile.DefaultName, docs)
	for _, f := range profile.FaultsOf(err) {
		out.Faults = append(out.Faults, ProfileFault(f))
	}
	if len(out.Faults) > 0 {
		return write(c, http.StatusOK, out)
	}
	if err != nil {
		return err
	}
	items, samples, err := a.previews.Compare(ctx, set, preview.Ask{IDs: req.LeadIDs, Samples: req.Samples})
	if err != nil {
		return err
	}
	out.Samples = samples
	for _, it := range items {
		out.Items = append(out.Items, previewItem(it))
	}
	return write(c, http.StatusOK, out)
}

func previewItem(it preview.Item) ProfilePreviewItem {
	row := ProfilePreviewItem{
		Lead:   ProfilePreviewLead{ID: it.Lead.ID, Name: it.Lead.Name, Company: it.Lead.Company, Title: it.Lead.Title, Text: beginning(it.Lead.Content)},
		Before: ProfileOutcome(it.Before), After: ProfileOutcome(it.After), Changes: make([]ProfileChange, len(it.Changes)),
		Pain: it.Pain, Quote: it.Quote,
	}
	for i, ch := range it.Changes {
		row.Changes[i] = ProfileChange(ch)
	}
	return row
}

// beginning is at most 300 code points of a text.
func beginning(text string) string {
	const most = 300
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}

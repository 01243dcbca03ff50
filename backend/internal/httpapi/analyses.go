package httpapi

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/judge"
)

type analysesAPI struct{ judge *judge.Service }

// NewAnalyses offers judging one lead, its analyses, and their what-if.
func NewAnalyses(j *judge.Service) Resource { return analysesAPI{j} }

// Register puts the routes in place.
func (a analysesAPI) Register(r *Registry) {
	r.POST("/leads/analyze", "leads.analyze", a.analyze)
	r.GET("/leads/:id/analyses", "analyses.list", a.list)
	r.POST("/leads/:id/analyses/:analysis_id/what-if", "analyses.what_if", a.whatIf)
	r.PUT("/leads/:id/analyses/:analysis_id/correction", "analyses.correct", a.correct)
	r.DELETE("/leads/:id/analyses/:analysis_id/correction", "analyses.uncorrect", a.uncorrect)
}

// AnalyzeRequest asks to judge one lead.
type AnalyzeRequest struct {
	LeadID   string `json:"lead_id" validate:"required" format:"uuid"`
	Analyzer string `json:"analyzer" enums:"rules,llm"` // default: the first that is set up
}

// AnalysisResponse is a judgement of one lead with its proof. Claims are offsets in code points, half-open.
type AnalysisResponse struct {
	ID              string              `json:"id"`
	LeadID          string              `json:"lead_id"`
	BatchID         *string             `json:"batch_id" extensions:"x-nullable"`
	Analyzer        string              `json:"analyzer"`
	AnalyzerVersion string              `json:"analyzer_version"`
	Model           string              `json:"model"`
	ProfileVersion  int                 `json:"profile_version"`
	Evidence        string              `json:"evidence"`
	Urgency         string              `json:"urgency"`
	Authority       string              `json:"authority"`
	Specificity     int                 `json:"specificity"`
	Fit             string              `json:"fit"`
	Disqualifier    *string             `json:"disqualifier" extensions:"x-nullable"`
	Language        string              `json:"language"`
	Unreadable      bool                `json:"unreadable"`
	Reasoning       string              `json:"reasoning"`
	Claims          []qualify.Claim     `json:"claims"`
	DroppedClaims   int                 `json:"dropped_claims"`
	Score           int                 `json:"score"`
	Grade           string              `json:"grade" enums:"A+,A,B,C,D"`
	ScoreVersion    string              `json:"score_version"`
	Breakdown       []qualify.PartScore `json:"breakdown"`
	TokensIn        int                 `json:"tokens_in"`
	TokensOut       int                 `json:"tokens_out"`
	CostMicros      int64               `json:"cost_micros"`
	Cached          bool                `json:"cached"`
	AnalyzedAt      time.Time           `json:"analyzed_at" format:"date-time"`
	Correction      *CorrectionResponse `json:"correction" extensions:"x-nullable"` // null: nobody found a claim wrong
}

// CorrectionResponse is what a person found wrong in an analysis, and what it scores without that.
type CorrectionResponse struct {
	Off       []string            `json:"off"` // claim keys
	Note      string              `json:"note"`
	By        *string             `json:"by" extensions:"x-nullable"`
	At        time.Time           `json:"at" format:"date-time"`
	Score     int                 `json:"score"`
	Grade     string              `json:"grade" enums:"A+,A,B,C,D"`
	Breakdown []qualify.PartScore `json:"breakdown"`
}

// CorrectionRequest names the claims that are wrong.
type CorrectionRequest struct {
	Off  []string `json:"off" validate:"required"` // claim keys, at least one
	Note string   `json:"note"`                    // why; at most 1000 characters
}

func correctionResponse(c judge.Correction) CorrectionResponse {
	return CorrectionResponse{Off: c.ClaimsOff.V, Note: c.Note, By: c.ActorID, At: c.At.UTC(), Score: c.Score, Grade: c.Grade, Breakdown: c.Breakdown.V.Parts}
}

// AnalysisList is a lead's analyses, newest first.
type AnalysisList struct {
	Items []AnalysisResponse `json:"items"`
}

func analysisResponse(a judge.Analysis) AnalysisResponse {
	r := AnalysisResponse{
		ID: a.ID, LeadID: a.LeadID, BatchID: a.BatchID, Analyzer: a.Analyzer, AnalyzerVersion: a.AnalyzerVersion, Model: a.Model,
		ProfileVersion: a.ProfileVersion, Evidence: a.Evidence, Urgency: a.Urgency, Authority: a.Authority, Specificity: a.Specificity,
		Fit: a.Fit, Language: a.Language, Unreadable: a.Unreadable, Reasoning: a.Reasoning, Claims: a.Claims.V, DroppedClaims: a.DroppedClaims,
		Score: a.Score, Grade: a.Grade, ScoreVersion: a.ScoreVersion, Breakdown: a.Breakdown.V.Parts, TokensIn: a.TokensIn,
		TokensOut: a.TokensOut, CostMicros: a.CostMicros, Cached: a.Cached, AnalyzedAt: a.AnalyzedAt.UTC(),
	}
	if a.Disqualifier != "" {
		r.Disqualifier = &a.Disqualifier
	}
	if r.Claims == nil {
		r.Claims = []qualify.Claim{}
	}
	return r
}

// WhatIfRequest names the claims to leave out.
type WhatIfRequest struct {
	Off []string `json:"off" validate:"required"` // claim keys
}

// WhatIfResponse is what the score would be.
type WhatIfResponse struct {
	Score     int                 `json:"score"`
	Grade     string              `json:"grade" enums:"A+,A,B,C,D"`
	Breakdown []qualify.PartScore `json:"breakdown"`
}

// @Summary	Judge one lead now
// @ID		leads.analyze
// @Tags	analyses
// @Accept	json
// @Produce	json
// @Param	body	body		AnalyzeRequest	true	"which lead, by which analyzer"
// @Success	200		{object}	AnalysisResponse
// @Failure	400,403,404,429,503	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/leads/analyze [post]
func (a analysesAPI) analyze(c echo.Context) error {
	var req AnalyzeRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	out, err := a.judge.Analyze(c.Request().Context(), req.LeadID, req.Analyzer)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, analysisResponse(out))
}

// @Summary	A lead's analyses, newest first
// @ID		analyses.list
// @Tags	analyses
// @Produce	json
// @Param	id	path		string	true	"lead"
// @Success	200	{object}	AnalysisList
// @Failure	404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/leads/{id}/analyses [get]
func (a analysesAPI) list(c echo.Context) error {
	leadID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	rows, err := a.judge.ForLead(c.Request().Context(), leadID)
	if err != nil {
		return err
	}
	corrections, err := a.judge.Corrections(c.Request().Context(), leadID)
	if err != nil {
		return err
	}
	out := AnalysisList{Items: make([]AnalysisResponse, len(rows))}
	for i, r := range rows {
		out.Items[i] = analysisResponse(r)
		if found, ok := corrections[r.ID]; ok {
			correction := correctionResponse(found)
			out.Items[i].Correction = &correction
		}
	}
	return write(c, http.StatusOK, out)
}

// @Summary	What the score would be without some claims
// @Description	Changes nothing.
// @ID		analyses.what_if
// @Tags	analyses
// @Accept	json
// @Produce	json
// @Param	id			path		string			true	"lead"
// @Param	analysis_id	path		string			true	"analysis"
// @Param	body		body		WhatIfRequest	true	"claims to switch off"
// @Success	200			{object}	WhatIfResponse
// @Failure	400,404		{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/leads/{id}/analyses/{analysis_id}/what-if [post]
func (a analysesAPI) whatIf(c echo.Context) error {
	leadID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	analysisID, err := pathID(c, "analysis_id")
	if err != nil {
		return err
	}
	var req WhatIfRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	b, err := a.judge.WhatIf(c.Request().Context(), leadID, analysisID, req.Off)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, WhatIfResponse{Score: b.Score, Grade: b.Grade, Breakdown: b.Parts})
}

// @Summary	Say which claims of an analysis are wrong
// @Description	The lead's grade follows when the analysis is its newest. A later analysis that makes literally the same claims keeps them off.
// @ID		analyses.correct
// @Tags	analyses
// @Accept	json
// @Produce	json
// @Param	id			path		string				true	"lead"
// @Param	analysis_id	path		string				true	"analysis"
// @Param	body		body		CorrectionRequest	true	"claims that are wrong, and why"
// @Success	200			{object}	CorrectionResponse
// @Failure	400,403,404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/leads/{id}/analyses/{analysis_id}/correction [put]
func (a analysesAPI) correct(c echo.Context) error {
	leadID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	analysisID, err := pathID(c, "analysis_id")
	if err != nil {
		return err
	}
	var req CorrectionRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	made, err := a.judge.Correct(c.Request().Context(), leadID, analysisID, req.Off, req.Note)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, correctionResponse(made))
}

// @Summary	Take a correction back; the lead's grade follows
// @ID		analyses.uncorrect
// @Tags	analyses
// @Param	id			path	string	true	"lead"
// @Param	analysis_id	path	string	true	"analysis"
// @Success	204
// @Failure	403,404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/leads/{id}/analyses/{analysis_id}/correction [delete]
func (a analysesAPI) uncorrect(c echo.Context) error {
	leadID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	analysisID, err := pathID(c, "analysis_id")
	if err != nil {
		return err
	}
	if err := a.judge.Uncorrect(c.Request().Context(), leadID, analysisID); err != nil {
		return err
	}
	return noContent(c)
}

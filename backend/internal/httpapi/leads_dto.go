package httpapi

import (
	"encoding/json"
	"strings"
	"time"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
)

// TopPain is the pain point that counts most for a lead, with the lead's own words for it.
type TopPain struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Quote string `json:"quote"`
}

// LeadResponse is a lead.
type LeadResponse struct {
	ID             string              `json:"id" format:"uuid"`
	Name           string              `json:"name"`
	Title          string              `json:"title"`
	Company        string              `json:"company"`
	CompanyID      *string             `json:"company_id" extensions:"x-nullable"`
	Email          string              `json:"email"`
	Phone          string              `json:"phone"`
	LinkedinURL    string              `json:"linkedin_url"`
	URL            string              `json:"url"`
	Source         string              `json:"source"`
	SourceID       string              `json:"source_id"`
	Content        string              `json:"content"`
	Industry       string              `json:"industry"`
	Location       string              `json:"location"`
	Country        string              `json:"country"`
	Timezone       string              `json:"timezone"`
	CompanySize    string              `json:"company_size"`
	Language       string              `json:"language"`
	Status         string              `json:"status" enums:"new,qualified,disqualified,contacted,replied,won,lost,archived"`
	Grade          *string             `json:"grade" enums:"A+,A,B,C,D" extensions:"x-nullable"` // null: not analysed
	Score          *int                `json:"score" extensions:"x-nullable"`                    // 0–100, null: not analysed
	TopPain        *TopPain            `json:"top_pain" extensions:"x-nullable"`
	OwnerID        *string             `json:"owner_id" extensions:"x-nullable"`     // null: nobody's, to be claimed
	ValueMicros    *int64              `json:"value_micros" extensions:"x-nullable"` // micro-units of the workspace currency
	Tags           []string            `json:"tags"`
	Custom         map[string]string   `json:"custom"`
	PostedAt       *time.Time          `json:"posted_at" extensions:"x-nullable" format:"date-time"`
	AnalyzedAt     *time.Time          `json:"analyzed_at" extensions:"x-nullable" format:"date-time"`
	LastActivityAt time.Time           `json:"last_activity_at" format:"date-time"`
	CreatedAt      time.Time           `json:"created_at" format:"date-time"`
	UpdatedAt      time.Time           `json:"updated_at" format:"date-time"`
	Version        int                 `json:"version"`
	Highlights     map[string][][2]int `json:"highlights,omitempty" swaggertype:"object,array,array,integer"` // field → half-open ranges of code points
}

// LeadList is a page of leads.
type LeadList struct {
	Items []LeadResponse `json:"items"`
	PageInfo
	PrevCursor *string `json:"prev_cursor" extensions:"x-nullable"` // of the page before; null on the first
	Mended     *string `json:"mended" extensions:"x-nullable"`      // the search found nothing, so this one was answered: use it as q from here on
}

func utcOrNil(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}

func leadResponse(l *lead.Lead, pains lead.Pains) LeadResponse {
	r := LeadResponse{
		ID: l.ID, Name: l.Name, Title: l.Title, Company: l.Company, CompanyID: l.CompanyID, Email: l.Email, Phone: l.Phone,
		LinkedinURL: l.LinkedinURL, URL: l.URL, Source: l.Source, SourceID: l.SourceID, Content: l.Content, Industry: l.Industry,
		Location: l.Location, Country: l.Country, Timezone: l.Timezone, CompanySize: l.CompanySize, Language: l.Language,
		Status: string(l.Status), OwnerID: l.OwnerID, ValueMicros: l.ValueMicros, Tags: l.Tags.V, Custom: l.Custom.V,
		PostedAt: utcOrNil(l.PostedAt), AnalyzedAt: utcOrNil(l.AnalyzedAt), LastActivityAt: l.LastActivityAt.UTC(),
		CreatedAt: l.CreatedAt.UTC(), UpdatedAt: l.UpdatedAt.UTC(), Version: l.Version,
	}
	if r.Tags == nil {
		r.Tags = []string{}
	}
	if r.Custom == nil {
		r.Custom = map[string]string{}
	}
	if l.Grade != "" {
		r.Grade = &l.Grade
	}
	if l.Score != lead.NoScore {
		r.Score = &l.Score
	}
	if l.PainID != "" {
		r.TopPain = &TopPain{ID: l.PainID, Name: pains(l.PainID), Quote: l.PainQuote}
	}
	return r
}

// LeadCreateRequest is a lead typed in by hand. Something must tell it from others: a name, a company, an address, a
// number or a text.
type LeadCreateRequest struct {
	Name        string            `json:"name"`
	Title       string            `json:"title"`
	Company     string            `json:"company"`
	Email       string            `json:"email"`
	Phone       string            `json:"phone"`
	LinkedinURL string            `json:"linkedin_url"`
	URL         string            `json:"url"`
	Source      string            `json:"source"` // default: manual
	SourceID    string            `json:"source_id"`
	Content     string            `json:"content"`
	Industry    string            `json:"industry"`
	Location    string            `json:"location"`
	Country     string            `json:"country"`
	CompanySize string            `json:"company_size"`
	Language    string            `json:"language"`
	PostedAt    string            `json:"posted_at"`
	Tags        []string          `json:"tags"`
	Custom      map[string]string `json:"custom"`
}

func (r LeadCreateRequest) texts() map[string]string {
	return map[string]string{
		"name": r.Name, "title": r.Title, "company": r.Company, "email": r.Email, "phone": r.Phone, "linkedin_url": r.LinkedinURL,
		"url": r.URL, "source_id": r.SourceID, "content": r.Content, "industry": r.Industry, "location": r.Location,
		"country": r.Country, "company_size": r.CompanySize, "language": r.Language, "posted_at": r.PostedAt,
	}
}

const manualSource = "manual"

func (r LeadCreateRequest) source() string {
	if s := strings.TrimSpace(r.Source); s != "" {
		return s
	}
	return manualSource
}

// fields are the given values by the names of lead.Fields.
func (r LeadCreateRequest) fields() map[string]string {
	out := map[string]string{}
	for name, v := range r.texts() {
		if strings.TrimSpace(v) != "" {
			out[name] = v
		}
	}
	for name, v := range r.Custom {
		out[lead.CustomPrefix+name] = v
	}
	if len(r.Tags) > 0 {
		out["tags"] = strings.Join(r.Tags, ",")
	}
	return out
}

// Validate finds what no lead can be made of.
func (r LeadCreateRequest) Validate() []fault.Field {
	var bad []fault.Field
	if r.Name+r.Company+r.Email+r.Phone+r.LinkedinURL+r.Content == "" {
		bad = append(bad, fault.Field{Name: "name", Code: "required", Message: "Give at least a name, a company, an e-mail, a phone number, a profile or a text."})
	}
	for name, v := range r.texts() {
		if limit := textLimit(name); len([]rune(v)) > limit {
			bad = append(bad, fault.Field{Name: name, Code: "too_long", Message: "Use at most " + itoa(limit) + " characters."})
		}
	}
	for name, v := range r.Custom {
		if !lead.ValidCustomName(name) || len(v) > 4000 {
			bad = append(bad, fault.Field{Name: clip("custom." + name), Code: "value_wrong", Message: "A custom field has a name of 1–100 bytes and a text of at most 4000 bytes."})
		}
	}
	for _, t := range r.Tags {
		if strings.Contains(t, ",") || len([]rune(t)) > 60 {
			bad = append(bad, fault.Field{Name: "tags", Code: "value_wrong", Message: "A tag has at most 60 characters and no comma."})
		}
	}
	return bad
}

func textLimit(field string) int {
	if field == "content" {
		return 100_000
	}
	return 500
}

// optional is a member that may be left out, null, or a value.
type optional[T any] struct {
	set bool
	v   *T
}

// UnmarshalJSON is only called for members that are there.
func (o *optional[T]) UnmarshalJSON(b []byte) error {
	o.set = true
	return json.Unmarshal(b, &o.v)
}

// LeadUpdateRequest is a change to a lead: what is left out stays.
type LeadUpdateRequest struct {
	Name        *string            `json:"name"`
	Title       *string            `json:"title"`
	Company     *string            `json:"company"`
	Email       *string            `json:"email"`
	Phone       *string            `json:"phone"`
	LinkedinURL *string            `json:"linkedin_url"`
	URL         *string            `json:"url"`
	Content     *string            `json:"content"`
	Industry    *string            `json:"industry"`
	Location    *string            `json:"location"`
	Country     *string            `json:"country"`
	Timezone    *string            `json:"timezone"`
	CompanySize *string            `json:"company_size"`
	Language    *string            `json:"language"`
	Status      *string            `json:"status" enums:"new,qualified,disqualified,contacted,replied,won,lost,archived"`
	Tags        *[]string          `json:"tags"`
	Custom      map[string]*string `json:"custom"`                                                     // merged into what is there; null takes a field away
	ValueMicros optional[int64]    `json:"value_micros" swaggertype:"integer" extensions:"x-nullable"` // null: none
	OwnerID     optional[string]   `json:"owner_id" swaggertype:"string" extensions:"x-nullable"`      // null: nobody; administrators only
}

func (r LeadUpdateRequest) change() lead.Change {
	c := lead.Change{
		Text: map[string]string{}, Custom: r.Custom, Tags: r.Tags,
		Value: lead.Optional[int64]{Set: r.ValueMicros.set, V: r.ValueMicros.v},
		Owner: lead.Optional[string]{Set: r.OwnerID.set, V: r.OwnerID.v},
	}
	for name, v := range map[string]*string{
		"name": r.Name, "title": r.Title, "company": r.Company, "email": r.Email, "phone": r.Phone, "linkedin_url": r.LinkedinURL,
		"url": r.URL, "content": r.Content, "industry": r.Industry, "location": r.Location, "country": r.Country,
		"timezone": r.Timezone, "company_size": r.CompanySize, "language": r.Language,
	} {
		if v != nil {
			c.Text[name] = *v
		}
	}
	if r.Status != nil {
		s := lead.Status(*r.Status)
		c.Status = &s
	}
	return c
}

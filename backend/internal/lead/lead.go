package lead

import (
	"slices"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/platform/db"
)

// Status is where a lead stands in its life.
type Status string

// The statuses. New, Qualified and Disqualified follow the newest analysis; the others are set by people.
const (
	StatusNew          Status = "new"
	StatusQualified    Status = "qualified"
	StatusDisqualified Status = "disqualified"
	StatusContacted    Status = "contacted"
	StatusReplied      Status = "replied"
	StatusWon          Status = "won"
	StatusLost         Status = "lost"
	StatusArchived     Status = "archived"
)

// Statuses lists every status in the order of a lead's life.
func Statuses() []Status {
	return []Status{
		StatusNew, StatusQualified, StatusDisqualified, StatusContacted, StatusReplied, StatusWon, StatusLost, StatusArchived,
	}
}

// Valid reports whether s is one of Statuses.
func (s Status) Valid() bool { return slices.Contains(Statuses(), s) }

// Grades lists the grades from best to worst; "" in a Lead means not analysed yet.
func Grades() []string { return []string{"A+", "A", "B", "C", "D"} }

// NoScore is the score of a lead that was never analysed.
const NoScore = -1

// Lead is one person or firm that may buy. Texts are Unicode NFC; times are UTC.
type Lead struct {
	Seq            int64  `gorm:"column:seq;->"` // row number of the full-text index; given by the database
	ID             string `gorm:"primaryKey"`
	Name           string
	Title          string
	Company        string
	CompanyID      *string
	Email          string // normalised, lower case
	Phone          string // E.164 where it could be told
	LinkedinURL    string // canonical form
	URL            string // where the lead was found
	Source         string // linkedin, reddit, google_maps, website, indiamart, file …
	SourceID       string // the source's own id
	Content        string // the post, enquiry or listing text
	Industry       string
	Location       string // as written
	Country        string // ISO 3166-1 alpha-2
	Timezone       string
	CompanySize    string
	Language       string // ISO 639-1; "und" when it can't be told, "" before analysis
	Status         Status
	Grade          string // one of Grades, "" = not analysed
	Score          int    // 0–100, NoScore = not analysed
	PainID         string // top pain point of the newest analysis
	PainQuote      string // the lead's own words for it
	OwnerID        *string
	ValueMicros    *int64 // expected value in micro-units of the workspace currency
	Tags           db.JSON[[]string]
	Custom         db.JSON[map[string]string]
	PostedAt       *time.Time
	AnalyzedAt     *time.Time
	LastActivityAt time.Time
	CreatedAt      time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt      time.Time `gorm:"autoUpdateTime:false"`
	ArchivedAt     *time.Time
	MergedInto     *string        // the lead that this one was merged into; then it is deleted too
	DeletedAt      gorm.DeletedAt // GORM leaves deleted leads out of every query on this model unless Unscoped
	Version        int            // raised by every change; the ETag
}

// TableName names the table.
func (Lead) TableName() string { return "leads" }

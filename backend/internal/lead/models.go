package lead

import (
	"time"

	"winnow/backend/internal/platform/db"
)

// Company is a firm that leads belong to; NameKey is its name without legal form, folded, unique among live ones.
type Company struct {
	ID        string `gorm:"primaryKey"`
	Name      string
	NameKey   string
	Domain    string
	Industry  string
	Country   string
	Size      string
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt time.Time `gorm:"autoUpdateTime:false"`
	DeletedAt *time.Time
	Version   int

	MergedInto *string // the company that this one was merged into; then it is deleted too
}

// TableName names the table.
func (Company) TableName() string { return "companies" }

// Kinds of identity.
const (
	IdentityEmail    = "email"
	IdentityPhone    = "phone"
	IdentityLinkedin = "linkedin"
	IdentitySource   = "source" // value: SourceIdentity(source, source_id)
)

// SourceIdentity is the identity value of a source's own id.
func SourceIdentity(source, sourceID string) string { return source + "\x1f" + sourceID }

// Identity is an exact key by which a lead is known. (Kind, Value) is unique among live ones.
type Identity struct {
	ID          string `gorm:"primaryKey"`
	LeadID      string
	FirstLeadID *string // lead that it was given to, when that one was merged into LeadID since
	Kind        string
	Value       string
	Live        bool      // false once the lead is deleted
	CreatedAt   time.Time `gorm:"autoCreateTime:false"`
}

// TableName names the table.
func (Identity) TableName() string { return "lead_identities" }

// Sighting is one meeting with a lead: a row of a file, a post of a run, a form filled in by a user.
type Sighting struct {
	ID          string `gorm:"primaryKey"`
	LeadID      string
	FirstLeadID *string // as Identity's
	Source      string
	RunID       *string
	ImportID    *string
	RowNo       *int
	RawHash     string
	Raw         db.JSON[map[string]string] // the row as it came, header → text
	At          time.Time
}

// TableName names the table.
func (Sighting) TableName() string { return "lead_sightings" }

// SourceUser is the provenance source of a value that a person typed in.
const SourceUser = "user"

// Provenance says which sighting or user gave a lead's field a value; Current marks the value that stands in the lead.
type Provenance struct {
	ID          string `gorm:"primaryKey"`
	LeadID      string
	FirstLeadID *string // as Identity's
	Field       string
	Value       string
	Source      string
	SightingID  *string
	ActorID     *string
	Current     bool
	At          time.Time
}

// TableName names the table.
func (Provenance) TableName() string { return "field_provenance" }

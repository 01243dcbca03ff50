package collect

import (
	"encoding/json"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/platform/db"
)

// Source is one place that leads come from, as somebody set it up.
type Source struct {
	ID           string `gorm:"primaryKey"`
	Kind         string
	Name         string
	Config       db.JSON[json.RawMessage] // its secrets are sealed
	Schedule     string                   // cron with five fields, or "" for none: only when asked or pushed to
	Priority     int                      // higher runs first when several are due
	Enabled      bool
	AgreedAt     *time.Time // to the kind's notice
	AgreedBy     *string
	OwnerID      *string // owner of its new leads
	Tags         db.JSON[[]string]
	Caps         db.JSON[Caps]
	Kept         db.JSON[json.RawMessage] // where the next run begins
	Health       Health
	HealthReason string
	Streak       db.JSON[[]int] // finds of the last finished runs, the newest first
	Failures     int            // runs that failed since the last that did not
	NextRunAt    *time.Time
	LastRunAt    *time.Time
	CreatedBy    *string
	CreatedAt    time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt    time.Time `gorm:"autoUpdateTime:false"`
	DeletedAt    gorm.DeletedAt
	Version      int
}

// TableName names the table.
func (Source) TableName() string { return "sources" }

// Caps bound one run; zero: the default.
type Caps struct {
	Finds   int   `json:"finds,omitempty"`
	Pages   int64 `json:"pages,omitempty"`
	Minutes int   `json:"minutes,omitempty"`
	Cost    int64 `json:"cost,omitempty"` // millionths of the workspace's currency; 0: what costs money is refused
}

// The bounds of a run that sets none.
const (
	defaultFinds   = 10_000
	defaultPages   = 2_000
	defaultMinutes = 60
)

func (c Caps) filled() Caps {
	if c.Finds <= 0 {
		c.Finds = defaultFinds
	}
	if c.Pages <= 0 {
		c.Pages = defaultPages
	}
	if c.Minutes <= 0 {
		c.Minutes = defaultMinutes
	}
	return c
}

// Health says how a source does.
type Health string

// The states of health.
const (
	HealthNew      Health = "new"      // it never ran
	HealthOK       Health = "ok"       // the last run brought about what the runs before did
	HealthDegraded Health = "degraded" // it ran, but brought nothing where there was always something, or its pages changed
	HealthFailing  Health = "failing"  // the last runs failed
	HealthStopped  Health = "stopped"  // the place refused us, or its settings cannot work: a person must look
)

// Status is where a run stands.
type Status string

// The statuses of a run.
const (
	Queued   Status = "queued"
	Running  Status = "running"
	Finished Status = "finished"
	Failed   Status = "failed"
	Stopped  Status = "stopped" // by a person
)

// What starts a run.
const (
	BySchedule = "schedule"
	ByPerson   = "person"
	ByPush     = "push"
)

// Run is one look at a source.
type Run struct {
	ID         string `gorm:"primaryKey"`
	SourceID   string
	Status     Status
	StartedBy  string // BySchedule, ByPerson or ByPush
	ActorID    *string
	Cursor     db.JSON[json.RawMessage]
	Steps      int
	Tries      int // of the present step that failed
	Found      int // = Created + Updated + Known + Rejected
	Created    int
	Updated    int
	Known      int // leads that were there and gained nothing
	Rejected   int
	Pages      int64
	Bytes      int64
	Cost       int64 // millionths of the workspace's currency
	Changed    bool  // a place showed more than was understood
	Notes      db.JSON[[]Counted]
	Reasons    db.JSON[[]Counted] // why finds were rejected
	ErrorCode  string
	Error      string
	CreatedAt  time.Time `gorm:"autoCreateTime:false"`
	StartedAt  *time.Time
	FinishedAt *time.Time
	LeaseUntil *time.Time
	Version    int
}

// TableName names the table.
func (Run) TableName() string { return "source_runs" }

// Counted is a note and how often it came; the message and address are those of its first time.
type Counted struct {
	Note
	Count int `json:"count"`
}

// maxCounted bounds how many kinds of notes a run keeps.
const maxCounted = 50

// count adds a note to those that are kept.
func count(all []Counted, n Note) []Counted {
	for i := range all {
		if all[i].Code == n.Code {
			all[i].Count++
			return all
		}
	}
	if len(all) >= maxCounted {
		return all
	}
	return append(all, Counted{n, 1})
}

// rawRow is an answer that could not be read, kept.
type rawRow struct {
	ID        string `gorm:"primaryKey"`
	RunID     string
	URL       string
	MediaType string
	Body      []byte
	Reason    string
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
}

// TableName names the table.
func (rawRow) TableName() string { return "source_raws" }

package intake

import (
	"time"

	"winnow/backend/internal/platform/db"
)

// Status is where an import stands.
type Status string

// The statuses. A running import whose process died is taken up at its checkpoint by whoever claims it next.
const (
	Previewed Status = "previewed" // the file is kept, nothing was imported yet
	Queued    Status = "queued"
	Running   Status = "running"
	Finished  Status = "finished"
	Failed    Status = "failed" // Error says why; what came in before stays
	Paused    Status = "paused" // by a person; goes on at the next row
	Undoing   Status = "undoing"
	Undone    Status = "undone"
)

// Import is a file and what became of its rows. RowsTotal = created + updated + unchanged + duplicate + rejected once
// it is finished.
type Import struct {
	ID         string `gorm:"primaryKey"`
	Filename   string
	Path       string // of the kept file, empty once it is not needed
	Format     string
	Encoding   string
	Delimiter  string
	Size       int64
	SHA256     string `gorm:"column:sha256"`
	Status     Status
	Mapping    db.JSON[map[string]string] // header → field, "" = left out
	Options    db.JSON[stored]
	RowsTotal  int
	NextRow    int // checkpoint: rows up to and with this number are done
	Created    int
	Updated    int
	Unchanged  int
	Duplicate  int
	Rejected   int
	Warnings   db.JSON[[]Warning]
	Error      string
	LeaseUntil *time.Time
	LeaseBy    string
	CreatedBy  *string
	CreatedAt  time.Time `gorm:"autoCreateTime:false"`
	StartedAt  *time.Time
	FinishedAt *time.Time
	Version    int

	UndoRow  int // while it is undone: rows from this one on are dealt with
	Removed  int // leads that undoing took out again
	PutBack  int // rows whose fields went back
	Kept     int // rows of which something had to stay
	UndoneBy *string
	UndoneAt *time.Time
}

// TableName names the table.
func (Import) TableName() string { return "imports" }

// Done counts the rows that have a fate.
func (i *Import) Done() int { return i.Created + i.Updated + i.Unchanged + i.Duplicate + i.Rejected }

// stored is Options and for whom the import runs.
type stored struct {
	Options
	UserID  string   `json:"user_id,omitempty"`
	Role    string   `json:"role,omitempty"`
	System  bool     `json:"system,omitempty"`
	Tool    string   `json:"tool,omitempty"`    // whose export the file is
	Headers []string `json:"headers,omitempty"` // in the file's order
	UndoAll bool     `json:"undo_all,omitempty"`
}

// ImportRow is the fate of one row. Rows that came in without trouble keep no text.
type ImportRow struct {
	ImportID string `gorm:"primaryKey"`
	RowNo    int    `gorm:"primaryKey;autoIncrement:false"`
	Fate     Fate
	LeadID   *string
	Col      string
	Code     string
	Reason   string
	Raw      string // JSON list of the original cells; rejected rows only

	Undone    UndoFate // what undoing the import did with it, "" = nothing
	UndoneWhy UndoWhy
}

// TableName names the table.
func (ImportRow) TableName() string { return "import_rows" }

// count adds the outcomes of a chunk.
func (i *Import) count(outcomes []Outcome) {
	for _, o := range outcomes {
		switch o.Fate {
		case Created:
			i.Created++
		case Updated:
			i.Updated++
		case Unchanged:
			i.Unchanged++
		case Duplicate:
			i.Duplicate++
		case Rejected:
			i.Rejected++
		}
	}
}

// maxWarnings bounds how many kinds of warning an import keeps.
const maxWarnings = 200

// warn adds warnings, one line for each code and column.
func (i *Import) warn(ws ...Warning) {
	for _, w := range ws {
		found := false
		for n := range i.Warnings.V {
			if have := &i.Warnings.V[n]; have.Code == w.Code && have.Column == w.Column {
				have.Count += max(w.Count, 1)
				found = true
				break
			}
		}
		if !found && len(i.Warnings.V) < maxWarnings {
			w.Count = max(w.Count, 1)
			i.Warnings.V = append(i.Warnings.V, w)
		}
	}
}

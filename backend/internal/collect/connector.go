package collect

import (
	"context"
	"encoding/json"
	"time"
)

// Connector is one way of finding leads. It is made once and serves every source of its kind; what belongs to a source or
// a run comes in the Call. Implementations must be safe for concurrent use.
type Connector interface {
	Kind() Kind
	// Step does the next piece of a run: one page, one answer, one file. The finds of a step, its cursor and its counts are
	// stored together, so a run that is killed goes on behind the last stored step and nothing is lost or doubled. Faults:
	// Invalid when the configuration cannot work (the source is switched off and its owner told), Forbidden when the place
	// refuses us (stop, never try again by ourselves), RateLimited with a time to wait, Unavailable for what may pass.
	Step(ctx context.Context, c Call) (Step, error)
}

// Kind describes a connector to people and to the form that sets one up.
type Kind struct {
	Name   string          // "indiamart", "google_places", "website" …; also the source of its leads
	Title  string          // "IndiaMART"
	About  string          // one sentence: what it brings and what it needs
	Schema json.RawMessage // JSON Schema (2020-12) of the configuration; secrets have "format": "password"
	// Every is how often a source of this kind runs unless told otherwise; zero: only when asked or pushed to.
	Every time.Duration
	// Least is the shortest time between two runs that the place allows; zero: none.
	Least time.Duration
	// Notice is what a person must agree to before a source of this kind can be switched on; empty: nothing.
	Notice string
}

// Call is what a step works with.
type Call struct {
	SourceID string
	Config   json.RawMessage // valid by the kind's schema, secrets opened
	// Cursor is what the last step left, null at the beginning of a run. Kept is what the last finished run left.
	Cursor, Kept json.RawMessage
	// From is since when finds are wanted; zero: all that there is.
	From time.Time
	// Now is the time of the step.
	Now time.Time
	// Trial marks a test of a source: nothing will be stored, five finds are enough.
	Trial bool
}

// Step is what one step brought.
type Step struct {
	Finds  []Find
	Cursor json.RawMessage // for the next step
	// Keep, when not null, is for the next run: where it should begin.
	Keep json.RawMessage
	Done bool // the run is over
	// Wait is how long to rest before the next step; the place asked for it.
	Wait time.Duration
	// Pages and Bytes that were fetched; Cost in millionths of the workspace's currency.
	Pages, Bytes, Cost int64
	// Notes are what the person who set the source up should know: what robots.txt forbids, what could not be read.
	Notes []Note
	// Raw are answers that could not be read: kept so that they can be read again after a mend.
	Raw []Raw
	// Changed says that the place showed more than was understood: a changed page rather than an empty one.
	Changed bool
}

// Note is one thing that happened in a step, counted by Code.
type Note struct {
	Code    string `json:"code"` // "robots_disallowed", "selector_missed", "too_large" …
	URL     string `json:"url,omitempty"`
	Message string `json:"message"`
}

// Raw is an answer that could not be read.
type Raw struct {
	URL    string `json:"url"`
	Type   string `json:"type"` // its media type
	Body   []byte `json:"body"`
	Reason string `json:"reason"`
}

// Package compose writes first messages: templates with a small merge language, drafts made from a lead's checked
// analysis, and every version a person edited. It never sends.
package compose

import (
	"slices"
	"strconv"
	"time"

	"winnow/backend/internal/platform/db"
)

// Writers of a message.
const (
	WriterTemplate = "template"
	WriterLLM      = "llm"
	WriterPerson   = "person"
)

// Template is a reusable text with variables.
type Template struct {
	ID        string
	Name      string
	Subject   string
	Body      string
	Builtin   bool
	CreatedBy *string
	CreatedAt time.Time
	UpdatedAt time.Time
	DeletedAt *time.Time
	Version   int
}

// TableName is templates.
func (Template) TableName() string { return "templates" }

// Message is the draft for a lead; one a lead, its history in message_versions.
type Message struct {
	ID         string
	LeadID     string
	AnalysisID *string
	TemplateID *string
	Writer     string // template | llm | person
	Status     string // draft | approved
	Subject    string
	Body       string
	Variables  db.JSON[[]Variable]
	EditedBy   *string
	CreatedAt  time.Time
	UpdatedAt  time.Time
	Version    int
}

// TableName is messages.
func (Message) TableName() string { return "messages" }

// ETag is the version as If-Match carries it.
func (m Message) ETag() string { return strconv.Itoa(m.Version) }

// Variable is a variable that a draft used, with the value it had.
type Variable struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Version is one state of a message.
type Version struct {
	MessageID string
	Version   int
	Subject   string
	Body      string
	Writer    string
	EditedBy  *string
	At        time.Time
	Sitting   bool // its person still types at it: what saves itself goes into it
	Number    int  `gorm:"-"` // 1 for the first that is kept, counted when versions are listed
}

// TableName is message_versions.
func (Version) TableName() string { return "message_versions" }

// VariableNames lists the variables in alphabetical order.
func VariableNames() []string {
	out := make([]string, 0, len(variableNames))
	for n := range variableNames {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// VariableMeaning says what a variable stands for.
func VariableMeaning(name string) string { return variableNames[name] }

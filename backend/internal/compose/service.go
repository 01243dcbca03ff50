package compose

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify/judge"
)

// Leads gives a lead that the viewer may see, or NotFound.
type Leads interface {
	Get(ctx context.Context, leadID string) (*lead.Lead, error)
}

// Analyses gives a lead's newest analysis and the profile in force.
type Analyses interface {
	Latest(ctx context.Context, leadID string) (judge.Analysis, error)
	Profile(ctx context.Context) (*profile.Set, error)
}

// Senders tells who signs for a user; ok is false when the user is gone.
type Senders interface {
	Sender(ctx context.Context, userID string) (name, email string, ok bool, err error)
}

// Writer writes a message by a language model from facts alone; nil where no model is set up.
type Writer interface {
	Write(ctx context.Context, b Brief) (subject, body string, err error)
}

// Brief is what a model may know when it writes.
type Brief struct {
	LeadID    string
	Variables map[string]string
	Company   profile.Company
	Tone      string // friendly | plain | formal
	Length    string // short | medium
}

// Service drafts and keeps messages.
type Service struct {
	db       *db.DB
	clock    clock.Clock
	events   *event.Log
	leads    Leads
	analyses Analyses
	senders  Senders
	writer   Writer
}

// New makes the service; writer may be nil.
func New(d *db.DB, c clock.Clock, events *event.Log, leads Leads, analyses Analyses, senders Senders, writer Writer) *Service {
	return &Service{db: d, clock: c, events: events, leads: leads, analyses: analyses, senders: senders, writer: writer}
}

// Order asks for a draft.
type Order struct {
	TemplateID string // "" = the built-in one that suits the lead
	Writer     string // template (default) | llm
	Tone       string
	Length     string
}

func mayWrite(ctx context.Context) error {
	if account.CanWrite(ctx) {
		return nil
	}
	return fault.New(fault.Forbidden, "message_read_only", "Your role can read messages but not write them. Ask an administrator for the role “user”.")
}

// Draft writes the message of an analysed lead and keeps it as its next version. Faults: NotFound (lead, template, or
// no analysis yet), Forbidden, Invalid with the lead and each variable that has no value.
func (s *Service) Draft(ctx context.Context, leadID string, o Order) (Message, error) {
	if err := mayWrite(ctx); err != nil {
		return Message{}, err
	}
	l, err := s.leads.Get(ctx, leadID)
	if err != nil {
		return Message{}, err
	}
	a, err := s.analyses.Latest(ctx, leadID)
	if err != nil {
		return Message{}, err
	}
	set, err := s.analyses.Profile(ctx)
	if err != nil {
		return Message{}, err
	}
	vars, err := s.variables(ctx, l, a, set)
	if err != nil {
		return Message{}, err
	}
	m := Message{LeadID: l.ID, AnalysisID: &a.ID, Status: "draft"}
	if o.Writer == WriterLLM {
		err = s.byModel(ctx, &m, o, vars, set)
	} else {
		err = s.byTemplate(ctx, &m, o, vars, l)
	}
	if err != nil {
		return Message{}, err
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error { return s.replace(tx, &m, l.OwnerID, "message.drafted", false) })
	return m, err
}

// replace stores m as the next version of its lead's message, or of that of the lead that its lead was merged into
// meanwhile. sitting: the text saved itself while its person types.
func (s *Service) replace(tx *gorm.DB, m *Message, owner *string, typ string, sitting bool) error {
	into, err := lead.Hold(tx, m.LeadID)
	if err != nil {
		return err
	}
	if l, merged := into[m.LeadID]; merged {
		m.LeadID, owner = l.ID, l.OwnerID
	}
	old, err := messageOf(tx, m.LeadID)
	switch {
	case fault.Is(err, fault.NotFound):
		m.ID, m.Version, m.CreatedAt = id.New(), 1, s.clock.Now()
	case err != nil:
		return err
	default:
		m.ID, m.Version, m.CreatedAt = old.ID, old.Version+1, old.CreatedAt
	}
	m.UpdatedAt = s.clock.Now()
	joined, err := keep(tx, m, sitting)
	if err != nil {
		return err
	}
	e := event.Event{
		Type: typ, SubjectKind: "lead", SubjectID: m.LeadID, OwnerID: owner,
		Data: map[string]any{"message_id": m.ID, "version": m.Version, "writer": m.Writer},
	}
	// one sitting is one line of the lead's timeline, as it is one version
	return s.events.AppendOver(tx, e, func(before event.Event) bool {
		return joined && before.Data["message_id"] == m.ID && before.Data["version"] == float64(m.Version-1)
	})
}

func (s *Service) byTemplate(ctx context.Context, m *Message, o Order, vars map[string]string, l *lead.Lead) error {
	q := s.db.Read.WithContext(ctx)
	var t Template
	var err error
	if o.TemplateID != "" {
		t, err = templateByID(q, o.TemplateID)
	} else {
		t, err = builtinFor(q, vars)
	}
	if err != nil {
		return err
	}
	subject, body, used, err := Render(t, vars, l)
	if err != nil {
		return err
	}
	m.Writer, m.Subject, m.Body, m.Variables = WriterTemplate, subject, body, db.NewJSON(used)
	if t.ID != "" {
		m.TemplateID = &t.ID
	}
	return nil
}

// builtinFor picks the built-in template that suits: their pain where one is quoted, else their question. A deleted one
// is used from the program all the same, so a draft is always to be had.
func builtinFor(q *gorm.DB, vars map[string]string) (Template, error) {
	i := 0
	if vars["pain_quote"] == "" {
		i = 1
	}
	b := builtins()[i]
	t, err := takeTemplate(q.Where("name = ?", b.Name))
	if fault.Is(err, fault.NotFound) {
		return b, nil
	}
	return t, err
}

// Render fills a template for a lead. Fault: Invalid that names the lead and each variable without value or default.
func Render(t Template, vars map[string]string, l *lead.Lead) (subject, body string, used []Variable, err error) {
	ps, err := parse("subject", t.Subject)
	if err != nil {
		return "", "", nil, err
	}
	pb, err := parse("body", t.Body)
	if err != nil {
		return "", "", nil, err
	}
	subject, missing := ps.render(vars)
	body, more := pb.render(vars)
	if missing = append(missing, more...); len(missing) > 0 {
		return "", "", nil, missingFault(l, missing)
	}
	for _, n := range unite(ps.uses(), pb.uses()) {
		used = append(used, Variable{Name: n, Value: vars[n]})
	}
	return clip(oneLine(subject), 200), strings.TrimSpace(body), used, nil
}

func missingFault(l *lead.Lead, missing []string) error {
	missing = sortedSet(missing)
	who := l.Name
	if who == "" {
		who = l.Company
	}
	if who == "" {
		who = l.ID
	}
	f := fault.Newf(fault.Invalid, "message_variable_missing", "No message can be written to %s: the lead has no value for %s.", who, strings.Join(missing, ", "))
	for _, n := range missing {
		f.Fields = append(f.Fields, fault.Field{
			Name: n, Code: "missing",
			Message: fmt.Sprintf("%s has no %s (%s). Fill it in, or give the template a default: {{%s|…}}.", who, n, variableNames[n], n),
		})
	}
	return f
}

// Get is a lead's message. Fault: NotFound (lead or message).
func (s *Service) Get(ctx context.Context, leadID string) (Message, error) {
	if _, err := s.leads.Get(ctx, leadID); err != nil {
		return Message{}, err
	}
	return messageOf(s.db.Read.WithContext(ctx), leadID)
}

// Written is what a person wrote. Autosave says that it was saved while they type: all of one sitting is one version.
type Written struct {
	Subject, Body string
	Autosave      bool
}

// Edit keeps a person's text as the next version. want is the version it was made from (nil: whichever). Faults:
// NotFound, Forbidden, Invalid, Stale.
func (s *Service) Edit(ctx context.Context, leadID string, text Written, want *int) (Message, error) {
	if err := mayWrite(ctx); err != nil {
		return Message{}, err
	}
	if err := checkText(text.Subject, text.Body); err != nil {
		return Message{}, err
	}
	l, err := s.leads.Get(ctx, leadID)
	if err != nil {
		return Message{}, err
	}
	var m Message
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if m, err = messageOf(tx, leadID); err != nil {
			return err
		}
		if want != nil && *want != m.Version {
			return fault.Newf(fault.Stale, "message_stale", "This message has been changed meanwhile (it is at version %d). Reload it and make your change again.", m.Version)
		}
		m.Subject, m.Body, m.Writer = oneLine(text.Subject), strings.TrimSpace(text.Body), WriterPerson
		if v, ok := account.From(ctx); ok && v.UserID != "" {
			m.EditedBy = &v.UserID
		}
		return s.replace(tx, &m, l.OwnerID, "message.edited", text.Autosave)
	})
	return m, err
}

// Bounds of a message in code points.
const (
	maxSubject = 300
	maxBody    = 20_000
)

func checkText(subject, body string) error {
	var bad []fault.Field
	for _, f := range []struct {
		name, text string
		most       int
	}{{"subject", subject, maxSubject}, {"body", body, maxBody}} {
		n := len([]rune(f.text))
		switch {
		case strings.TrimSpace(f.text) == "":
			bad = append(bad, fault.Field{Name: f.name, Code: "required", Message: "The " + f.name + " is empty; write something."})
		case n > f.most:
			bad = append(bad, fault.Field{Name: f.name, Code: "too_long", Message: fmt.Sprintf("The %s has %d characters; shorten it to %d.", f.name, n, f.most)})
		case strings.Contains(f.text, "{{"):
			bad = append(bad, fault.Field{Name: f.name, Code: "variable_unfilled", Message: "The " + f.name + " still holds {{…}}; write what should stand there."})
		}
	}
	if len(bad) > 0 {
		return fault.InvalidFields("message_invalid", "The message cannot be kept like this.", bad...)
	}
	return nil
}

// Versions lists every state of a lead's message, newest first.
func (s *Service) Versions(ctx context.Context, leadID string) ([]Version, error) {
	m, err := s.Get(ctx, leadID)
	if err != nil {
		return nil, err
	}
	var out []Version
	var total int64
	q := s.db.Read.WithContext(ctx).Model(&Version{}).Where("message_id = ?", m.ID).Session(&gorm.Session{})
	if err := q.Count(&total).Error; err != nil {
		return nil, fmt.Errorf("count message versions: %w", err)
	}
	if err := q.Order("version DESC").Limit(200).Find(&out).Error; err != nil {
		return nil, fmt.Errorf("read message versions: %w", err)
	}
	for i := range out {
		out[i].Number = int(total) - i
	}
	return out, nil
}

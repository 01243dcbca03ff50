package merging_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// house is the lead room and the merging room over one database.
type house struct {
	tb    testing.TB
	d     *db.DB
	clock *clock.Virtual
	leads *lead.Service
	merge *merging.Service
	log   *event.Log
}

func open(tb testing.TB, d *db.DB) *house {
	tb.Helper()
	c := testkit.Clock()
	log := event.New(d, c, nil)
	leads := lead.NewService(lead.NewStore(d, c), log, lower{})
	h := &house{tb: tb, d: d, clock: c, leads: leads, log: log}
	children := append(lead.Children(), lead.Rows{Table: "analyses"}, lead.Rows{Table: "batch_items", Once: "batch_id", Skip: map[string]any{"state": "leased"}})
	h.merge = merging.New(merging.Deps{DB: d, Clock: c, Events: log, Leads: leads, Children: children})
	return h
}

// lower is a normaliser of addresses that is good enough here.
type lower struct{}

func (lower) Normalise(field, v string) (string, *lead.Key, string) {
	kind := map[string]string{"email": lead.IdentityEmail, "phone": lead.IdentityPhone, "linkedin_url": lead.IdentityLinkedin}[field]
	if kind == "" {
		return v, nil, ""
	}
	v = strings.ToLower(v)
	return v, &lead.Key{Kind: kind, Value: v}, ""
}

func boss(tb testing.TB) context.Context {
	tb.Helper()
	return account.With(tb.Context(), account.System())
}

func as(tb testing.TB, user string) context.Context {
	tb.Helper()
	return account.With(tb.Context(), account.Viewer{UserID: user, Role: account.RoleUser, Kind: account.KindSession})
}

func (h *house) user() string {
	h.tb.Helper()
	u := id.New()
	h.exec(`INSERT INTO users (id, email, email_key, role, created_at, updated_at) VALUES (?, ?, ?, 'user', ?, ?)`, u, u+"@winnow.test", u+"@winnow.test", h.clock.Now(), h.clock.Now())
	return u
}

func (h *house) exec(sql string, args ...any) {
	h.tb.Helper()
	if err := h.d.Write.WithContext(h.tb.Context()).Exec(sql, args...).Error; err != nil {
		h.tb.Fatal(err)
	}
}

// lead stores a lead with its identities, a sighting, provenance, and an analysis.
func (h *house) lead(l lead.Lead) string {
	h.tb.Helper()
	now := h.clock.Now()
	l.ID, l.Status, l.Score, l.CreatedAt, l.UpdatedAt, l.LastActivityAt, l.Version = id.New(), lead.StatusNew, lead.NoScore, now, now, now, 1
	if l.Tags.V == nil {
		l.Tags.V = []string{}
	}
	if l.Custom.V == nil {
		l.Custom.V = map[string]string{}
	}
	at := now
	if l.Grade != "" {
		l.AnalyzedAt, l.Score = &at, 60
	}
	s := lead.Sighting{ID: id.New(), LeadID: l.ID, Source: l.Source, RawHash: l.ID, Raw: db.NewJSON(map[string]string{"x": l.Name}), At: now}
	var ids []lead.Identity
	var from []lead.Provenance
	for f, kind := range map[string]string{"email": lead.IdentityEmail, "phone": lead.IdentityPhone} {
		if v := *l.Field(f); v != "" {
			ids = append(ids, lead.Identity{ID: id.New(), LeadID: l.ID, Kind: kind, Value: v, Live: true, CreatedAt: now})
		}
	}
	for _, f := range lead.TextFields() {
		if v := *l.Field(f); v != "" {
			from = append(from, lead.Provenance{ID: id.New(), LeadID: l.ID, Field: f, Value: v, Source: l.Source, SightingID: &s.ID, Current: true, At: now})
		}
	}
	err := h.d.Tx(h.tb.Context(), func(tx *gorm.DB) error {
		if err := tx.Create(&l).Error; err != nil {
			return err
		}
		if err := tx.Create(&s).Error; err != nil {
			return err
		}
		if len(ids) > 0 {
			if err := tx.Create(&ids).Error; err != nil {
				return err
			}
		}
		if len(from) > 0 {
			return tx.Create(&from).Error
		}
		return nil
	})
	if err != nil {
		h.tb.Fatal(err)
	}
	h.exec(`INSERT INTO analyses (id, lead_id, analyzer, analyzer_version, profile_name, profile_version, input_hash, evidence, urgency, authority, specificity, fit, claims, breakdown, score, grade, score_version, analyzed_at)
VALUES (?, ?, 'rules', '1', 'default', 1, 'x', 'none', 'none', 'none', 0, 'in', '[]', '{}', 1, 'C', '1', ?)`, id.New(), l.ID, now)
	return l.ID
}

// loose are columns that tell when something was touched; merging may change them; search follows from the others.
func loose() map[string]bool {
	return map[string]bool{"version": true, "updated_at": true, "search": true}
}

// dump is everything about leads and what hangs on them, byte for byte as the database has it, save loose columns.
func (h *house) dump(ids ...string) map[string]string {
	h.tb.Helper()
	out := map[string]string{}
	for table, key := range map[string]string{"leads": "id", "lead_identities": "lead_id", "lead_sightings": "lead_id", "field_provenance": "lead_id", "lead_change_items": "lead_id", "analyses": "lead_id", "batch_items": "lead_id"} {
		var rows []map[string]any
		if err := h.d.Read.Table(table).Where(key+" IN ?", ids).Find(&rows).Error; err != nil {
			h.tb.Fatal(err)
		}
		for _, r := range rows {
			var name []string
			for _, part := range []string{"id", "change_id", "batch_id"} {
				if r[part] != nil {
					name = append(name, fmt.Sprint(r[part]))
				}
			}
			row := table + " " + strings.Join(name, "")
			for column, v := range r {
				if !loose()[column] {
					out[row+"."+column] = show(v)
				}
			}
		}
	}
	return out
}

func show(v any) string {
	switch v := v.(type) {
	case []byte:
		return string(v)
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(b)
}

// same fails for each difference between two dumps that ok does not name.
func same(tb testing.TB, before, after map[string]string, ok ...string) {
	tb.Helper()
	for k, v := range before {
		if w, there := after[k]; (!there || v != w) && !excepted(k, ok) {
			tb.Errorf("%s: was %s, is %s", k, v, w)
		}
	}
	for k, w := range after {
		if _, there := before[k]; !there && !excepted(k, ok) {
			tb.Errorf("%s: was not there, is %s", k, w)
		}
	}
}

func excepted(key string, ok []string) bool {
	for _, o := range ok {
		if strings.Contains(key, o) {
			return true
		}
	}
	return false
}

func (h *house) must(m merging.Outcome, err error) merging.Outcome {
	h.tb.Helper()
	if err != nil {
		h.tb.Fatal(err)
	}
	return m
}

func (h *house) undo(mergeID string, answers map[string]string) merging.Plan {
	h.tb.Helper()
	p, err := h.merge.Undo(boss(h.tb), mergeID, answers, false)
	if err != nil {
		h.tb.Fatal(err)
	}
	return p
}

func (h *house) get(leadID string) lead.Lead {
	h.tb.Helper()
	l, err := h.leads.Get(boss(h.tb), leadID)
	if err != nil {
		h.tb.Fatal(err)
	}
	return *l
}

func (h *house) set(leadID, field, v string) {
	h.tb.Helper()
	h.clock.Advance(time.Minute)
	if _, err := h.leads.Update(boss(h.tb), leadID, nil, lead.Change{Text: map[string]string{field: v}}); err != nil {
		h.tb.Fatal(err)
	}
}

func tags(t ...string) db.JSON[[]string] { return db.NewJSON(t) }

func custom(kv ...string) db.JSON[map[string]string] {
	m := map[string]string{}
	for i := 0; i < len(kv); i += 2 {
		m[kv[i]] = kv[i+1]
	}
	return db.NewJSON(m)
}

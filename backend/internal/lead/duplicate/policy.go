package duplicate

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/settings"
)

// Policy is what a workspace decided about pairs that are beyond doubt.
type Policy struct {
	MergeSure bool                    `json:"merge_sure"` // they are merged without a person's word
	Rule      merging.Rule            `json:"rule"`       // whose values such a merge takes
	Rules     map[string]merging.Rule `json:"rules"`      // by field, where another rule holds
}

// section is the policy's name among the settings.
const section = "duplicates"

// Sections is what this room needs of the settings.
type Sections interface {
	Section(ctx context.Context, name string, v any) (int, error)
	SetSection(tx *gorm.DB, by *string, name string, was int, v any, fields []string) error
}

// Policy answers what the workspace decided, and its version. Off until somebody decides otherwise.
func (s *Service) Policy(ctx context.Context) (Policy, int, error) {
	p := Policy{Rule: merging.RuleSurvivor, Rules: map[string]merging.Rule{}}
	if s.auto.Settings == nil {
		return p, 0, nil
	}
	v, err := s.auto.Settings.Section(ctx, section, &p)
	return p, v, err
}

// PolicyChange is an edit; nil leaves a part as it is.
type PolicyChange struct {
	MergeSure *bool
	Rule      *merging.Rule
	Rules     *map[string]merging.Rule
}

// SetPolicy changes the policy; once pairs are merged without asking, so are those that wait. version, when given, must be
// the current one. Faults: Invalid, Stale.
func (s *Service) SetPolicy(ctx context.Context, version *int, c PolicyChange) (Policy, int, error) {
	if err := c.check(); err != nil {
		return Policy{}, 0, err
	}
	p, was, err := s.Policy(ctx)
	if err != nil {
		return Policy{}, 0, err
	}
	if version != nil && *version != was {
		return Policy{}, 0, settings.StaleSection()
	}
	fields := c.apply(&p)
	if len(fields) == 0 {
		return p, was, nil
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.auto.Settings.SetSection(tx, lead.Actor(ctx), section, was, p, fields); err != nil {
			return err
		}
		if !p.MergeSure {
			return nil
		}
		return s.insert(tx)
	})
	return p, was + 1, err
}

func (c PolicyChange) apply(p *Policy) (fields []string) {
	if c.MergeSure != nil && *c.MergeSure != p.MergeSure {
		p.MergeSure = *c.MergeSure
		fields = append(fields, "merge_sure")
	}
	if c.Rule != nil && *c.Rule != p.Rule {
		p.Rule = *c.Rule
		fields = append(fields, "rule")
	}
	if c.Rules != nil && !maps.Equal(*c.Rules, p.Rules) {
		p.Rules = maps.Clone(*c.Rules)
		fields = append(fields, "rules")
	}
	return fields
}

// maxRules bounds the fields that have a rule of their own.
const maxRules = 100

func (c PolicyChange) check() error {
	var bad []fault.Field
	wrong := func(name, msg string) { bad = append(bad, fault.Field{Name: name, Code: "value_wrong", Message: msg}) }
	if c.Rule != nil && (*c.Rule == "" || !c.Rule.Valid()) {
		wrong("rule", "Use survivor, most_trusted, newest, longest or verified.")
	}
	if c.Rules != nil && len(*c.Rules) > maxRules {
		wrong("rules", "At most 100 fields can have a rule of their own.")
	} else if c.Rules != nil {
		for _, f := range slices.Sorted(maps.Keys(*c.Rules)) {
			if rule := (*c.Rules)[f]; !merging.Choosable(f) || rule == "" || !rule.Valid() {
				wrong("rules."+f, "Give a field that can be chosen, and one of survivor, most_trusted, newest, longest or verified.")
			}
		}
	}
	if len(bad) > 0 {
		return fault.InvalidFields("policy_invalid", "Some settings are not right; nothing was changed.", bad...)
	}
	return nil
}

// Waiting counts the open pairs that are merged without a person's word once the policy says so, at most maxTotal.
func (s *Service) Waiting(ctx context.Context) (int, error) {
	var n int64
	q := s.db.Read.WithContext(ctx)
	if err := q.Table("(?) AS counted", s.settleable(q).Select("p.id").Limit(maxTotal)).Count(&n).Error; err != nil {
		return 0, fmt.Errorf("count sure pairs: %w", err)
	}
	return int(n), nil
}

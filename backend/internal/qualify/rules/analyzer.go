// Package rules judges leads offline and deterministically: it finds who speaks, about whom, when, how surely and how
// urgently by general vocabularies (data/*.txt), and hears the profile's pains in its own and in common business words.
package rules

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
)

// Version changes with the rules or their vocabularies: equal leads may then be judged otherwise.
const Version = "1"

// Analyzer implements qualify.Analyzer. Safe for concurrent use.
type Analyzer struct {
	lex     *lexicon
	voc     *vocabulary
	facets  []facet
	inject  *injection
	places  *places
	good    bitset // states that are good unless negated
	meaning bitset // concepts that carry meaning, for phrase matching
	kinds   []concept
	negWord map[string]bool

	mu     sync.Mutex
	models map[*profile.Set]*model
}

// maxModels bounds the compiled profiles kept; a workspace uses one at a time.
const maxModels = 32

// New reads the built-in vocabularies. The only fault is a broken build: a vocabulary that contradicts the code.
func New() (*Analyzer, error) {
	a := &Analyzer{lex: newLexicon(), inject: newInjection(), models: map[*profile.Set]*model{}, negWord: map[string]bool{}}
	for _, name := range []string{"lexicon.txt", "speaker.txt", "cues.txt", "industries.txt"} {
		text, err := data.ReadFile("data/" + name)
		if err != nil {
			return nil, fmt.Errorf("rules: %w", err)
		}
		if err := a.lex.load(string(text)); err != nil {
			return nil, fmt.Errorf("rules: %s: %w", name, err)
		}
	}
	for c, name := range a.lex.list {
		if strings.HasPrefix(name, "K_") {
			a.kinds = append(a.kinds, concept(c))
		}
	}
	var err error
	if a.voc, err = newVocabulary(a.lex); err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	lexicon, err := data.ReadFile("data/lexicon.txt")
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	a.markMeaning(string(lexicon))
	facets, err := data.ReadFile("data/facets.txt")
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	if a.facets, err = parseFacets(a.lex, string(facets)); err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	if a.places, err = newPlaces(); err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	return a, nil
}

// markMeaning: the things, tools and troubles of lexicon.txt mean something; its grammar section does not.
func (a *Analyzer) markMeaning(lexicon string) {
	_, things, _ := strings.Cut(lexicon, "# ---- things")
	things, _, _ = strings.Cut(things, "# ---- helpers of facets")
	for line := range strings.SplitSeq(things, "\n") {
		if name, _, ok := strings.Cut(strings.TrimPrefix(line, "!"), ":"); ok {
			if c, known := a.lex.names[name]; known {
				a.meaning.set(c)
			}
		}
	}
	for _, name := range []string{"MATCH", "KNOWN", "SYNC", "ONTIME", "FOLLOWUP", "REMINDER", "REPORTING", "TALLYV"} {
		a.good.set(a.lex.names[name])
	}
	for _, w := range []string{"no", "not", "never", "nobody", "without", "can't", "don't", "doesn't", "nothing", "none"} {
		a.negWord[w] = true
	}
}

// Name is "rules".
func (a *Analyzer) Name() string { return "rules" }

// Version is the version of the rules.
func (a *Analyzer) Version() string { return Version }

// Analyze judges one lead. It never fails and costs nothing; ctx is not waited on since it takes well under a
// millisecond.
func (a *Analyzer) Analyze(_ context.Context, set *profile.Set, in qualify.Input) (qualify.Draft, error) {
	return a.judge(a.model(set), in), nil
}

// model compiles a profile once. A Set must not be changed after its first use; a new version is a new Set.
func (a *Analyzer) model(set *profile.Set) *model {
	a.mu.Lock()
	defer a.mu.Unlock()
	if m, ok := a.models[set]; ok {
		return m
	}
	if len(a.models) >= maxModels {
		clear(a.models)
	}
	m := a.newModel(set)
	a.models[set] = m
	return m
}

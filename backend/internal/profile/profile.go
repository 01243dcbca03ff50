// Package profile holds what a workspace sells, to whom, and which pains count: the three documents every
// judgement is made by. It never looks at a lead.
package profile

// Set is a named profile: three documents with one version number, raised by any change.
type Set struct {
	Name       string     `json:"name"`
	Version    int        `json:"version"`
	Checksum   string     `json:"checksum"` // hex SHA-256 over the canonical documents
	Company    Company    `json:"company"`
	Audience   Audience   `json:"audience"`
	PainPoints PainPoints `json:"pain_points"`
}

// Company says who we are and what we sell (company.yaml).
type Company struct {
	Name          string            `yaml:"name" json:"name"`
	Website       string            `yaml:"website,omitempty" json:"website,omitempty"`
	Category      string            `yaml:"category" json:"category"`
	OneLiner      string            `yaml:"one_liner" json:"one_liner"`
	Description   string            `yaml:"description,omitempty" json:"description,omitempty"`
	Features      []string          `yaml:"features,omitempty" json:"features,omitempty"`
	NotOffered    []string          `yaml:"not_offered,omitempty" json:"not_offered,omitempty"`
	Competitors   []string          `yaml:"competitors,omitempty" json:"competitors,omitempty"` // the file also accepts competitors_fictional
	Pricing       map[string]any    `yaml:"pricing,omitempty" json:"pricing,omitempty"`
	Contact       map[string]string `yaml:"contact,omitempty" json:"contact,omitempty"`
	DefaultRegion string            `yaml:"default_region,omitempty" json:"default_region,omitempty"` // ISO 3166-1 alpha-2, for phone numbers
}

// Audience says to whom we sell (audience.yaml).
type Audience struct {
	Industries    []string    `yaml:"industries" json:"industries"`
	CompanySize   CompanySize `yaml:"company_size" json:"company_size"`
	Geographies   []string    `yaml:"geographies" json:"geographies"`
	Seniority     Seniority   `yaml:"seniority" json:"seniority"`
	Exclusions    []string    `yaml:"exclusions,omitempty" json:"exclusions,omitempty"`
	Languages     []string    `yaml:"languages,omitempty" json:"languages,omitempty"`
	QualifiedFrom string      `yaml:"qualified_from,omitempty" json:"qualified_from,omitempty"` // grade; default B
}

// CompanySize bounds the number of employees; 0 = no bound.
type CompanySize struct {
	MinEmployees int `yaml:"min_employees" json:"min_employees"`
	MaxEmployees int `yaml:"max_employees" json:"max_employees"`
}

// Seniority lists the titles that decide and that influence.
type Seniority struct {
	DecisionMaker []string `yaml:"decision_maker" json:"decision_maker"`
	Influencer    []string `yaml:"influencer" json:"influencer"`
}

// PainPoints lists the pains that count (pain_points.yaml), with optional scoring overrides.
type PainPoints struct {
	PainPoints []PainPoint `yaml:"pain_points" json:"pain_points"`
	Scoring    Scoring     `yaml:"scoring,omitempty" json:"scoring"`
}

// PainPoint is one pain, its weight 1–10 and phrases that people use for it.
type PainPoint struct {
	ID          string   `yaml:"id" json:"id"`
	Name        string   `yaml:"name" json:"name"`
	Weight      int      `yaml:"weight" json:"weight"`
	Description string   `yaml:"description,omitempty" json:"description"`
	Phrases     []string `yaml:"phrases" json:"phrases"`
}

// Scoring overrides the default weights and thresholds of the score; nil maps keep the defaults.
// Keys of Weights: see qualify/score.go. Keys of Thresholds: A+, A, B, C (minimum score, 0–100).
type Scoring struct {
	Weights    map[string]float64 `yaml:"weights,omitempty" json:"weights,omitempty"`
	Thresholds map[string]int     `yaml:"thresholds,omitempty" json:"thresholds,omitempty"`
}

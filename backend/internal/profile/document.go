package profile

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"winnow/backend/internal/config/yamldoc"
	"winnow/backend/internal/fault"
)

// The kinds of document in a profile.
const (
	KindCompany    = "company"
	KindAudience   = "audience"
	KindPainPoints = "pain_points"
)

// DefaultName is the profile that every judgement uses when no other is named.
const DefaultName = "default"

// DefaultQualifiedFrom is the worst grade that counts as qualified when audience.yaml does not say.
const DefaultQualifiedFrom = "B"

// Kinds lists the kinds in their order.
func Kinds() []string { return []string{KindCompany, KindAudience, KindPainPoints} }

// FileName is the file of a kind: company.yaml.
func FileName(kind string) string { return kind + ".yaml" }

// Document is one checked document: its text, and the one part of a Set that its kind fills.
type Document struct {
	Kind       string
	File       string
	YAML       string
	Company    Company
	Audience   Audience
	PainPoints PainPoints
}

// Fault is one thing wrong in a document: file, line, column, what is wrong (message) and how to mend it (hint).
type Fault = yamldoc.Fault

// Faults are all things wrong with the documents of a profile, in the order of the files.
type Faults []Fault

// faultsError carries faults in an error's chain.
type faultsError struct{ faults Faults }

// Error counts them; each is a Field of the fault.Error around it.
func (e *faultsError) Error() string { return fmt.Sprintf("%d places to mend", len(e.faults)) }

// FaultsOf is the list of faults behind an error of Parse, Compile or LoadDir, or nil.
func FaultsOf(err error) Faults {
	if e, ok := errors.AsType[*faultsError](err); ok {
		return e.faults
	}
	return nil
}

// invalid is the fault.Error that carries faults: one Field each, named file:line:column.
func invalid(faults Faults) error {
	e := fault.InvalidFields("profile_invalid", "The profile is not valid. Mend these places and try again")
	for _, f := range faults {
		e.Fields = append(e.Fields, fault.Field{Name: f.Pos(), Code: "invalid", Message: strings.TrimSpace(f.Message + " " + f.Hint)})
	}
	e.Err = &faultsError{faults}
	return e
}

// Compile checks three documents (kind → YAML) and makes a Set of them. The error is of kind Invalid and holds the
// faults of all documents; a missing document is a fault too.
func Compile(name string, version int, docs map[string]string) (*Set, error) {
	return compile(name, version, docs, FileName)
}

// compile is Compile with the names of the files for messages.
func compile(name string, version int, docs map[string]string, file func(kind string) string) (*Set, error) {
	set := &Set{Name: name, Version: version}
	var all Faults
	for _, kind := range Kinds() {
		text, ok := docs[kind]
		if !ok {
			all = append(all, Fault{File: file(kind), Message: "The document is missing.", Hint: "Write it, or start from a template with: winnow init"})
			continue
		}
		doc, faults := parse(kind, file(kind), text)
		all = append(all, faults...)
		set.fill(doc)
	}
	if len(all) > 0 {
		return nil, invalid(all)
	}
	sum, err := checksum(set)
	set.Checksum = sum
	return set, err
}

func (s *Set) fill(d Document) {
	switch d.Kind {
	case KindCompany:
		s.Company = d.Company
	case KindAudience:
		s.Audience = d.Audience
	case KindPainPoints:
		s.PainPoints = d.PainPoints
	}
}

// checksum is the hex SHA-256 over the canonical documents: their meaning as JSON with sorted keys and defaults filled
// in, so comments, order of keys and quoting do not count.
func checksum(s *Set) (string, error) {
	h := sha256.New()
	for _, part := range []any{s.Company, s.Audience, s.PainPoints} {
		b, err := json.Marshal(part)
		if err != nil {
			return "", fmt.Errorf("profile checksum: %w", err)
		}
		h.Write(b)
		h.Write([]byte{'\n'})
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// textSum is the hex SHA-256 of a document's text.
func textSum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

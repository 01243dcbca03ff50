package ai

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schema is a compiled JSON Schema and the text that the provider gets.
type schema struct {
	check *jsonschema.Schema
	wire  json.RawMessage
}

// schemas compiles each schema once.
type schemas struct {
	mu    sync.Mutex
	known map[string]*schema
}

func newSchemas() *schemas { return &schemas{known: map[string]*schema{}} }

func (s *schemas) get(raw json.RawMessage) (*schema, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if have, ok := s.known[string(raw)]; ok {
		return have, nil
	}
	made, err := compile(raw)
	if err != nil {
		return nil, fmt.Errorf("schema of the answer: %w", err)
	}
	if len(s.known) >= 64 {
		clear(s.known)
	}
	s.known[string(raw)] = made
	return made, nil
}

func compile(raw json.RawMessage) (*schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	const at = "mem:///answer.json"
	if err := c.AddResource(at, doc); err != nil {
		return nil, err
	}
	check, err := c.Compile(at)
	if err != nil {
		return nil, err
	}
	var wire bytes.Buffer // compact, in the caller's order: a model answers in the order of the schema
	if err := json.Compact(&wire, raw); err != nil {
		return nil, err
	}
	return &schema{check: check, wire: wire.Bytes()}, nil
}

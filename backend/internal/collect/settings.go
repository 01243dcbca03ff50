package collect

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"winnow/backend/internal/fault"
)

// Sealer seals secrets for a row (platform/secret).
type Sealer interface {
	Seal(row, value string) (string, error)
	Open(row, sealed string) (string, error)
}

// check holds a configuration against its kind's schema. Fault: Invalid with every bad field.
func check(k Kind, config json.RawMessage) error {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(k.Schema))
	if err != nil {
		return fmt.Errorf("schema of %s: %w", k.Name, err)
	}
	c := jsonschema.NewCompiler()
	const at = "mem:///config.json"
	if err := c.AddResource(at, doc); err != nil {
		return fmt.Errorf("schema of %s: %w", k.Name, err)
	}
	schema, err := c.Compile(at)
	if err != nil {
		return fmt.Errorf("schema of %s: %w", k.Name, err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(config))
	if err != nil {
		return fault.InvalidFields("config_invalid", "The settings are not JSON.", fault.Field{Name: "config", Code: "json_invalid", Message: "This is not JSON."})
	}
	err = schema.Validate(value)
	bad, ok := errors.AsType[*jsonschema.ValidationError](err)
	if !ok {
		return err
	}
	return fault.InvalidFields("config_invalid", "The settings of the source are not complete.", leaves(bad)...)
}

// leaves are the faults at the ends of the tree, each with the name of its field.
func leaves(e *jsonschema.ValidationError) []fault.Field {
	if len(e.Causes) > 0 {
		var out []fault.Field
		for _, c := range e.Causes {
			out = append(out, leaves(c)...)
		}
		return out
	}
	name := strings.Join(append([]string{"config"}, e.InstanceLocation...), ".")
	return []fault.Field{{Name: name, Code: "config_invalid", Message: e.ErrorKind.LocalizedString(message.NewPrinter(language.English))}}
}

// secretsOf lists the top-level settings of a kind that are secrets.
func secretsOf(k Kind) (map[string]bool, error) {
	var s struct {
		Properties map[string]struct {
			Format string `json:"format"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(k.Schema, &s); err != nil {
		return nil, fmt.Errorf("schema of %s: %w", k.Name, err)
	}
	out := map[string]bool{}
	for name, p := range s.Properties {
		if p.Format == "password" {
			out[name] = true
		}
	}
	return out, nil
}

// Masked stands for a secret that is set; sent back, the secret stays as it is.
const Masked = "••••••"

// secrets maps each secret of a configuration by f.
func secrets(k Kind, config json.RawMessage, f func(name, value string) (string, error)) (json.RawMessage, error) {
	hidden, err := secretsOf(k)
	if err != nil || len(hidden) == 0 {
		return config, err
	}
	var values map[string]any
	if err := json.Unmarshal(config, &values); err != nil {
		return nil, fmt.Errorf("settings of a source: %w", err)
	}
	for name := range hidden {
		text, ok := values[name].(string)
		if !ok || text == "" {
			continue
		}
		if values[name], err = f(name, text); err != nil {
			return nil, err
		}
	}
	return json.Marshal(values)
}

// sealConfig seals the secrets of a new configuration; where one is Masked, that of before stays.
func (s *Service) sealConfig(k Kind, sourceID string, config, before json.RawMessage) (json.RawMessage, error) {
	was := map[string]any{}
	if len(before) > 0 {
		if err := json.Unmarshal(before, &was); err != nil {
			return nil, fmt.Errorf("settings of a source: %w", err)
		}
	}
	return secrets(k, config, func(name, value string) (string, error) {
		if value == Masked {
			old, _ := was[name].(string)
			return old, nil
		}
		return s.seal.Seal("source/"+sourceID+"/"+name, value)
	})
}

func (s *Service) openConfig(k Kind, src *Source) (json.RawMessage, error) {
	return secrets(k, src.Config.V, func(name, value string) (string, error) { return s.seal.Open("source/"+src.ID+"/"+name, value) })
}

// Shown is a source's configuration for people: its secrets masked.
func (s *Service) Shown(src *Source) (json.RawMessage, error) {
	k, err := s.kind(src.Kind)
	if err != nil {
		return nil, err
	}
	return secrets(k.Kind(), src.Config.V, func(string, string) (string, error) { return Masked, nil })
}

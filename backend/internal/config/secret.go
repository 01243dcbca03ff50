package config

import "log/slog"

// Secret is a string that must not be seen. Printing, logging and marshalling show a mask; Reveal shows it.
type Secret string

const mask = "[secret]"

// Reveal is the secret itself. Hand it to the library that needs it and to nothing else.
func (s Secret) Reveal() string { return string(s) }

// String is a mask, or "" when there is no secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return mask
}

// GoString is String, for %#v.
func (s Secret) GoString() string { return `"` + s.String() + `"` }

// MarshalJSON is String in quotes.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(s.GoString()), nil }

// MarshalText is String; it covers XML and TOML.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalYAML is String.
func (s Secret) MarshalYAML() (any, error) { return s.String(), nil }

// LogValue is String, for slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

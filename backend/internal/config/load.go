package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"winnow/backend/internal/config/yamldoc"
	"winnow/backend/internal/fault"
)

// Options says where settings come from. The zero value reads the process's environment and working directory.
type Options struct {
	Dir      string                       // folder of winnow.yaml; "" = working directory
	Environ  []string                     // NAME=value; nil = the process's environment
	ReadFile func(string) ([]byte, error) // nil = os.ReadFile
}

const prefix = "WINNOW_"

// given is the text of one setting and where it came from, for messages.
type given struct {
	text string
	from string // "WINNOW_ADDR", "winnow.yaml:3:5 (server.addr)"
}

// loader gathers the layers and every fault.
type loader struct {
	opts   Options
	env    map[string]string
	list   []setting
	values map[string]given // by setting.env
	fields []fault.Field
}

// Load reads and checks all settings: defaults < winnow.yaml < winnow.<env>.yaml < WINNOW_X, WINNOW_X_FILE.
// The error is a *fault.Error of kind Invalid whose Fields name every fault with its place; it holds no secret.
// Neither file need exist. Load writes nothing.
func Load(opts Options) (Config, error) {
	var c Config
	l := newLoader(opts, &c)
	l.readEnvironment()
	l.unknownVariables()
	l.readFile("winnow.yaml")
	l.readFile("winnow." + l.environment() + ".yaml")
	l.overlayEnvironment()
	l.assign()
	l.fields = append(l.fields, complete(&c, l.values)...)
	if len(l.fields) > 0 {
		return Config{}, fault.InvalidFields("settings_invalid", "Winnow cannot start: some settings are wrong. Mend each of them and start again; docs/configuration.md lists them all", l.fields...)
	}
	return c, nil
}

func newLoader(opts Options, c *Config) *loader {
	if opts.Environ == nil {
		opts.Environ = os.Environ()
	}
	if opts.ReadFile == nil {
		opts.ReadFile = os.ReadFile
	}
	return &loader{opts: opts, env: map[string]string{}, list: settings(c), values: map[string]given{}}
}

func (l *loader) fault(name, code, message string) {
	l.fields = append(l.fields, fault.Field{Name: name, Code: code, Message: message})
}

// environment is the valid value of WINNOW_ENV, or its default (the bad value is reported by assign).
func (l *loader) environment() string {
	env := l.setting("ENV").def
	if v, ok := l.variable("ENV"); ok && oneOf(new(string), "development", "staging", "production")(v) == nil {
		env = v
	}
	return env
}

func (l *loader) setting(env string) *setting {
	for i := range l.list {
		if l.list[i].env == env {
			return &l.list[i]
		}
	}
	return nil
}

// readFile overlays the settings of one file; a missing file is no fault.
func (l *loader) readFile(name string) {
	src, err := l.opts.ReadFile(filepath.Join(l.opts.Dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		l.fault(name, "unreadable", "The file exists but cannot be read ("+reason(err)+"). Check its permissions.")
		return
	}
	root, faults := yamldoc.Parse(name, src)
	for _, f := range faults {
		l.fault(f.Pos(), "yaml_invalid", strings.TrimSpace(f.Message+" "+f.Hint))
	}
	if root != nil {
		l.walk(name, "", root)
	}
}

// assign parses the winning text of each setting into the Config.
func (l *loader) assign() {
	for _, s := range l.list {
		v, ok := l.values[s.env]
		if !ok || (v.text == "" && s.def == "") {
			v = given{text: s.def, from: prefix + s.env}
		}
		if v.text == "" && s.def == "" {
			continue
		}
		if err := s.set(v.text); err != nil {
			l.fault(v.from, "invalid", "The setting is wrong: "+strings.ReplaceAll(err.Error(), "\n", "; ")+".")
		}
	}
}

// reason is the cause of a file error without its path.
func reason(err error) string {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err.Error()
	}
	return err.Error()
}

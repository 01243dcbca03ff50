package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/fault"
)

// validator is a DTO that knows more about its fields than their types.
type validator interface{ Validate() []fault.Field }

// decode reads the JSON body into dst, a pointer to a DTO of this package. It takes from the body alone, never from path
// or query. Unknown and doubled fields, wrong types, and what dst.Validate finds are reported all together.
// Faults: Invalid with fields; 415 for anything but JSON; too large.
func decode(c echo.Context, dst any) error {
	if t, _, err := mime.ParseMediaType(c.Request().Header.Get("Content-Type")); err != nil || t != "application/json" {
		return &statusError{http.StatusUnsupportedMediaType, "content_type_unsupported", "Send JSON with Content-Type: application/json."}
	}
	raw, err := io.ReadAll(c.Request().Body)
	if err != nil {
		return bodyFault(err)
	}
	var fields []fault.Field
	if err := decodeStrict(raw, dst, &fields); err != nil {
		return err
	}
	if v, ok := dst.(validator); ok {
		for _, f := range v.Validate() {
			if !slices.ContainsFunc(fields, func(have fault.Field) bool { return have.Name == f.Name }) {
				fields = append(fields, f)
			}
		}
	}
	if len(fields) > 0 {
		return fault.InvalidFields("input_invalid", "Some fields are not right; see each one.", fields...)
	}
	return nil
}

func bodyFault(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return err
	}
	return fault.Wrap(err, fault.Invalid, "body_unreadable", "The request's body ended early. Send it again.")
}

const notJSON = "The body is not one JSON object: "

func decodeStrict(raw []byte, dst any, fields *[]fault.Field) error {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return fault.New(fault.Invalid, "body_missing", "The request has no body; send a JSON object.")
	}
	if !json.Valid(raw) {
		return fault.New(fault.Invalid, "json_invalid", notJSON+syntaxOf(raw))
	}
	if raw[0] != '{' {
		return fault.New(fault.Invalid, "json_invalid", notJSON+"it must begin with {.")
	}
	if depth(raw) > maxDepth {
		return fault.New(fault.Invalid, "json_too_deep", "The JSON is nested too deeply.")
	}
	decodeValue(raw, reflect.ValueOf(dst).Elem(), "", fields)
	return nil
}

func syntaxOf(raw []byte) string {
	var v any
	err := json.Unmarshal(raw, &v)
	if err == nil {
		return "unknown fault."
	}
	return err.Error() + "."
}

const maxDepth = 32

// depth is how deeply valid JSON is nested.
func depth(raw []byte) int {
	deepest, now, inString, escaped := 0, 0, false, false
	for _, b := range raw {
		switch {
		case escaped:
			escaped = false
		case inString && b == '\\':
			escaped = true
		case b == '"':
			inString = !inString
		case inString:
		case b == '{' || b == '[':
			now++
			deepest = max(deepest, now)
		case b == '}' || b == ']':
			now--
		}
	}
	return deepest
}

// decodeValue fills v from raw, which is valid JSON, and reports what does not fit under the dotted path name.
func decodeValue(raw json.RawMessage, v reflect.Value, name string, fields *[]fault.Field) {
	if v.Kind() == reflect.Pointer && !bytes.Equal(raw, []byte("null")) && v.Type().Elem().Kind() == reflect.Struct && !ownDecoder(v) {
		v.Set(reflect.New(v.Type().Elem()))
		decodeValue(raw, v.Elem(), name, fields)
		return
	}
	switch {
	case v.Kind() == reflect.Struct && !ownDecoder(v) && raw[0] == '{':
		decodeStruct(raw, v, name, fields)
	case v.Kind() == reflect.Slice && !ownDecoder(v) && raw[0] == '[' && v.Type().Elem().Kind() == reflect.Struct:
		var items []json.RawMessage
		_ = json.Unmarshal(raw, &items) // known to be a valid array
		v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
		for i, item := range items {
			decodeValue(item, v.Index(i), join(name, itoa(i)), fields)
		}
	default:
		if err := json.Unmarshal(raw, v.Addr().Interface()); err != nil {
			*fields = append(*fields, fault.Field{Name: name, Code: "wrong_type", Message: wantOf(v.Type(), err)})
		}
	}
}

func ownDecoder(v reflect.Value) bool {
	_, ok := reflect.TypeAssert[json.Unmarshaler](v.Addr())
	return ok
}

func decodeStruct(raw json.RawMessage, v reflect.Value, name string, fields *[]fault.Field) {
	known := map[string]reflect.Value{}
	jsonFields(v, known)
	seen := map[string]bool{}
	for key, value := range pairs(raw) {
		path := join(name, key)
		dst, ok := known[key]
		switch {
		case !ok:
			*fields = append(*fields, fault.Field{Name: clip(path), Code: "unknown_field", Message: "There is no such field. " + hint(key, known)})
		case seen[key]:
			*fields = append(*fields, fault.Field{Name: path, Code: "duplicate_field", Message: "This field is given twice; give it once."})
		default:
			decodeValue(value, dst, path, fields)
		}
		seen[key] = true
		if len(*fields) >= maxFields {
			return
		}
	}
}

// maxFields bounds how many bad fields one answer lists.
const maxFields = 50

// jsonFields maps the JSON names of v's fields, those of embedded structs too, to the fields.
func jsonFields(v reflect.Value, into map[string]reflect.Value) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			jsonFields(v.Field(i), into)
			continue
		}
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if tag != "" && tag != "-" && f.IsExported() {
			into[tag] = v.Field(i)
		}
	}
}

// pairs walks the members of a valid JSON object in order, twins included.
func pairs(raw json.RawMessage) func(yield func(string, json.RawMessage) bool) {
	return func(yield func(string, json.RawMessage) bool) {
		d := json.NewDecoder(bytes.NewReader(raw))
		if _, err := d.Token(); err != nil {
			return
		}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return
			}
			var value json.RawMessage
			if err := d.Decode(&value); err != nil {
				return
			}
			if !yield(key.(string), value) {
				return
			}
		}
	}
}

func hint(key string, known map[string]reflect.Value) string {
	for k := range known {
		if strings.EqualFold(k, key) || strings.EqualFold(strings.ReplaceAll(k, "_", ""), key) {
			return "Did you mean " + k + "?"
		}
	}
	names := make([]string, 0, len(known))
	for k := range known {
		names = append(names, k)
	}
	slices.Sort(names)
	return "Known: " + strings.Join(names, ", ") + "."
}

func wantOf(t reflect.Type, err error) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() { //nolint:exhaustive // the rest falls through
	case reflect.String:
		return "Must be a string."
	case reflect.Bool:
		return "Must be true or false."
	case reflect.Int, reflect.Int64, reflect.Int32:
		return "Must be a whole number."
	case reflect.Float64:
		return "Must be a number."
	case reflect.Slice:
		return "Must be a list of the right kind."
	case reflect.Map:
		return "Must be an object of the right kind."
	}
	if _, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return "Must be an object."
	}
	return "Is not valid: " + clip(err.Error())
}

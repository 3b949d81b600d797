// Command buildkitd-config says what BuildKit makes of configurations: a JSON list of documents on its standard input becomes
// a list of why each is refused, or which of its keys are ignored. With the argument "keys" it prints every key there is.
package main

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/moby/buildkit/cmd/buildkitd/config"
	"github.com/pelletier/go-toml/v2"
)

type verdict struct {
	Error   string   `json:"error,omitempty"`
	Ignored []string `json:"ignored,omitempty"`
}

func main() {
	var output any
	if len(os.Args) > 1 && os.Args[1] == "keys" {
		output = shapeOf(reflect.TypeOf(config.Config{}))
	} else {
		var documents []string
		if err := json.NewDecoder(os.Stdin).Decode(&documents); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		verdicts := make([]verdict, 0, len(documents))
		for _, document := range documents {
			verdicts = append(verdicts, verdictOn(document))
		}
		output = verdicts
	}
	if err := json.NewEncoder(os.Stdout).Encode(output); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func verdictOn(document string) verdict {
	if _, err := config.Load(strings.NewReader(document)); err != nil {
		return verdict{Error: err.Error()}
	}
	var strict *toml.StrictMissingError
	var ignored []string
	err := toml.NewDecoder(strings.NewReader(document)).DisallowUnknownFields().Decode(&config.Config{})
	if errors.As(err, &strict) {
		for _, missing := range strict.Errors {
			line, _ := missing.Position()
			ignored = append(ignored, fmt.Sprintf("%d: %s", line, strings.Join(missing.Key(), ".")))
		}
	} else if err != nil {
		return verdict{Error: err.Error()}
	}
	return verdict{Ignored: ignored}
}

// shapeOf is the name of a scalar's type, a list of one shape, or the shapes of a table's keys, of which "*" is any.
func shapeOf(t reflect.Type) any {
	if t.Kind() == reflect.Pointer {
		return shapeOf(t.Elem())
	}
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return t.Name()
	}
	switch t.Kind() {
	case reflect.Slice:
		return []any{shapeOf(t.Elem())}
	case reflect.Map:
		return map[string]any{"*": shapeOf(t.Elem())}
	case reflect.Struct:
		keys := map[string]any{}
		addKeys(keys, t)
		return keys
	default:
		return t.Kind().String()
	}
}

// addKeys adds the keys of a struct as go-toml names them: those of embedded structs are its own.
func addKeys(keys map[string]any, t reflect.Type) {
	for field := range t.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("toml"), ",")
		if field.Anonymous && name == "" {
			addKeys(keys, field.Type)
			continue
		}
		if name == "" {
			name = field.Name
		}
		keys[name] = shapeOf(field.Type)
	}
}

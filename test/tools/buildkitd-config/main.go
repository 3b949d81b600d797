// Command buildkitd-config says what BuildKit makes of configurations: a JSON list of documents on its standard input becomes
// a list of why each is refused, or which of its keys are ignored. With the argument "keys" it prints every key there is, with
// "policies" the garbage collection of each of a list of documents and the bytes of the disk that the cache is on.
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
	"github.com/moby/buildkit/util/disk"
	"github.com/pelletier/go-toml/v2"
)

type verdict struct {
	Error   string   `json:"error,omitempty"`
	Ignored []string `json:"ignored,omitempty"`
}

func main() {
	var output any
	switch strings.Join(os.Args[1:], " ") {
	case "keys":
		output = shapeOf(reflect.TypeOf(config.Config{}))
	case "policies":
		output = each(policiesOf)
	default:
		output = each(verdictOn)
	}
	must(json.NewEncoder(os.Stdout).Encode(output))
}

// each is what a function makes of the elements of the list on standard input.
func each[In, Out any](function func(In) Out) []Out {
	var elements []In
	must(json.NewDecoder(os.Stdin).Decode(&elements))
	made := make([]Out, 0, len(elements))
	for _, element := range elements {
		made = append(made, function(element))
	}
	return made
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type situation struct {
	TOML string `json:"toml"`
	Disk int64  `json:"disk"`
}

type policy struct {
	Filters       []string `json:"filters"`
	All           bool     `json:"all"`
	KeepDuration  float64  `json:"keepDuration"`
	ReservedSpace int64    `json:"reservedSpace"`
	MaxUsedSpace  int64    `json:"maxUsedSpace"`
	MinFreeSpace  int64    `json:"minFreeSpace"`
}

// policiesOf are those of the OCI worker: listed, or BuildKit's own.
func policiesOf(s situation) []policy {
	cfg, err := config.Load(strings.NewReader(s.TOML))
	must(err)
	stat := disk.DiskStat{Total: s.Disk}
	listed := cfg.Workers.OCI.GCPolicy
	if len(listed) == 0 {
		listed = config.DefaultGCPolicy(cfg.Workers.OCI.GCConfig, stat)
	}
	var policies []policy
	for _, one := range listed {
		policies = append(policies, policy{
			Filters:       append([]string{}, one.Filters...),
			All:           one.All,
			KeepDuration:  one.KeepDuration.Seconds(),
			ReservedSpace: one.ReservedSpace.AsBytes(stat),
			MaxUsedSpace:  one.MaxUsedSpace.AsBytes(stat),
			MinFreeSpace:  one.MinFreeSpace.AsBytes(stat),
		})
	}
	return policies
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

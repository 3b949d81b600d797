// Command yaml-readers says what Go's readers of YAML make of documents: a JSON list of texts on its standard input becomes a list
// of what sigs.k8s.io/yaml (kubectl, Argo CD, Flux) and go.yaml.in/yaml/v3 (kpt, kustomize) read of each.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	yamlv3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

// reading is a value, or why there is none.
type reading struct {
	Value json.RawMessage `json:"value,omitempty"`
	Error string          `json:"error,omitempty"`
}

type readings struct {
	Kubernetes reading `json:"kubernetes"`
	V3         reading `json:"v3"`
}

func main() {
	var documents []string
	must(json.NewDecoder(os.Stdin).Decode(&documents))
	all := make([]readings, 0, len(documents))
	for _, document := range documents {
		all = append(all, readings{
			Kubernetes: readingOf(yaml.YAMLToJSON([]byte(document))),
			V3:         readingOf(v3ToJSON([]byte(document))),
		})
	}
	must(json.NewEncoder(os.Stdout).Encode(all))
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func readingOf(value []byte, err error) reading {
	if err != nil {
		return reading{Error: err.Error()}
	}
	return reading{Value: value}
}

func v3ToJSON(document []byte) ([]byte, error) {
	var value any
	if err := yamlv3.Unmarshal(document, &value); err != nil {
		return nil, err
	}
	return json.Marshal(shown(value))
}

// shown is a value in which a time cannot be taken for a string.
func shown(value any) any {
	switch value := value.(type) {
	case time.Time:
		return map[string]time.Time{"time": value}
	case []any:
		for at := range value {
			value[at] = shown(value[at])
		}
	case map[string]any:
		for key := range value {
			value[key] = shown(value[key])
		}
	}
	return value
}

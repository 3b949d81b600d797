package main

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"maps"
)

type Pod struct {
	APIVersion string   `yaml:"apiVersion"`
	Kind       string   `yaml:"kind"`
	Metadata   Metadata `yaml:"metadata"`
	Spec       PodSpec  `yaml:"spec"`
}

// newPod is the Pod of a Buildkit, named after what it holds.
func newPod(buildkit *Buildkit, template *BuildkitTemplate) (*Pod, error) {
	resources, err := mergeResources(template, buildkit.Spec.Resources)
	if err != nil {
		return nil, err
	}
	spec := newPodSpec(&template.Spec, resources)
	labels := merged(buildkit.Spec.Labels, template.Spec.PodLabels)
	annotations := merged(buildkit.Spec.Annotations, template.Spec.PodAnnotations)
	if template.Spec.BuildkitdToml != "" {
		annotations[tomlAnnotation] = template.Spec.BuildkitdToml
	}
	hash, err := contentHash(spec, labels, annotations)
	if err != nil {
		return nil, err
	}
	return &Pod{
		APIVersion: "v1",
		Kind:       "Pod",
		Metadata: Metadata{
			Name:      buildkit.Metadata.Name + "-" + hash,
			Namespace: buildkit.Metadata.Namespace,
			Labels: merged(map[string]string{nameLabel: "buildkit"}, labels, map[string]string{
				buildkitLabel: buildkit.Metadata.Name,
				templateLabel: template.Metadata.Name,
			}),
			Annotations: merged(annotations, engineAnnotations(buildkit)),
		},
		Spec: spec,
	}, nil
}

// engineAnnotations tell GitOps engines to create the Pod once and to leave its end to others.
func engineAnnotations(buildkit *Buildkit) map[string]string {
	annotations := map[string]string{
		"argocd.argoproj.io/compare-options":      "IgnoreExtraneous",
		"argocd.argoproj.io/ignore-healthcheck":   "true",
		"argocd.argoproj.io/sync-options":         "Prune=false",
		"client.lifecycle.config.k8s.io/deletion": "detach",
		"client.lifecycle.config.k8s.io/mutation": "ignore",
		"kustomize.toolkit.fluxcd.io/prune":       "disabled",
		"kustomize.toolkit.fluxcd.io/ssa":         "IfNotPresent",
		"kustomize.toolkit.fluxcd.io/substitute":  "disabled",
	}
	if wave, ok := buildkit.Metadata.Annotations[syncWave]; ok {
		annotations[syncWave] = wave
	}
	return annotations
}

const alphabet = "bcdfghjklmnpqrstvwxz2456789"

// contentHash is ten characters that stand for everything that decides how the builder behaves.
func contentHash(content ...any) (string, error) {
	text, err := json.Marshal(content)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	bits := binary.BigEndian.Uint64(sum[:])
	hash := make([]byte, 10)
	for i := range hash {
		hash[i] = alphabet[bits%uint64(len(alphabet))]
		bits /= uint64(len(alphabet))
	}
	return string(hash), nil
}

// merged is a new map with the entries of all; later ones win.
func merged(all ...map[string]string) map[string]string {
	result := map[string]string{}
	for _, one := range all {
		maps.Copy(result, one)
	}
	return result
}

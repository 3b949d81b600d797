package main

import (
	"fmt"

	"k8s.io/apimachinery/pkg/api/resource"
)

type quantities map[string]resource.Quantity

// mergeResources lays a Buildkit's resources over the template's default; a limit that is missing takes the maximum, limits
// are capped at the maximum and requests at limits.
func mergeResources(template *BuildkitTemplate, own Resources) (Resources, error) {
	defaults := template.Spec.Resources.Default
	maximum, err := parseQuantities(template.Spec.Resources.Maximum)
	if err != nil {
		return Resources{}, err
	}
	limits, err := parseQuantities(template.Spec.Resources.Maximum, defaults.Limits, own.Limits)
	if err != nil {
		return Resources{}, err
	}
	requests, err := parseQuantities(defaults.Requests, own.Requests)
	if err != nil {
		return Resources{}, err
	}
	limits.capAt(maximum)
	requests.capAt(limits)
	return Resources{Requests: requests.strings(), Limits: limits.strings()}, nil
}

func parseQuantities(all ...map[string]string) (quantities, error) {
	result := quantities{}
	for _, one := range all {
		for name, text := range one {
			quantity, err := resource.ParseQuantity(text)
			if err != nil {
				return nil, fmt.Errorf("resource %s: %q: %w", name, text, err)
			}
			result[name] = quantity
		}
	}
	return result, nil
}

func (q quantities) capAt(most quantities) {
	for name, quantity := range q {
		if limit, ok := most[name]; ok && quantity.Cmp(limit) > 0 {
			q[name] = limit
		}
	}
}

func (q quantities) strings() map[string]string {
	result := make(map[string]string, len(q))
	for name, quantity := range q {
		result[name] = quantity.String()
	}
	return result
}

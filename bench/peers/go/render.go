package main

import (
	"fmt"
	"path"

	"sigs.k8s.io/kustomize/kyaml/fn/framework"
	"sigs.k8s.io/kustomize/kyaml/kio/kioutil"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// render appends a Pod for each Buildkit of the list and names it in the Buildkit's spec.
func render(list *framework.ResourceList) error {
	templates := map[string]*BuildkitTemplate{}
	var buildkits []*yaml.RNode
	for _, item := range list.Items {
		if item.GetApiVersion() != apiVersion {
			continue
		}
		switch item.GetKind() {
		case "Buildkit":
			buildkits = append(buildkits, item)
		case "BuildkitTemplate":
			template := newBuildkitTemplate()
			if err := item.YNode().Decode(template); err != nil {
				return fmt.Errorf("BuildkitTemplate %q: %w", item.GetName(), err)
			}
			templates[template.Metadata.Namespace+"/"+template.Metadata.Name] = template
		}
	}
	for _, item := range buildkits {
		pod, err := renderBuildkit(item, templates)
		if err != nil {
			return fmt.Errorf("Buildkit %q: %w", item.GetName(), err)
		}
		list.Items = append(list.Items, pod)
	}
	return nil
}

func renderBuildkit(item *yaml.RNode, templates map[string]*BuildkitTemplate) (*yaml.RNode, error) {
	var buildkit Buildkit
	if err := item.YNode().Decode(&buildkit); err != nil {
		return nil, err
	}
	template, ok := templates[buildkit.Metadata.Namespace+"/"+buildkit.Spec.Template]
	if !ok {
		return nil, fmt.Errorf("there is no BuildkitTemplate %q in namespace %q", buildkit.Spec.Template, buildkit.Metadata.Namespace)
	}
	pod, err := newPod(&buildkit, template)
	if err != nil {
		return nil, err
	}
	podName := yaml.NewStringRNode(pod.Metadata.Name)
	if err := item.PipeE(yaml.Lookup("spec"), yaml.SetField("podName", podName)); err != nil {
		return nil, err
	}
	setPlace(pod, item)
	return toRNode(pod)
}

// setPlace puts the Pod into a file beside its Buildkit's.
func setPlace(pod *Pod, buildkit *yaml.RNode) {
	annotations := buildkit.GetAnnotations(kioutil.PathAnnotation)
	file := fmt.Sprintf("pod_%s.yaml", buildkit.GetName())
	pod.Metadata.Annotations[kioutil.PathAnnotation] = path.Join(path.Dir(annotations[kioutil.PathAnnotation]), file)
	pod.Metadata.Annotations[kioutil.IndexAnnotation] = "0"
}

func toRNode(pod *Pod) (*yaml.RNode, error) {
	node := &yaml.Node{}
	if err := node.Encode(pod); err != nil {
		return nil, err
	}
	return yaml.NewRNode(node), nil
}

package main

import (
	_ "embed"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// mode is where buildkitd keeps things, and as whom it runs.
type mode struct {
	image           string
	socket          string
	state           string
	configuration   string
	args            []string
	securityContext SecurityContext
}

var rootful = mode{
	image:           defaultImage,
	socket:          "/run/buildkit/buildkitd.sock",
	state:           "/var/lib/buildkit",
	configuration:   "/etc/buildkit",
	securityContext: SecurityContext{Privileged: true},
}

var rootless = mode{
	image:         defaultImage + "-rootless",
	socket:        "/run/user/1000/buildkit/buildkitd.sock",
	state:         "/home/user/.local/share/buildkit",
	configuration: "/home/user/.config/buildkit",
	args:          []string{"--oci-worker-no-process-sandbox"},
	securityContext: SecurityContext{
		RunAsUser:       1000,
		RunAsGroup:      1000,
		RunAsNonRoot:    true,
		SeccompProfile:  &Profile{"Unconfined"},
		AppArmorProfile: &Profile{"Unconfined"},
	},
}

//go:embed drain.sh
var drainScript string

func newPodSpec(template *TemplateSpec, resources Resources) PodSpec {
	spec := PodSpec{
		ServiceAccountName:            template.ServiceAccountName,
		NodeSelector:                  template.Scheduling.NodeSelector,
		Tolerations:                   tolerations(template.Scheduling.Tolerations),
		Affinity:                      template.Scheduling.Affinity,
		TopologySpreadConstraints:     template.Scheduling.TopologySpreadConstraints,
		PriorityClassName:             template.Scheduling.PriorityClassName,
		RestartPolicy:                 template.Lifecycle.RestartPolicy,
		TerminationGracePeriodSeconds: template.Lifecycle.TerminationGracePeriodSeconds,
		ActiveDeadlineSeconds:         template.Lifecycle.ActiveDeadlineSeconds,
		Volumes:                       []Volume{{Name: buildkitdVolume, EmptyDir: &EmptyDir{}}},
	}
	if !template.HostUsers {
		spec.HostUsers = &template.HostUsers
	}
	mode := rootful
	if template.Rootless {
		mode = rootless
	}
	container := newContainer(template, mode, resources)
	if template.BuildkitdToml != "" {
		container.VolumeMounts = append(container.VolumeMounts,
			VolumeMount{Name: configVolume, MountPath: mode.configuration, ReadOnly: true})
		toml := FieldRef{APIVersion: "v1", FieldPath: fmt.Sprintf("metadata.annotations['%s']", tomlAnnotation)}
		spec.Volumes = append(spec.Volumes,
			Volume{Name: configVolume, DownwardAPI: &DownwardAPI{[]DownwardAPIItem{{"buildkitd.toml", toml}}}})
	}
	spec.Containers = []Container{container}
	return spec
}

func newContainer(template *TemplateSpec, mode mode, resources Resources) Container {
	container := Container{
		Name:            containerName,
		Image:           mode.image,
		ImagePullPolicy: template.ImagePullPolicy,
		Command:         template.Command,
		Args:            []string{"--addr", "unix://" + mode.socket, "--addr", fmt.Sprintf("tcp://0.0.0.0:%d", template.Port)},
		Env:             environment(template),
		Ports:           []Port{{"tcp", template.Port, "TCP"}},
		Resources:       resources,
		StartupProbe:    Probe{GRPC{template.Port}, 2, 60, 3},
		ReadinessProbe:  Probe{GRPC{template.Port}, 15, 2, 3},
		LivenessProbe:   Probe{GRPC{template.Port}, 30, 6, 3},
		SecurityContext: mode.securityContext,
		VolumeMounts:    []VolumeMount{{Name: buildkitdVolume, MountPath: mode.state}},
	}
	if template.Image != "" {
		container.Image = template.Image
	}
	container.Args = append(container.Args, mode.args...)
	if template.Observability.DebugLogging {
		container.Args = append(container.Args, "--debug")
	}
	if template.Lifecycle.PreStopScript {
		container.Lifecycle = &Lifecycle{PreStop{Exec{[]string{"/bin/sh", "-c", drain(template.Port)}}}}
	}
	return container
}

func drain(port int) string {
	return strings.NewReplacer("HEX_PORT", fmt.Sprintf("%04X", port), "PORT", fmt.Sprint(port)).Replace(drainScript)
}

func environment(template *TemplateSpec) []EnvVar {
	otlp := template.Observability.OTLP
	if otlp == nil {
		return nil
	}
	attributes := merged(otlp.ResourceAttributes, map[string]string{"service.name": otlp.ServiceName})
	var pairs []string
	for _, key := range slices.Sorted(maps.Keys(attributes)) {
		pairs = append(pairs, key+"="+url.PathEscape(attributes[key]))
	}
	return []EnvVar{
		{Name: "HOST_IP", ValueFrom: &ValueFrom{FieldRef{APIVersion: "v1", FieldPath: "status.hostIP"}}},
		{Name: "OTEL_EXPORTER_OTLP_ENDPOINT", Value: "http://$(HOST_IP):4317"},
		{Name: "OTEL_SERVICE_NAME", Value: otlp.ServiceName},
		{Name: "OTEL_RESOURCE_ATTRIBUTES", Value: strings.Join(pairs, ",")},
	}
}

// tolerations adds what the API server would, so that a Pod reads back as it was applied.
func tolerations(own []Toleration) []Toleration {
	if len(own) == 0 {
		return nil
	}
	all := slices.Clone(own)
	for _, key := range []string{"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"} {
		tolerated := slices.ContainsFunc(own, func(one Toleration) bool {
			return (one.Key == "" || one.Key == key) && (one.Effect == "" || one.Effect == "NoExecute")
		})
		if !tolerated {
			seconds := 300
			all = append(all, Toleration{Key: key, Operator: "Exists", Effect: "NoExecute", TolerationSeconds: &seconds})
		}
	}
	return all
}

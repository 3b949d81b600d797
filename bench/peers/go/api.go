package main

const (
	group           = "buildkit.seatgeek.io"
	apiVersion      = group + "/v1alpha1"
	buildkitLabel   = group + "/buildkit"
	templateLabel   = group + "/template"
	nameLabel       = "app.kubernetes.io/name"
	tomlAnnotation  = group + "/buildkitd.toml"
	syncWave        = "argocd.argoproj.io/sync-wave"
	defaultImage    = "moby/buildkit:v0.34.2"
	defaultPort     = 1234
	defaultGrace    = 900
	containerName   = "buildkit"
	configVolume    = "config"
	buildkitdVolume = "buildkitd"
)

type Metadata struct {
	Name        string            `yaml:"name"`
	Namespace   string            `yaml:"namespace,omitempty"`
	Labels      map[string]string `yaml:"labels,omitempty"`
	Annotations map[string]string `yaml:"annotations,omitempty"`
}

type Resources struct {
	Requests map[string]string `yaml:"requests,omitempty"`
	Limits   map[string]string `yaml:"limits,omitempty"`
}

type Buildkit struct {
	Metadata Metadata `yaml:"metadata"`
	Spec     struct {
		Template    string            `yaml:"template"`
		Resources   Resources         `yaml:"resources"`
		Labels      map[string]string `yaml:"labels"`
		Annotations map[string]string `yaml:"annotations"`
	} `yaml:"spec"`
}

type BuildkitTemplate struct {
	Metadata Metadata     `yaml:"metadata"`
	Spec     TemplateSpec `yaml:"spec"`
}

type TemplateSpec struct {
	PodLabels          map[string]string `yaml:"podLabels"`
	PodAnnotations     map[string]string `yaml:"podAnnotations"`
	Rootless           bool              `yaml:"rootless"`
	HostUsers          bool              `yaml:"hostUsers"`
	Port               int               `yaml:"port"`
	BuildkitdToml      string            `yaml:"buildkitdToml"`
	Image              string            `yaml:"image"`
	ImagePullPolicy    string            `yaml:"imagePullPolicy"`
	Command            []string          `yaml:"command"`
	ServiceAccountName string            `yaml:"serviceAccountName"`
	Resources          struct {
		Default Resources         `yaml:"default"`
		Maximum map[string]string `yaml:"maximum"`
	} `yaml:"resources"`
	Scheduling struct {
		NodeSelector              map[string]string `yaml:"nodeSelector"`
		Tolerations               []Toleration      `yaml:"tolerations"`
		Affinity                  map[string]any    `yaml:"affinity"`
		PriorityClassName         string            `yaml:"priorityClassName"`
		TopologySpreadConstraints []any             `yaml:"topologySpreadConstraints"`
	} `yaml:"scheduling"`
	Lifecycle struct {
		RestartPolicy                 string `yaml:"restartPolicy"`
		TerminationGracePeriodSeconds int    `yaml:"terminationGracePeriodSeconds"`
		ActiveDeadlineSeconds         int    `yaml:"activeDeadlineSeconds"`
		PreStopScript                 bool   `yaml:"preStopScript"`
	} `yaml:"lifecycle"`
	Observability struct {
		DebugLogging bool `yaml:"debugLogging"`
		OTLP         *struct {
			ServiceName        string            `yaml:"serviceName"`
			ResourceAttributes map[string]string `yaml:"resourceAttributes"`
		} `yaml:"otlp"`
	} `yaml:"observability"`
}

// newBuildkitTemplate is a template with its defaults, for a document to be decoded into.
func newBuildkitTemplate() *BuildkitTemplate {
	template := &BuildkitTemplate{}
	spec := &template.Spec
	spec.Port = defaultPort
	spec.HostUsers = true
	spec.ImagePullPolicy = "IfNotPresent"
	spec.Lifecycle.RestartPolicy = "Always"
	spec.Lifecycle.TerminationGracePeriodSeconds = defaultGrace
	spec.Lifecycle.PreStopScript = true
	return template
}

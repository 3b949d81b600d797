package main

type PodSpec struct {
	ServiceAccountName            string            `yaml:"serviceAccountName,omitempty"`
	AutomountServiceAccountToken  bool              `yaml:"automountServiceAccountToken"`
	EnableServiceLinks            bool              `yaml:"enableServiceLinks"`
	HostUsers                     *bool             `yaml:"hostUsers,omitempty"`
	NodeSelector                  map[string]string `yaml:"nodeSelector,omitempty"`
	Tolerations                   []Toleration      `yaml:"tolerations,omitempty"`
	Affinity                      map[string]any    `yaml:"affinity,omitempty"`
	TopologySpreadConstraints     []any             `yaml:"topologySpreadConstraints,omitempty"`
	PriorityClassName             string            `yaml:"priorityClassName,omitempty"`
	RestartPolicy                 string            `yaml:"restartPolicy"`
	TerminationGracePeriodSeconds int               `yaml:"terminationGracePeriodSeconds"`
	ActiveDeadlineSeconds         int               `yaml:"activeDeadlineSeconds,omitempty"`
	Containers                    []Container       `yaml:"containers"`
	Volumes                       []Volume          `yaml:"volumes"`
}

type Toleration struct {
	Key               string `yaml:"key,omitempty"`
	Operator          string `yaml:"operator,omitempty"`
	Value             string `yaml:"value,omitempty"`
	Effect            string `yaml:"effect,omitempty"`
	TolerationSeconds *int   `yaml:"tolerationSeconds,omitempty"`
}

type Container struct {
	Name            string          `yaml:"name"`
	Image           string          `yaml:"image"`
	ImagePullPolicy string          `yaml:"imagePullPolicy"`
	Command         []string        `yaml:"command,omitempty"`
	Args            []string        `yaml:"args"`
	Env             []EnvVar        `yaml:"env,omitempty"`
	Ports           []Port          `yaml:"ports"`
	Resources       Resources       `yaml:"resources,omitempty"`
	StartupProbe    Probe           `yaml:"startupProbe"`
	ReadinessProbe  Probe           `yaml:"readinessProbe"`
	LivenessProbe   Probe           `yaml:"livenessProbe"`
	Lifecycle       *Lifecycle      `yaml:"lifecycle,omitempty"`
	SecurityContext SecurityContext `yaml:"securityContext"`
	VolumeMounts    []VolumeMount   `yaml:"volumeMounts"`
}

type EnvVar struct {
	Name      string     `yaml:"name"`
	Value     string     `yaml:"value,omitempty"`
	ValueFrom *ValueFrom `yaml:"valueFrom,omitempty"`
}

type ValueFrom struct {
	FieldRef FieldRef `yaml:"fieldRef"`
}

type FieldRef struct {
	APIVersion string `yaml:"apiVersion"`
	FieldPath  string `yaml:"fieldPath"`
}

type Port struct {
	Name          string `yaml:"name"`
	ContainerPort int    `yaml:"containerPort"`
	Protocol      string `yaml:"protocol"`
}

type Probe struct {
	GRPC             GRPC `yaml:"grpc"`
	PeriodSeconds    int  `yaml:"periodSeconds"`
	FailureThreshold int  `yaml:"failureThreshold"`
	TimeoutSeconds   int  `yaml:"timeoutSeconds"`
}

type GRPC struct {
	Port int `yaml:"port"`
}

type Lifecycle struct {
	PreStop PreStop `yaml:"preStop"`
}

type PreStop struct {
	Exec Exec `yaml:"exec"`
}

type Exec struct {
	Command []string `yaml:"command"`
}

type SecurityContext struct {
	Privileged      bool     `yaml:"privileged,omitempty"`
	RunAsUser       int      `yaml:"runAsUser,omitempty"`
	RunAsGroup      int      `yaml:"runAsGroup,omitempty"`
	RunAsNonRoot    bool     `yaml:"runAsNonRoot,omitempty"`
	SeccompProfile  *Profile `yaml:"seccompProfile,omitempty"`
	AppArmorProfile *Profile `yaml:"appArmorProfile,omitempty"`
}

type Profile struct {
	Type string `yaml:"type"`
}

type VolumeMount struct {
	Name      string `yaml:"name"`
	MountPath string `yaml:"mountPath"`
	ReadOnly  bool   `yaml:"readOnly,omitempty"`
}

type Volume struct {
	Name        string       `yaml:"name"`
	EmptyDir    *EmptyDir    `yaml:"emptyDir,omitempty"`
	DownwardAPI *DownwardAPI `yaml:"downwardAPI,omitempty"`
}

type EmptyDir struct{}

type DownwardAPI struct {
	Items []DownwardAPIItem `yaml:"items"`
}

type DownwardAPIItem struct {
	Path     string   `yaml:"path"`
	FieldRef FieldRef `yaml:"fieldRef"`
}

{{/* The permissions in namespaces with builders; a test compares them with config/controller. */}}
{{- define "buildkit-controller.permissions" -}}
rules:
- apiGroups: [buildkit.seatgeek.io]
  resources: [buildkits]
  verbs: [get, list, watch]
- apiGroups: [buildkit.seatgeek.io]
  resources: [buildkits/status]
  verbs: [patch]
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch, delete]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end -}}

{{/* Every option that has a value, defaults included: the Deployment shows what runs. */}}
{{- define "buildkit-controller.args" -}}
{{- with .Values.watchNamespaces }}
- --namespaces={{ join "," . }}
{{- end }}
- --gc={{ .Values.gc }}
- --handover-grace={{ .Values.handoverGrace }}
- --deletion-quarantine={{ .Values.deletionQuarantine }}
- --orphan-grace={{ .Values.orphanGrace }}
- --concurrency={{ .Values.concurrency }}
- --log-level={{ .Values.logLevel }}
{{- with .Values.leaderElection }}
{{- if .enabled }}
- --leader-elect
- --lease-name={{ include "buildkit-controller.leaseName" $ }}
- --lease-duration={{ .leaseDuration }}
- --lease-renew-deadline={{ .renewDeadline }}
- --lease-retry-period={{ .retryPeriod }}
{{- end }}
{{- end }}
{{- if not .Values.metrics.enabled }}
- --metrics-address=0
{{- end }}
{{- with .Values.extraArgs }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* What is wrong about values only with respect to each other. */}}
{{- define "buildkit-controller.checkTogether" -}}
{{- $found := list -}}
{{- with .values -}}
{{- if and (gt (int .replicas) 1) (not .leaderElection.enabled) -}}
{{- $found = append $found (printf "leaderElection.enabled must be true with more than one replica, got false (replicas: %d)" (int .replicas)) -}}
{{- end -}}
{{- if not (or .serviceAccount.create .serviceAccount.name) -}}
{{- $found = append $found "serviceAccount.name must be that of a ServiceAccount that exists where serviceAccount.create is false, got \"\"" -}}
{{- end -}}
{{- range $name := list "serviceMonitor" "prometheusRule" -}}
{{- if and (get $.values.metrics $name).enabled (not $.values.metrics.enabled) -}}
{{- $found = append $found (printf "metrics.enabled must be true with metrics.%s.enabled, got false" $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $_ := set .report "found" (concat .report.found $found) -}}
{{- end -}}

{{/* Values that are invalid only in combination. */}}
{{- define "buildkit-controller.checkTogether" -}}
{{- $found := list -}}
{{- with .values -}}
{{- if and (gt (int .replicas) 1) (not .leaderElection.enabled) -}}
{{- $found = append $found (printf "leaderElection.enabled must be true with two or more replicas, got false (replicas: %d)" (int .replicas)) -}}
{{- end -}}
{{- if not (or .serviceAccount.create .serviceAccount.name) -}}
{{- $found = append $found "serviceAccount.name must be the name of an existing ServiceAccount if serviceAccount.create is false, got \"\"" -}}
{{- end -}}
{{- range $name := list "serviceMonitor" "prometheusRule" -}}
{{- if and (get $.values.metrics $name).enabled (not $.values.metrics.enabled) -}}
{{- $found = append $found (printf "metrics.enabled must be true if metrics.%s.enabled is true, got false" $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $_ := set .report "found" (concat .report.found $found) -}}
{{- end -}}

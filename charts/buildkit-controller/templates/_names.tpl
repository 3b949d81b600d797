{{/* The name of nearly every object: that of the release, followed by that of the chart unless it contains it. */}}
{{- define "buildkit-controller.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "buildkit-controller.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (include "buildkit-controller.fullname" .) -}}
{{- end -}}

{{- define "buildkit-controller.leaseName" -}}
{{- .Values.leaderElection.leaseName | default (include "buildkit-controller.fullname" .) -}}
{{- end -}}

{{- define "buildkit-controller.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{- printf "%s@%s" .repository .digest -}}
{{- else -}}
{{- printf "%s:%s" .repository (.tag | default $.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A Deployment's selector is immutable, and so are these labels. */}}
{{- define "buildkit-controller.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "buildkit-controller.labels" -}}
{{- $ours := include "buildkit-controller.selectorLabels" . | fromYaml -}}
{{- $_ := set $ours "app.kubernetes.io/version" .Chart.AppVersion -}}
{{- $_ := set $ours "app.kubernetes.io/managed-by" .Release.Service -}}
{{- $_ := set $ours "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_") -}}
{{- merge $ours .Values.commonLabels | toYaml -}}
{{- end -}}

{{- define "buildkit-controller.subjects" -}}
subjects:
- kind: ServiceAccount
  name: {{ include "buildkit-controller.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{/* The constraints, each with the Pods that it counts. */}}
{{- define "buildkit-controller.spread" -}}
{{- $all := list -}}
{{- $ours := dict "matchLabels" (include "buildkit-controller.selectorLabels" . | fromYaml) -}}
{{- range .Values.topologySpreadConstraints -}}
{{- $all = append $all (merge (dict) . (dict "labelSelector" $ours)) -}}
{{- end -}}
{{- toYaml $all -}}
{{- end -}}

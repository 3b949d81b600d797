{{- define "buildkits.spec" -}}
{{- $template := .template -}}
{{- $scheduling := $template.scheduling | default dict -}}
{{- $lifecycle := $template.lifecycle | default dict -}}
{{- with $template.serviceAccountName -}}
serviceAccountName: {{ . }}
{{ end -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- if eq (toString $template.hostUsers) "false" }}
hostUsers: false
{{- end }}
{{- with $scheduling.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $scheduling.tolerations }}
tolerations:
{{- toYaml . | nindent 0 }}
{{- range $key := list "node.kubernetes.io/not-ready" "node.kubernetes.io/unreachable" }}
- key: {{ $key }}
  operator: Exists
  effect: NoExecute
  tolerationSeconds: 300
{{- end }}
{{- end }}
{{- with $scheduling.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $scheduling.topologySpreadConstraints }}
topologySpreadConstraints:
{{- toYaml . | nindent 0 }}
{{- end }}
{{- with $scheduling.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
restartPolicy: {{ $lifecycle.restartPolicy | default "Always" }}
terminationGracePeriodSeconds: {{ $lifecycle.terminationGracePeriodSeconds | default 900 }}
{{- with $lifecycle.activeDeadlineSeconds }}
activeDeadlineSeconds: {{ . }}
{{- end }}
containers:
- {{- include "buildkits.container" . | nindent 2 }}
volumes:
- name: buildkitd
  emptyDir: {}
{{- if $template.buildkitdToml }}
- name: config
  downwardAPI:
    items:
    - path: buildkitd.toml
      fieldRef:
        apiVersion: v1
        fieldPath: metadata.annotations['buildkit.seatgeek.io/buildkitd.toml']
{{- end }}
{{- end }}

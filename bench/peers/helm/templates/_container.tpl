{{- define "buildkits.container" -}}
{{- $template := .template -}}
{{- $rootless := $template.rootless | default false -}}
{{- $port := $template.port | default 1234 | int -}}
{{- $observability := $template.observability | default dict -}}
{{- $defaultImage := ternary "moby/buildkit:v0.34.2-rootless" "moby/buildkit:v0.34.2" $rootless -}}
name: buildkit
image: {{ $template.image | default $defaultImage }}
imagePullPolicy: {{ $template.imagePullPolicy | default "IfNotPresent" }}
{{- with $template.command }}
command:
{{- toYaml . | nindent 0 }}
{{- end }}
args:
- --addr
- unix://{{ ternary "/run/user/1000/buildkit/buildkitd.sock" "/run/buildkit/buildkitd.sock" $rootless }}
- --addr
- tcp://0.0.0.0:{{ $port }}
{{- if $rootless }}
- --oci-worker-no-process-sandbox
{{- end }}
{{- if $observability.debugLogging }}
- --debug
{{- end }}
{{- with $observability.otlp }}
env:
- name: HOST_IP
  valueFrom:
    fieldRef:
      apiVersion: v1
      fieldPath: status.hostIP
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: http://$(HOST_IP):4317
- name: OTEL_SERVICE_NAME
  value: {{ .serviceName | quote }}
- name: OTEL_RESOURCE_ATTRIBUTES
  {{- $attributes := merge (dict "service.name" .serviceName) (.resourceAttributes | default dict) }}
  {{- $pairs := list }}
  {{- range $key, $value := $attributes }}
  {{- $pairs = append $pairs (printf "%s=%s" $key (urlquery $value)) }}
  {{- end }}
  value: {{ join "," $pairs | quote }}
{{- end }}
ports:
- name: tcp
  containerPort: {{ $port }}
  protocol: TCP
{{- with include "buildkits.resources" . }}
resources:
  {{- . | nindent 2 }}
{{- end }}
startupProbe:
  grpc:
    port: {{ $port }}
  periodSeconds: 2
  failureThreshold: 60
  timeoutSeconds: 3
readinessProbe:
  grpc:
    port: {{ $port }}
  periodSeconds: 15
  failureThreshold: 2
  timeoutSeconds: 3
livenessProbe:
  grpc:
    port: {{ $port }}
  periodSeconds: 30
  failureThreshold: 6
  timeoutSeconds: 3
{{- if ne (toString (dig "lifecycle" "preStopScript" true $template)) "false" }}
lifecycle:
  preStop:
    exec:
      command:
      - /bin/sh
      - -c
      - |
        {{- .root.Files.Get "drain.sh" | replace "HEX_PORT" (printf "%04X" $port) | replace "PORT" (toString $port) | nindent 8 }}
{{- end }}
securityContext:
{{- if $rootless }}
  runAsUser: 1000
  runAsGroup: 1000
  runAsNonRoot: true
  seccompProfile:
    type: Unconfined
  appArmorProfile:
    type: Unconfined
{{- else }}
  privileged: true
{{- end }}
volumeMounts:
- name: buildkitd
  mountPath: {{ ternary "/home/user/.local/share/buildkit" "/var/lib/buildkit" $rootless }}
{{- if $template.buildkitdToml }}
- name: config
  mountPath: {{ ternary "/home/user/.config/buildkit" "/etc/buildkit" $rootless }}
  readOnly: true
{{- end }}
{{- end }}

{{- define "buildkits.resources" -}}
{{- $own := .buildkit.resources | default dict -}}
{{- $resources := .template.resources | default dict -}}
{{- $default := $resources.default | default dict -}}
{{- with merge (dict) ($own.requests | default dict) ($default.requests | default dict) -}}
requests:
  {{- toYaml . | nindent 2 }}
{{ end -}}
{{- with merge (dict) ($own.limits | default dict) ($default.limits | default dict) ($resources.maximum | default dict) -}}
limits:
  {{- toYaml . | nindent 2 }}
{{- end -}}
{{- end }}

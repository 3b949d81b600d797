{{/* Appends to `found` of `report` what `schema` finds wrong with `value` at `path`; knows the keywords that our schemas use. */}}
{{- define "buildkit-controller.check" -}}
{{- $schema := .schema -}}
{{- $value := .value -}}
{{- $type := include "buildkit-controller.type" $value -}}
{{- $fits := or (not $schema.type) (eq $type (toString $schema.type)) -}}
{{- if and $fits $schema.enum -}}{{- $fits = has $value $schema.enum -}}{{- end -}}
{{- if and $fits $schema.pattern (eq $type "string") -}}{{- $fits = regexMatch $schema.pattern $value -}}{{- end -}}
{{- if and $fits (hasKey $schema "minimum") (eq $type "integer") -}}{{- $fits = ge (int64 $value) (int64 $schema.minimum) -}}{{- end -}}
{{- if not $fits -}}
{{- $wrong := printf "%s must be %s, got %s" .path (include "buildkit-controller.expected" $schema) (toRawJson $value) -}}
{{- $_ := set .report "found" (append .report.found $wrong) -}}
{{- else if eq $type "object" -}}
{{- include "buildkit-controller.checkObject" . -}}
{{- else if and (eq $type "array") $schema.items -}}
{{- range $at, $item := $value -}}
{{- include "buildkit-controller.check" (dict "path" (printf "%s[%d]" $.path $at) "value" $item "schema" $schema.items "report" $.report) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A key that is null counts as absent. */}}
{{- define "buildkit-controller.checkObject" -}}
{{- $properties := .schema.properties | default dict -}}
{{- $dot := empty .path | ternary "" (printf "%s." .path) -}}
{{- $others := .schema.additionalProperties -}}
{{- range $key, $value := .value -}}
{{- $schema := hasKey $properties $key | ternary (get $properties $key) $others -}}
{{- $path := printf "%s%s" $dot $key -}}
{{- if kindIs "invalid" $value -}}
{{- else if kindIs "map" $schema -}}
{{- include "buildkit-controller.check" (dict "path" $path "value" $value "schema" $schema "report" $.report) -}}
{{- else if and (kindIs "bool" $schema) (not $schema) -}}
{{- $known := keys $properties | sortAlpha -}}
{{- $meant := include "buildkit-controller.closest" (dict "name" $key "known" $known) -}}
{{- $hint := empty $meant | ternary (printf "; the values here are %s" (join ", " $known)) (printf "; did you mean %s%s?" $dot $meant) -}}
{{- $wrong := printf "%s is not a value of this chart, got %s%s" $path (toRawJson $value) $hint -}}
{{- $_ := set $.report "found" (append $.report.found $wrong) -}}
{{- end -}}
{{- end -}}
{{- range $key := .schema.required -}}
{{- if kindIs "invalid" (index $.value $key) -}}
{{- $wrong := printf "%s%s must be %s, got nothing" $dot $key (include "buildkit-controller.expected" (get $properties $key)) -}}
{{- $_ := set $.report "found" (append $.report.found $wrong) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "buildkit-controller.type" -}}
{{- if kindIs "map" . -}}object
{{- else if kindIs "slice" . -}}array
{{- else if kindIs "bool" . -}}boolean
{{- else if kindIs "invalid" . -}}null
{{- else if kindIs "string" . -}}string
{{- else if eq (float64 .) (floor .) -}}integer
{{- else -}}number
{{- end -}}
{{- end -}}

{{- define "buildkit-controller.expected" -}}
{{- $words := dict "object" "an object" "array" "a list" "boolean" "true or false" "string" "a string" "integer" "a whole number" -}}
{{- if index . "x-must-be" -}}
{{- index . "x-must-be" -}}
{{- else if .enum -}}
{{- $quoted := list -}}
{{- range .enum -}}{{- $quoted = append $quoted (toRawJson .) -}}{{- end -}}
one of {{ join ", " $quoted }}
{{- else -}}
{{- get $words .type -}}
{{- if hasKey . "minimum" }} of at least {{ .minimum }}{{ end -}}
{{- end -}}
{{- end -}}

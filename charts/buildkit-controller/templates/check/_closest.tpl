{{/* The one of `known` that `name` most likely means: more than half of it begins and ends the same. */}}
{{- define "buildkit-controller.closest" -}}
{{- $name := lower .name -}}
{{- $best := "" -}}
{{- $most := div (len $name) 2 -}}
{{- range $known := .known -}}
{{- $prefix := 0 -}}
{{- $suffix := 0 -}}
{{- range $length := untilStep 1 (int (add1 (min (len $name) (len $known)))) 1 -}}
{{- if hasPrefix (trunc $length $name) (lower $known) -}}{{- $prefix = $length -}}{{- end -}}
{{- if hasSuffix (trunc (int (mul -1 $length)) $name) (lower $known) -}}{{- $suffix = $length -}}{{- end -}}
{{- end -}}
{{- if gt (int (add $prefix $suffix)) (int $most) -}}
{{- $most = add $prefix $suffix -}}
{{- $best = $known -}}
{{- end -}}
{{- end -}}
{{- $best -}}
{{- end -}}

const HEAD = 'apiVersion: buildkit.seatgeek.io/v1alpha1\n'
const TEMPLATE = `${HEAD}kind: BuildkitTemplate\n`
const BUILDKIT = `${HEAD}kind: Buildkit\n`

/** Packages with mistakes of every kind; `«path»` stands before what each of them is about, `«object»` where that is no field. */
export const CORPUS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'fields, in block style and with comments that have tabs': {
    'a.yaml': `# a comment\twith a tab

---
${TEMPLATE}metadata:
  name: fields
spec: # \t what is missing is told of what encloses it
  «spec.rootles»rootles: true #\ttab
  observability: {«spec.observability.otlp.serviceName»otlp: {}}
  scheduling:
    tolerations:
    - key: a
      operator: Exists
    - key: b
      «spec.scheduling.tolerations[1].tolerationSeconds»tolerationSeconds: ten
    - «spec.scheduling.tolerations[2].kye»kye: c
`,
    'b.yaml': `${BUILDKIT}metadata: {name: b}
«spec.template»spec:
  # nothing that counts
  «spec.port»"port": 1
`,
  },
  'labels and annotations': {
    'a.yaml': `${TEMPLATE}metadata:
  name: keys
spec:
  podAnnotations:
    «spec.podAnnotations[buildkit.seatgeek.io/retirement]»'buildkit.seatgeek.io/retirement': engine
  podLabels:
    a: b
    «spec.podLabels[app.kubernetes.io/instance]»"app.kubernetes.io/instance": x
`,
    'b.yaml': `${TEMPLATE}metadata:
  name: ignoring
  annotations:
    example.com/a.b: fine
    «metadata.annotations[buildkit.seatgeek.io/ignore-rules]»buildkit.seatgeek.io/ignore-rules: BK601
`,
  },
  'flow style and JSON': {
    'a.yaml': `# flow
${TEMPLATE.trim()}
metadata: {name: flow}
spec: {scheduling: {tolerations: [{key: a, «spec.scheduling.tolerations[0].tolerationSeconds»tolerationSeconds: ten}]}, «spec.rootles»rootles: true}
`,
    'b.json': `{
  "apiVersion": "buildkit.seatgeek.io/v1alpha1", "kind": "Buildkit",
  "metadata": {"name": "json"},
  "spec": {"template": "flow",
\t"labels": {«spec.labels.number»"number": 1}}
}
`,
  },
  'anchors, aliases and merge keys': {
    'a.yaml': `${TEMPLATE}metadata:
  name: anchors
spec:
  podLabels: &labels
    «spec.podLabels.version; spec.podAnnotations.version»version: 1.10
  podAnnotations: *labels
`,
    'b.yaml': `${TEMPLATE}metadata:
  name: merged
spec:
  resources:
    default:
      limits: &limits
        cpu: 1
        «spec.resources.default.limits.memory; spec.resources.maximum.memory»memory: 8GB
    maximum:
      <<: *limits
`,
  },
  'documents of a file, and Lists in it': {
    'a.yaml': `${TEMPLATE}metadata: {name: small}
---
# the second

${BUILDKIT}metadata: {name: a}
spec:
  «spec.template»template: smal
...
---   # a List
apiVersion: v1
kind: List
items:
- ${BUILDKIT.trim().replaceAll('\n', '\n  ')}
  metadata: {name: listed}
  spec: {template: small}
- ${BUILDKIT.trim().replaceAll('\n', '\n  ')}
  metadata: {name: listed-too}
  spec:
    «spec.template»template: smal
`,
  },
  'whole objects, names and versions': {
    'a.yaml': `${TEMPLATE}metadata: {name: small}
---
${TEMPLATE}metadata: {«metadata.name»name: small}
---
«apiVersion»apiVersion: buildkit.seatgeek.io/v1
kind: Buildkit
metadata: {name: old}
---
${HEAD}«kind»kind: BuildKit
metadata: {name: odd}
`,
    'b.yaml': `# what cannot be read is told where it cannot
${BUILDKIT}metadata:
  name: b
spec:
  template: «object»small
    oops: 1
`,
  },
  'what rules find': {
    'a.yaml': `${TEMPLATE}metadata:
  name: small
spec:
  lifecycle:
    «spec.lifecycle.restartPolicy»restartPolicy: OnFailure
  resources:
    default:
      «spec.resources.default.claims»claims:
      - name: gpu
    maximum:
      cpu: 2
---
${BUILDKIT}metadata:
  name: a
spec:
  template: small
  resources:
    limits:
      «spec.resources.limits.cpu»cpu: "8"
`,
  },
  'what is not up to date': {
    'a.yaml': `${TEMPLATE}metadata:
  name: small
---
«object»${BUILDKIT}metadata:
  name: missing
spec:
  template: small
---
${BUILDKIT}metadata:
  name: stale
spec:
  «spec.podName»podName: stale-2222222222
  template: small
`,
    'b.yaml': `apiVersion: v1
kind: Pod
metadata:
  «metadata.name»name: stale-2222222222
  labels:
    buildkit.seatgeek.io/buildkit: stale
    buildkit.seatgeek.io/template: small
spec: {}
`,
    'kustomization.yaml': '# what lists files\n«resources; resources»resources: [a.yaml]\n',
  },
}

const HEAD = 'apiVersion: buildkit.seatgeek.io/v1alpha1\n'
const TEMPLATE = `${HEAD}kind: BuildkitTemplate\n`
const BUILDKIT = `${HEAD}kind: Buildkit\n`
const OTHERS = `# leading\tcomment\n${BUILDKIT}metadata: {name:   b}   # odd spaces\nspec: {template: small}\n--- # next\n`
const TRAILING = '---\nkind: ConfigMap # of somebody else\napiVersion: v1\nmetadata: { name: x }\ndata: {a:   0644}'

/** A file before and after it is corrected, beside other documents that stay as they are; the same twice where nothing can be done. */
type Correction = readonly [before: string, after: string]

function correction(before: string, after: string): Correction {
  return [`${OTHERS}${TEMPLATE}${before}${TRAILING}`, `${OTHERS}${TEMPLATE}${after}${TRAILING}`]
}

const small = 'metadata: {name: small}\n'

export const CORRECTIONS: Readonly<Record<string, Correction>> = {
  'a misspelt key': correction(
    `${small}spec:\n  rootles:   true  # as user\n`,
    `${small}spec:\n  rootless:   true  # as user\n`,
  ),
  'misspelt keys in quotes, in flow style and in a list': correction(
    `${small}spec:\n  'rootles': true\n  scheduling: {"tolerations": [ {"kye": a,  operator: Exists} ]}\n`,
    `${small}spec:\n  'rootless': true\n  scheduling: {"tolerations": [ {"key": a,  operator: Exists} ]}\n`,
  ),
  'a value in another case': correction(
    `${small}spec:\n  lifecycle: # quoted\n    {restartPolicy: 'ALWAYS' }\n`,
    `${small}spec:\n  lifecycle: # quoted\n    {restartPolicy: 'Always' }\n`,
  ),
  'numbers and booleans that are strings, as they were written': correction(
    `${small}spec:\n  podLabels:\n    version: 1.10 # not 1.1\n    mode: 0644\n    on-call: yes\n    big: 1_000\n`,
    `${small}spec:\n  podLabels:\n    version: "1.10" # not 1.1\n    mode: "0644"\n    on-call: "yes"\n    big: "1_000"\n`,
  ),
  'a limit above the maximum, a number or not': correction(
    `${small}spec:\n  resources:\n    default: {limits: {cpu: 8, memory: 2Gi}}\n    maximum: {cpu: 4, memory: 1Gi}\n`,
    `${small}spec:\n  resources:\n    default: {limits: {cpu: 4, memory: 1Gi}}\n    maximum: {cpu: 4, memory: 1Gi}\n`,
  ),
  'what has no effect, with its lines but not with the comments of what follows': correction(
    `${small}spec:\n  resources:\n    default:\n      # about claims\n      claims: # has no effect\n      - name: gpu\n\n      # about limits\n      limits: {cpu: 1}\n`,
    `${small}spec:\n  resources:\n    default:\n      # about claims\n\n      # about limits\n      limits: {cpu: 1}\n`,
  ),
  'what has no effect at the end, and in flow style': correction(
    `${small}spec:\n  port: 1234\n  resources:\n    default: {limits: {cpu: 1},   claims: [{name: gpu}]}\n`,
    `${small}spec:\n  port: 1234\n  resources:\n    default: {limits: {cpu: 1}}\n`,
  ),
  'what has no effect at the end in flow style, but not the comment above': correction(
    `${small}spec:\n  resources: {default: {\n    limits: {cpu: 1}, # kept\n    claims: [{name: gpu}] # kept\n    }}\n`,
    `${small}spec:\n  resources: {default: {\n    limits: {cpu: 1}, # kept\n     # kept\n    }}\n`,
  ),
  'what has no effect, with what would be empty without it': correction(
    `${small}spec:\n  resources:\n    default:\n      claims:\n      - name: gpu\n  port: 1234\n`,
    `${small}spec:\n  port: 1234\n`,
  ),
  'a mistake that another one hides': correction(
    `${small}spec:\n  lifecycl:\n    restartPolicy: always\n    preStopScrpt: true\n`,
    `${small}spec:\n  lifecycle:\n    restartPolicy: Always\n    preStopScript: true\n`,
  ),
  'settings that a field overrides': correction(
    `${small}spec:\n  tls: {secretName: a}\n  observability: {metrics: {}}\n  buildkitdToml: |\n    [grpc]\n      debugAddress = ":1" # old\n    [grpc.tls]\n      cert = "/a.crt"\n      # of the cert\n      key = "/a.key" # c\n      ca = "/ca.crt"\n    [log]\n      format = "json"\n`,
    `${small}spec:\n  tls: {secretName: a}\n  observability: {metrics: {}}\n  buildkitdToml: |\n    [grpc]\n    [grpc.tls]\n      # of the cert\n    [log]\n      format = "json"\n`,
  ),
  'registries and values that BuildKit reads otherwise, beside flags': correction(
    `${small}spec:\n  image: moby/buildkit:0.34.2 # c\n  command: [buildkitd-entrypoint, --debug]\n  buildkitdToml: |\n    [registry."https://index.docker.io/v1/"]\n    mirrors = ["r.io/v2/p", " m.io", "https://me:x@m.io/y"]\n    [dns]\n    nameservers = ["8.8.8.8:53"] # c\n`,
    `${small}spec:\n  image: moby/buildkit:v0.34.2 # c\n  command: [buildkitd-entrypoint, --debug]\n  buildkitdToml: |\n    [registry."docker.io"]\n    mirrors = ["r.io/p", "m.io", "m.io/y"]\n    [dns]\n    nameservers = ["8.8.8.8"] # c\n`,
  ),
  'objects in a List': [
    `apiVersion: v1\nkind: List\nitems:\n- ${TEMPLATE.trim().replaceAll('\n', '\n  ')}\n  metadata: {name: small}\n  spec: {rootles: true} # listed\n`,
    `apiVersion: v1\nkind: List\nitems:\n- ${TEMPLATE.trim().replaceAll('\n', '\n  ')}\n  metadata: {name: small}\n  spec: {rootless: true} # listed\n`,
  ],
  JSON: [
    '{"apiVersion": "buildkit.seatgeek.io/v1alpha1", "kind": "BuildkitTemplate",\n\t"metadata": {"name": "small", "labels": {"a": 1}},\n\t"spec": {"rootles": true, "lifecycle": {"restartPolicy": "never"}}}',
    '{"apiVersion": "buildkit.seatgeek.io/v1alpha1", "kind": "BuildkitTemplate",\n\t"metadata": {"name": "small", "labels": {"a": "1"}},\n\t"spec": {"rootless": true, "lifecycle": {"restartPolicy": "Always"}}}',
  ],
}

/** What is left as it is, because no edit is sure. */
export const LEFT: Readonly<Record<string, string>> = {
  'a key that is there too': `${TEMPLATE}${small}spec: {rootles: true, rootless: true}\n`,
  'keys that would become one': `${TEMPLATE}${small}spec:\n  rootles: true\n  rootlss: true\n`,
  'what an alias repeats': `${TEMPLATE}${small}spec:\n  podLabels: &a {b: 1}\n  podAnnotations: *a\n`,
  'a value with an anchor': `${TEMPLATE}${small}spec:\n  podLabels: {a: &a 1, b: *a}\n`,
  'a field that is meant to stand elsewhere': `${TEMPLATE}${small}spec:\n  tolerations: []\n`,
  'a value that says nothing': `${TEMPLATE}${small}spec: {port: lots}\n`,
  'what has no effect, whose key has a line of its own': `${TEMPLATE}${small}spec:\n  resources:\n    default:\n      ? claims\n      : - name: x\n      limits: {cpu: 1}\n`,
  'what has no effect, where an alias needs it': `${TEMPLATE}${small}spec:\n  command: [&a gpu]\n  resources:\n    default:\n      claims: [{name: &b x}]\n      limits: {cpu: 1}\n  podLabels: {a: *b}\n`,
  "an object of somebody else, as the level of a Namespace's Pod Security": `${TEMPLATE}metadata: {name: small, namespace: ci}\n---\n${BUILDKIT}metadata: {name: b, namespace: ci}\nspec: {template: small}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: ci, labels: {pod-security.kubernetes.io/enforce: baseline}}\n`,
}

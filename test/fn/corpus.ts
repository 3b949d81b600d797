/** Objects that rendering has nothing to do with, written in ways that lose something where a tool parses and writes them again. */
export const corpus: Readonly<Record<string, string>> = {
  'comments before, behind, between and after': `# head of the item
- # on the dash
  apiVersion: v1 # behind
  # between
  kind: ConfigMap

  metadata: {name: comments} # flow
  # foot
# foot at the dash
`,
  'anchors, aliases and merge keys': `- apiVersion: v1
  kind: ConfigMap
  metadata: &m
    name: anchors
    labels: &l {a: b}
  data:
    <<: *l
    again: *m
`,
  'scalars that readers disagree about': `- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: scalars
  data:
    octal: 0644
    time: 12:30
    exponent: 1e3
    float: 1.0
    big: 12345678901234567890
    none: ~
    empty:
    date: 2026-10-05
    instant: 2026-10-05T12:30:00Z
    yes: no
    on: off
    y: n
    hex: 0xFF
    binary: 0b101
    grouped: 1_000
    infinity: .inf
    tagged: !!str 012
`,
  'block scalars with every indicator': `- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: blocks
  data:
    literal: |
      - looks like an item
      apiVersion: v1

    strip: |-
      x
    keep: |+
      x


    folded: >
      a
      b

      c
    folded-strip: >-
      a
    folded-keep: >+
      a

    indented: |2
          deep
    trailing: |
      space 
`,
  'CRLF in one item': '- apiVersion: v1\r\n  kind: ConfigMap\r\n  metadata:\r\n    name: crlf\r\n',
  'emoji, U+2028 and U+0085': `- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: unicode
  data:
    emoji: 😀 👩‍👩‍👧
    separator: "a\u2028b"
    next-line: "a\u0085b"
    nbsp: "a\u00a0b"
`,
  'keys that look like numbers': `- apiVersion: v1
  kind: ConfigMap
  metadata: {name: keys}
  data:
    "10": a
    20: b
    1.5: c
    '0644': d
    ? complex
    : e
`,
  'flow style over several lines': `- {apiVersion: v1, kind: ConfigMap,
   metadata: {name: "flow",
    labels: {}},
   data: {a: [1, 2,
    3]}}
`,
  'JSON in YAML': `- {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "json"}, "data": {"a": "\\u2028"}}
`,
  'very long lines': `- apiVersion: v1
  kind: ConfigMap
  metadata: {name: long}
  data: {a: "${'x y'.repeat(50_000)}"}
`,
  'tabs where YAML allows them': '- apiVersion:\tv1\t# tab\n  kind: ConfigMap\t\n  metadata:\t{name: tabs}\n',
  'quotes of both kinds and quoted text over lines': `- apiVersion: "v1"
  'kind': 'ConfigMap'
  metadata:
    name: 'quotes'
  data:
    a: "one
      two"
    b: 'it''s'
    c: "- no item
      kind: Buildkit"
`,
  'one identity twice': `- apiVersion: v1
  kind: ConfigMap
  metadata: {name: twice}
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: twice}
`,
  'an object without a name': `- apiVersion: v1
  kind: ConfigMap
`,
  'things that are no objects': `- just text
- 1
-
- []
- {}
- null
- - nested
  - list
`,
  'a List': `- apiVersion: v1
  kind: List
  items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: {name: inner}
  -   apiVersion: v1
      kind: Secret
`,
  'a Pod of somebody else': `- apiVersion: v1
  kind: Pod
  metadata:
    name: other # not ours
  spec: {containers: [{name: a, image: b}]}
`,
  'other things that mention us': `- apiVersion: rbac.authorization.k8s.io/v1
  kind: Role
  metadata: {name: mentions}
  rules: [{apiGroups: [buildkit.seatgeek.io], resources: [buildkits], verbs: [get]}]
`,
  "an orchestrator's own annotations": `- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: annotated
    annotations:
      config.kubernetes.io/index: '0'
      config.kubernetes.io/path: a.yaml
      internal.config.kubernetes.io/seqindent: wide
      internal.config.kubernetes.io/unknown: x
`,
  'deep nesting': `- ${'['.repeat(3000)}${']'.repeat(3000)}
`,
}

/** A package as JSON, which no YAML tool wrote. */
export const asJson = `{"apiVersion":"config.kubernetes.io/v1","kind":"ResourceList","items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"a":"- x\\nb","c":"\\u2028","d":"yes"}},{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"n":"012","empty":"","e":"😀"}}]}`

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runFunction } from '../../fn/commands/run-function.ts'
import { inResourceList, piped } from './piped.ts'

const API_VERSION = 'buildkit.seatgeek.io/v1alpha1'
const REST = 'kind: Buildkit\nmetadata:\n  name: shop\nspec:\n  template: nope\n'
const KINDS = 'one of "Buildkit", "BuildkitTemplate", "RenderBuildkit"'
const MISSING =
  'error: Buildkit shop: spec.template: must name a BuildkitTemplate without a namespace, as this Buildkit, got "nope"; there is none'
const FOREIGN = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'

/** Buildkits without a template, each spelled in a way that YAML readers resolve, and the line of `spec.template`. */
const spellings: Readonly<Record<string, readonly [text: string, place: string]>> = {
  'with an escape of two digits': [`apiVersion: "\\x62uildkit.seatgeek.io/v1alpha1"\n${REST}`, '6:3'],
  'with an escape of four digits': [`apiVersion: "buildkit\\u002eseatgeek.io/v1alpha1"\n${REST}`, '6:3'],
  'with an escape of eight digits': [`apiVersion: "buildkit\\U0000002eseatgeek.io/v1alpha1"\n${REST}`, '6:3'],
  'with an escaped slash': [`apiVersion: "buildkit.seatgeek.io\\/v1alpha1"\n${REST}`, '6:3'],
  'over two lines': [`apiVersion: "buildkit.seat\\\n  geek.io/v1alpha1"\n${REST}`, '7:3'],
  'as a folded text': [`apiVersion: >-\n  ${API_VERSION}\n${REST}`, '7:3'],
  'with a tag': [`apiVersion: !!str ${API_VERSION}\n${REST}`, '6:3'],
  'in base64': [`apiVersion: !!binary ${btoa(API_VERSION)}\n${REST}`, '6:3'],
  'with an alias': [
    `apiVersion: &v ${API_VERSION}\n${REST.replace('name: shop', 'name: shop\n  annotations: {v: *v}')}`,
    '7:3',
  ],
  'with escapes in keys': [`"api\\u0056ersion": ${API_VERSION}\n${REST.replace('kind', '"k\\u0069nd"')}`, '6:3'],
  'with keys in quotes': [`"apiVersion": ${API_VERSION}\n${REST.replace('kind', "'kind'")}`, '6:3'],
  'with explicit keys': [`? apiVersion\n: ${API_VERSION}\n${REST}`, '7:3'],
  'in flow style': [
    `{apiVersion: ${API_VERSION}, kind: Buildkit, metadata: {name: shop}, spec: {template: nope}}\n`,
    '1:92',
  ],
  'in JSON': [
    `{"apiVersion": "${API_VERSION}", "kind": "Buildk\\u0069t", "metadata": {"name": "shop"}, "spec":\n{"template": "nope"}}`,
    '2:2',
  ],
  'behind the end of a document': [`${FOREIGN}... # end\napiVersion: ${API_VERSION}\n${REST}`, '10:3'],
  'behind a separator with a comment': [`${FOREIGN}---\t# next\napiVersion: ${API_VERSION}\n${REST}`, '10:3'],
  'behind a byte order mark': [`${FOREIGN}---\n\ufeffapiVersion: ${API_VERSION}\n${REST}`, '10:3'],
  'behind a byte order mark and a separator': [`${FOREIGN}\ufeff---\napiVersion: ${API_VERSION}\n${REST}`, '10:3'],
  'in lines that end as in Windows': [
    `${FOREIGN}---\napiVersion: ${API_VERSION}\n${REST}`.replaceAll('\n', '\r\n'),
    '10:3',
  ],
  'in a List in a List': [
    `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items:\n  - apiVersion: ${API_VERSION}\n    ${REST.trimEnd().replaceAll('\n', '\n    ')}\n`,
    '12:7',
  ],
  'in a List whose kind has an escape': [
    `apiVersion: v1\n"kind": "L\\u0069st"\nitems:\n- apiVersion: ${API_VERSION}\n  ${REST.trimEnd().replaceAll('\n', '\n  ')}\n`,
    '9:5',
  ],
  'in a BuildkitList': [
    `apiVersion: ${API_VERSION}\nkind: BuildkitList\nitems:\n- apiVersion: ${API_VERSION}\n  ${REST.trimEnd().replaceAll('\n', '\n  ')}\n`,
    '9:5',
  ],
}

for (const [name, [text, place]] of Object.entries(spellings)) {
  test(`a Buildkit ${name} is read`, async () => {
    assert.deepEqual(await piped(['build', '-'], text), { text: '', stderr: [`${place}: ${MISSING}`], exitCode: 1 })
  })
  if (text.startsWith('apiVersion: v1\r') || text.includes(FOREIGN)) continue
  test(`a Buildkit ${name} is not missed in a ResourceList`, () => {
    const { stderr, exitCode } = runFunction(inResourceList(text))
    assert.equal(exitCode, 1)
    assert.match(
      stderr.join('\n'),
      /spec\.template: must name|must not contain a Buildkit|must be one of .*got "BuildkitList"/,
    )
  })
}

const DISPUTED = 'in double quotes, because some YAML readers treat it as a line break'

/** What speaks of our group and is none of our objects, and what is said of it. */
const malformed: Readonly<Record<string, readonly [text: string, message: string]>> = {
  'no `metadata`': [
    `apiVersion: ${API_VERSION}\nkind: Buildkit\nspec: {}\n`,
    '1:1: error: metadata: must be an object with `name`, got nothing',
  ],
  'a name that is not indented': [
    `apiVersion: ${API_VERSION}\nkind: Buildkit\nmetadata:\nname: shop\nspec: {}\n`,
    '3:1: error: metadata: must be an object with `name`, got nothing; indent `name` below it',
  ],
  'a list as `metadata`': [
    `apiVersion: ${API_VERSION}\nkind: BuildkitTemplate\nmetadata: [a]\n`,
    '3:1: error: metadata: must be an object with `name`, got a list',
  ],
  'a text as `metadata`': [
    `apiVersion: ${API_VERSION}\nkind: BuildkitTemplate\nmetadata: shop\n`,
    '3:1: error: metadata: must be an object with `name`, got "shop"',
  ],
  'no `kind`': [
    `apiVersion: ${API_VERSION}\nmetadata: {name: shop}\n`,
    `1:1: error: kind: must be ${KINDS}, got nothing`,
  ],
  'a list as `kind`': [
    `apiVersion: ${API_VERSION}\nkind: [a]\nmetadata: {name: shop}\n`,
    `2:1: error: kind: must be ${KINDS}, got a list`,
  ],
  'a kind of other capitals': [
    `apiVersion: ${API_VERSION}\nkind: buildkit\nmetadata: {name: shop}\n`,
    `2:1: error: buildkit shop: kind: must be ${KINDS}, got "buildkit"; did you mean "Buildkit"?`,
  ],
  'no `apiVersion`': [REST, `1:1: error: apiVersion: must be "${API_VERSION}", got nothing`],
  'no version': [
    `apiVersion: buildkit.seatgeek.io\n${REST}`,
    `1:1: error: Buildkit shop: apiVersion: must be "${API_VERSION}", got "buildkit.seatgeek.io"`,
  ],
  'spaces around the group': [
    `apiVersion: " ${API_VERSION}"\n${REST}`,
    `1:1: error: Buildkit shop: apiVersion: must be "${API_VERSION}", got " ${API_VERSION}"`,
  ],
  'a misspelt group': [
    `apiVersion: BuildKit.seatgek.io/v1alpha1\n${REST}`,
    `1:1: error: Buildkit shop: apiVersion: must be "${API_VERSION}", got "BuildKit.seatgek.io/v1alpha1"`,
  ],
  'a key that stands twice': [
    `apiVersion: ${API_VERSION}\napiVersion: v1\n${REST}`,
    '2:1: error: is not valid YAML: Map keys must be unique',
  ],
  'a list of objects without a kind': [
    `- apiVersion: ${API_VERSION}\n  ${REST.trimEnd().replaceAll('\n', '\n  ')}\n`,
    '1:1: error: must be a Kubernetes object, but has no `apiVersion` and `kind`; leave the file out or move it away',
  ],
  'a mapping as the items of a List': [
    `apiVersion: v1\nkind: List\nitems:\n  a:\n    apiVersion: ${API_VERSION}\n    kind: Buildkit\n`,
    '3:1: error: items: must be a list of objects',
  ],
  'line breaks of old computers': [
    `apiVersion: ${API_VERSION}\n${REST}`.replaceAll('\n', '\r'),
    `1:42: error: must escape the character "\\u000d" ${DISPUTED}`,
  ],
  'a comment that ends where only other readers see it': [
    `# shop\u2028apiVersion: ${API_VERSION}\n${REST}`,
    `1:7: error: must escape the character "\\u2028" ${DISPUTED}`,
  ],
}

for (const [name, [text, line]] of Object.entries(malformed)) {
  test(`what speaks of our group is told, with its place: ${name}`, async () => {
    assert.deepEqual(await piped(['build', '-'], text), { text: '', stderr: [line], exitCode: 1 })
  })
  test(`in a ResourceList too: ${name}`, () => {
    assert.equal(runFunction(inResourceList(text)).exitCode, 1)
  })
}

test('what only mentions our group is none of ours', async () => {
  const others = [
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {buildkit.seatgeek.io/name: a}}\n',
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata:\n  b.yaml: |\n    apiVersion: ${API_VERSION}\n    kind: Buildkit\n    ---\n    x: "\n`,
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: c}\nrules: [{apiGroups: [buildkit.seatgeek.io]}]\n',
    'apiVersion: example.com/v1\nkind: Buildkit\nmetadata: [odd, but not ours]\n',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: d}\ndata: {d: "\\u002e buildkit"}\n',
  ]
  const text = others.join('---\n')
  const stderr = ['rendered 0 Pods from 0 Buildkits and 0 BuildkitTemplates']
  assert.deepEqual(await piped(['build', '-'], text), { text, stderr, exitCode: 0 })
  for (const one of others) assert.equal(runFunction(inResourceList(one)).stdout.join(''), inResourceList(one))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runFunction } from '../../fn/commands/run-function.ts'
import { inResourceList, piped } from './piped.ts'

const FOREIGN = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'
const BUILDKIT =
  'apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: Buildkit\nmetadata:\n  name: shop\nspec:\n  template: nope\n'
const MISSING =
  'error: Buildkit shop: spec.template: must name a BuildkitTemplate without a namespace, as this Buildkit, got "nope"; there is none'

test('every document that cannot be taken is told, and hides no other', async () => {
  const text = `${FOREIGN}data: [1, 2\n---\nreplicas: 3\n--- {a: b}\n---\n%YAML 1.2\n---\n${FOREIGN}data: "x\n---\n${BUILDKIT}`
  const { text: json, stderr, exitCode } = await piped(['check', '--output', 'json', '-'], text)
  const lines = [
    '4:7: error: ConfigMap a: is not valid YAML: has `[` without an end',
    '6:1: error: must be a Kubernetes object, but has no `apiVersion` and `kind`; leave the file out or move it away',
    '7:5: error: must not begin on the line of `---`, which kubectl, kpt and kustomize refuse; put a line break after `---`',
    '9:1: error: must have no directive such as `%YAML`, which kubectl, kpt and kustomize refuse; remove the line',
    '14:7: error: ConfigMap a: is not valid YAML: has `"` without an end',
    `21:3: ${MISSING}`,
  ]
  assert.deepEqual({ stderr, exitCode }, { stderr: lines, exitCode: 1 })
  const positions = JSON.parse(json).map(
    ({ position }: { readonly position: { readonly line: number; readonly column: number } }) =>
      `${position.line}:${position.column}`,
  )
  assert.deepEqual(positions, ['4:7', '6:1', '7:5', '9:1', '14:7', '21:3'])
})

test('a ResourceList that ends in the middle of something, or is not the only one, is an error with its place', () => {
  const list = inResourceList(FOREIGN)
  const cases: Readonly<Record<string, string>> = {
    [`${list}- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: b}\n  data: "x\n`]:
      'error: ConfigMap b: is not valid YAML: has `"` without an end at line 4, column 9',
    [`${list}functionConfig:\n  data: {a: "b\n`]:
      'must be a ResourceList, but is not valid YAML: has `{` without an end at line 8, column 9',
    [`${list}functionConfig: {data: [}\n`]:
      'must be a ResourceList, but is not valid YAML: has `{` without an end at line 7, column 17',
    [`${list}---\n${list}`]: 'must be one ResourceList, got another document after it at line 7, column 1',
    [`${list}...\n{"kind": "ResourceList"}\n`]:
      'must be one ResourceList, got another document after it at line 8, column 1',
  }
  const said = Object.keys(cases).map((input) => runFunction(input).stderr.join('\n'))
  assert.deepEqual(said, Object.values(cases))
})

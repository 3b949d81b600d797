import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contradiction } from '../../../fn/upstream/kubernetes/contradiction.ts'
import { resultsOf, rulesBrokenBy } from './rules-broken.ts'

const not = (operator: string, ...values: string[]) => ({ key: 'k', operator, values })

for (const [name, requirements, expected] of [
  ['one value', [not('In', 'a')], undefined],
  ['values in common', [not('In', 'a', 'b'), not('In', 'b', 'c')], undefined],
  ['no value in common', [not('In', 'a'), not('In', 'b')], 'no value of "k" meets all conditions (In "a", In "b")'],
  [
    'a value that is excluded',
    [not('In', 'a'), not('NotIn', 'a')],
    'no value of "k" meets all conditions (In "a", NotIn "a")',
  ],
  ['an excluded value among others', [not('In', 'a', 'b'), not('NotIn', 'a')], undefined],
  ['exclusion where there is no label', [not('DoesNotExist'), not('NotIn', 'a')], undefined],
  ['a label that is and is not', [not('DoesNotExist'), not('Exists')], '"k" must both exist and not exist'],
  ['a range', [not('Gt', '1'), not('Lt', '3')], undefined],
  ['an empty range', [not('Gt', '1'), not('Lt', '2')], '"k" cannot be greater than 1 and less than 2'],
  ['ranges that meet', [not('Gt', '1'), not('Gt', '7'), not('Lt', '9'), not('Lt', '20')], undefined],
  ['a number out of range', [not('In', '5'), not('Gt', '5')], 'no value of "k" meets all conditions (In "5", Gt "5")'],
  ['a bound that is no number', [not('Gt', '1.5')], '"k" is compared with "1.5", which is not a whole number'],
  ['a number in range', [not('In', '6'), not('Gt', '5')], undefined],
] as const) {
  test(`of conditions on nodes: ${name} ${expected ? 'is a contradiction' : 'may be'}`, () => {
    assert.equal(contradiction(requirements), expected)
  })
}

/** What is said of a template with this in `scheduling`, as lines of rule, field and message. */
function saidOf(scheduling: object, more: object = {}): readonly string[] {
  const manifest = JSON.stringify({ kind: 'BuildkitTemplate', spec: { scheduling, ...more } })
  return resultsOf(manifest).map(({ tags, field, message }) => `${tags?.rule} ${field?.path}: ${message}`)
}

const affinity = (...nodeSelectorTerms: object[]) => ({
  nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
})
const arch = (...values: string[]) => ({ matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'In', values }] })

test('one term that fits a node is enough', () => {
  const nodeSelector = { 'kubernetes.io/arch': 'amd64' }
  assert.deepEqual(saidOf({ nodeSelector, affinity: affinity(arch('arm64'), arch('amd64', 'arm64')) }), [])
})

test('a term without conditions matches no node', () => {
  const path = 'spec.scheduling.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms'
  const message = 'must match a node, together with `nodeSelector`; a term without conditions matches no node'
  assert.deepEqual(saidOf({ affinity: affinity({}) }), [`BK517 ${path}: ${message}`])
})

test('tolerations that differ in value, effect or time each have an effect', () => {
  const tolerations = [
    { key: 'a', operator: 'Exists', effect: 'NoSchedule' },
    { key: 'a', value: 'x', effect: 'NoExecute', tolerationSeconds: 60 },
    { key: 'a', value: 'x', effect: 'NoExecute', tolerationSeconds: 600 },
    { key: 'b', operator: 'Exists', effect: 'NoSchedule' },
  ]
  assert.deepEqual(saidOf({ tolerations }), [
    'BK513 spec.scheduling.tolerations[1]: has no effect, because tolerations[2] tolerates the same taints for as long; remove one of them',
  ])
})

test('of two equal tolerations the second has no effect', () => {
  const tolerations = [
    { key: 'a', operator: 'Exists' },
    { key: 'a', operator: 'Exists' },
  ]
  assert.deepEqual(saidOf({ tolerations }), [
    'BK513 spec.scheduling.tolerations[1]: has no effect, because tolerations[0] tolerates the same taints for as long; remove one of them',
  ])
})

test("a spread constraint may count builders by this project's own labels", () => {
  const spread = { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' }
  const selectors = [
    { matchLabels: { 'buildkit.seatgeek.io/template': 'example' } },
    { matchLabels: { 'buildkit.seatgeek.io/buildkit': 'example' } },
    { matchExpressions: [{ key: 'buildkit.seatgeek.io/buildkit', operator: 'Exists' }] },
    {},
  ]
  for (const labelSelector of selectors)
    assert.deepEqual(saidOf({ topologySpreadConstraints: [{ ...spread, labelSelector }] }), [])
})

test('a label key of `matchLabelKeys` may stand in the selector only where the Pods have no such label', () => {
  const constraint = {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    matchLabelKeys: ['team'],
    labelSelector: { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['x'] }] },
  }
  assert.deepEqual(saidOf({ topologySpreadConstraints: [constraint] }), [])
  assert.deepEqual(saidOf({ topologySpreadConstraints: [constraint] }, { podLabels: { team: 'core' } }), [
    'BK516 spec.scheduling.topologySpreadConstraints[0].matchLabelKeys[0]: must not be in `labelSelector` too, got "team"; remove it from one of them',
  ])
})

const ALL_BUILDERS = { matchLabels: { 'app.kubernetes.io/name': 'buildkit' } }
for (const [name, more, isSaid] of [
  ['of its namespace', {}, true],
  ['of all namespaces', { namespaceSelector: {} }, true],
  ['of namespaces, its own among them', { namespaces: ['ci', 'builders'] }, true],
  ['of its namespace by name', { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ci' } } }, true],
  ['of another namespace', { namespaces: ['web'] }, false],
  ['of namespaces with a label', { namespaceSelector: { matchLabels: { team: 'web' } } }, false],
  ['of other Buildkits', { mismatchLabelKeys: ['buildkit.seatgeek.io/buildkit'] }, false],
  ['that have another team', { mismatchLabelKeys: ['team'] }, true],
] as const)
  test(`keeping away from builders ${name} ${isSaid ? 'means' : 'does not mean'} the builder itself`, () => {
    const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: ALL_BUILDERS, ...more }
    const apart = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } }
    const template = {
      kind: 'BuildkitTemplate',
      metadata: { namespace: 'ci' },
      spec: { scheduling: { affinity: apart } },
    }
    const buildkit = { kind: 'Buildkit', metadata: { namespace: 'ci' } }
    const said = rulesBrokenBy([template, buildkit].map((object) => JSON.stringify(object)).join('\n---\n'))
    assert.deepEqual(said, isSaid ? ['BK520'] : [])
  })

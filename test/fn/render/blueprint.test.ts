import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Buildkit } from '../../../crds/buildkit.ts'
import { BuildkitTemplate } from '../../../crds/buildkit-template.ts'
import { validate } from '../../../crds/validate.ts'
import { type Blueprint, blueprints } from '../../../fn/render/blueprint.ts'

const apiVersion = 'buildkit.seatgeek.io/v1alpha1'

function blueprint(templateSpec: object, buildkitSpec: object = {}): Blueprint {
  return blueprintsOf(templateSpec, ['a'], buildkitSpec)[0] as Blueprint
}

/** Those of Buildkits with these names, of one template. */
function blueprintsOf(templateSpec: object, names: readonly string[], buildkitSpec: object = {}): readonly Blueprint[] {
  const template = validate(BuildkitTemplate, {
    apiVersion,
    kind: 'BuildkitTemplate',
    metadata: { name: 'small' },
    spec: templateSpec,
  })
  const make = blueprints()
  return names.map((name) => {
    const spec = { template: 'small', ...buildkitSpec }
    const buildkit = validate(Buildkit, { apiVersion, kind: 'Buildkit', metadata: { name }, spec })
    assert.ok('value' in template && 'value' in buildkit)
    return make(template.value, buildkit.value)
  })
}

test('labels and annotations of a template override those of a Buildkit, and both those of ours', () => {
  const { labels, annotations } = blueprint(
    { podLabels: { tier: 'template' }, podAnnotations: { note: 'template' }, buildkitdToml: 'debug = true\n' },
    {
      labels: { tier: 'buildkit', 'app.kubernetes.io/name': 'mine' },
      annotations: { note: 'buildkit', more: 'buildkit' },
    },
  )
  assert.deepEqual(
    { labels, annotations },
    {
      labels: { 'app.kubernetes.io/name': 'mine', 'buildkit.seatgeek.io/template': 'small', tier: 'template' },
      annotations: { 'buildkit.seatgeek.io/buildkitd.toml': 'debug = true\n', more: 'buildkit', note: 'template' },
    },
  )
})

const { hash } = blueprint({})
const sameHash: Readonly<Record<string, readonly [template: object, buildkit?: object]>> = {
  'annotations for engines': [{ podAnnotations: { 'argocd.argoproj.io/sync-wave': '1' } }],
  'defaults that are written out': [{ port: 1234, rootless: false, lifecycle: { preStopScript: true } }],
  'a podName': [{}, { podName: 'a-b' }],
  'empty maps': [{ podLabels: {}, scheduling: { nodeSelector: {} }, resources: { default: { limits: {} } } }],
}
const otherHash: Readonly<Record<string, readonly [template: object, buildkit?: object]>> = {
  'an annotation': [{ podAnnotations: { note: 'x' } }],
  'a label': [{}, { labels: { team: 'x' } }],
  'the configuration': [{ buildkitdToml: 'debug = true\n' }],
  'the port': [{ port: 1235 }],
  'a resource': [{}, { resources: { limits: { cpu: 1 } } }],
  'the image': [{ image: 'other' }],
}

for (const [name, args] of Object.entries(sameHash)) {
  test(`the hash does not cover ${name}`, () => {
    assert.equal(blueprint(...args).hash, hash)
  })
}
for (const [name, args] of Object.entries(otherHash)) {
  test(`the hash covers ${name}`, () => {
    assert.notEqual(blueprint(...args).hash, hash)
  })
}

test('the same quantity in other words has the same hash', () => {
  const hashes = [1, '1', '1000m', '1.0'].map((cpu) => blueprint({}, { resources: { limits: { cpu } } }).hash)
  assert.equal(new Set(hashes).size, 1)
})

test('Buildkits whose template names a label of each have a blueprint each', () => {
  const own = 'buildkit.seatgeek.io/buildkit'
  const labelSelector = { matchLabels: { team: 'ci' } }
  const spread = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector }
  const constraints = [{ ...spread, matchLabelKeys: [own] }]
  const specs = blueprintsOf({ scheduling: { topologySpreadConstraints: constraints } }, ['a', 'b']).map(
    ({ spec }) => spec,
  )
  const stored = (name: string) => [
    {
      ...spread,
      labelSelector: { ...labelSelector, matchExpressions: [{ key: own, operator: 'In', values: [name] }] },
    },
  ]
  assert.deepEqual(
    specs.map(({ topologySpreadConstraints }) => topologySpreadConstraints),
    [stored('a'), stored('b')],
  )
})

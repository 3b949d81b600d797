import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathText } from '../../../crds/issues/field-path.ts'
import { type Amount, type Resources, resourcesOf } from '../../../fn/render/resources.ts'

type Arguments = Parameters<typeof resourcesOf>

/** What a container has, and `field: from → to (where to comes from)` for what was lowered. */
interface Expected {
  readonly resources: Resources
  readonly caps: readonly string[]
}

const cases: Readonly<Record<string, readonly [Arguments[0], Arguments[1], Expected]>> = {
  'a template that says nothing leaves resources to the cluster': [{}, undefined, { resources: {}, caps: [] }],
  'a Buildkit gets the default of its template': [
    { default: { requests: { memory: '8Gi', cpu: '500m' }, limits: { memory: '8Gi' } } },
    undefined,
    { resources: { requests: { cpu: '500m', memory: '8Gi' }, limits: { memory: '8Gi' } }, caps: [] },
  ],
  "a Buildkit's own resources replace the default one by one": [
    { default: { requests: { memory: '8Gi', cpu: '500m' }, limits: { memory: '8Gi' } } },
    { requests: { cpu: 2 }, limits: { cpu: '4000m' } },
    { resources: { requests: { cpu: '2', memory: '8Gi' }, limits: { cpu: '4', memory: '8Gi' } }, caps: [] },
  ],
  'a limit that is missing is the maximum': [
    { maximum: { cpu: 8, memory: '16Gi' } },
    { limits: { memory: '1Gi' } },
    { resources: { limits: { cpu: '8', memory: '1Gi' } }, caps: [] },
  ],
  'limits are capped at the maximum and requests at limits': [
    { maximum: { cpu: 2, memory: '1G' } },
    { requests: { cpu: 3, memory: '1Gi' }, limits: { cpu: '2500m', memory: '1Gi' } },
    {
      resources: { requests: { cpu: '2', memory: '1G' }, limits: { cpu: '2', memory: '1G' } },
      caps: [
        'Buildkit spec.resources.limits.cpu: 2500m → 2 (BuildkitTemplate spec.resources.maximum.cpu)',
        'Buildkit spec.resources.limits.memory: 1Gi → 1G (BuildkitTemplate spec.resources.maximum.memory)',
        'Buildkit spec.resources.requests.cpu: 3 → 2 (BuildkitTemplate spec.resources.maximum.cpu)',
        'Buildkit spec.resources.requests.memory: 1Gi → 1G (BuildkitTemplate spec.resources.maximum.memory)',
      ],
    },
  ],
  'what equals the maximum in other words is no cap': [
    { maximum: { cpu: '1' } },
    { limits: { cpu: '1000m' } },
    { resources: { limits: { cpu: '1' } }, caps: [] },
  ],
}

for (const [name, [template, own, expected]] of Object.entries(cases)) {
  test(name, () => {
    const { resources, caps } = resourcesOf(template, own)
    const lowered = caps.map(({ from, to }) => `${fieldOf(from)}: ${from.text} → ${to.text} (${fieldOf(to)})`)
    assert.deepEqual({ resources, caps: lowered }, expected)
  })
}

function fieldOf({ field: { of, path } }: Amount): string {
  return `${of} ${pathText(path)}`
}

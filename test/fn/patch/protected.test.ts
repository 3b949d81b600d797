import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BuildkitTemplate } from '../../../crds/buildkit-template.ts'
import { validate } from '../../../crds/validate.ts'
import { isMapping } from '../../../fn/input/item.ts'
import { patchIssues } from '../../../fn/patch/issues.ts'
import { type Mapping, patched } from '../../../fn/patch/merge.ts'
import { podSpec } from '../../../fn/render/pod-spec.ts'
import { anyPatchOf } from './any-patch.ts'

const RUNS = { seed: 20_261_130, numRuns: 2000 }

/** What a patch may change of what a template makes. */
const FREE =
  /^(automountServiceAccountToken|enableServiceLinks|containers\[buildkit\]\.(startup|readiness|liveness)Probe\.(periodSeconds|failureThreshold|timeoutSeconds)|containers\[buildkit\]\.securityContext\.(seccompProfile|appArmorProfile).*)$/

const TEMPLATES: Readonly<Record<string, object>> = {
  plain: {},
  full: {
    rootless: true,
    hostUsers: false,
    buildkitdToml: 'debug = true',
    command: ['buildkitd'],
    serviceAccountName: 'builder',
    scheduling: {
      nodeSelector: { a: 'b' },
      tolerations: [{ key: 'a', operator: 'Exists' }],
      priorityClassName: 'builds',
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} },
      ],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }],
          },
        },
      },
    },
    lifecycle: { activeDeadlineSeconds: 1000 },
    observability: { otlp: { serviceName: 'a' } },
  },
  encrypted: {
    tls: { secretName: 'certificate' },
    observability: { otlp: { serviceName: 'a', endpoint: 'http://collector:4317' }, metrics: {} },
  },
}

function specOf(spec: object): Mapping {
  const template = {
    apiVersion: 'buildkit.seatgeek.io/v1alpha1',
    kind: 'BuildkitTemplate',
    metadata: { name: 'a' },
    spec,
  }
  const checked = validate(BuildkitTemplate, template)
  assert.ok('value' in checked)
  return podSpec(checked.value.spec, { resources: { requests: { cpu: '1' } }, labels: {} })
}

const KEYS = ['mountPath', 'containerPort', 'name']

/** What of `own` is not in `merged`, by path. */
function lost(own: unknown, merged: unknown, path: string): readonly string[] {
  if (FREE.test(path)) return []
  if (isMapping(own)) {
    const inside = (key: string) => (isMapping(merged) ? merged[key] : undefined)
    return Object.keys(own).flatMap((key) => lost(own[key], inside(key), path === '' ? key : `${path}.${key}`))
  }
  const mergeKey = Array.isArray(own)
    ? KEYS.find((one) => own.every((item) => isMapping(item) && one in item))
    : undefined
  if (mergeKey === undefined) return JSON.stringify(own) === JSON.stringify(merged) ? [] : [path]
  return (own as readonly Mapping[]).flatMap((item) => {
    const same = Array.isArray(merged) ? merged.filter((one) => one[mergeKey] === item[mergeKey]) : []
    return same.length > 1 ? [`${path}: two of ${item[mergeKey]}`] : lost(item, same[0], `${path}[${item[mergeKey]}]`)
  })
}

for (const [name, spec] of Object.entries(TEMPLATES))
  test(`a patch is refused, or leaves a ${name} builder what it needs`, () => {
    const own = specOf(spec)
    let accepted = 0
    for (const patch of fc.sample(anyPatchOf(own), RUNS)) {
      if (patchIssues(patch, [], { kind: 'BuildkitTemplate', own, podSpec: own }).length > 0) continue
      accepted++
      assert.deepEqual(lost(own, patched(own, patch), ''), [], JSON.stringify(patch, null, 1))
    }
    assert.ok(accepted > 100, `accepted only ${accepted}`)
  })

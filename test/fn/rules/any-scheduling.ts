import fc from 'fast-check'
import { labelKey, labelSelector, labels, labelValue, requirement } from './any-labels.ts'
import { mostly } from './mostly.ts'

const long = (length: number) => 'a'.repeat(length)

/** Left out now and then. */
function mostlySet<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 20, arbitrary }, { weight: 1, arbitrary: fc.constant(undefined) })
}

const fewKeys = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(labelKey, { maxLength: 1 }) },
)
const field = mostly<object>(
  [{ key: 'metadata.name', operator: 'In', values: ['node-1'] }],
  [
    { key: 'metadata.name', operator: 'In', values: ['a', 'b'] },
    { key: 'metadata.name', operator: 'Exists' },
    { key: 'metadata.name', operator: 'NotIn', values: ['Node'] },
    { key: 'spec.unschedulable', operator: 'In', values: ['false'] },
    { key: 'metadata.name', operator: 'In' },
  ],
)
const term = fc.record(
  { matchExpressions: fc.array(requirement(true), { maxLength: 2 }), matchFields: fc.array(field, { maxLength: 1 }) },
  { requiredKeys: [] },
)
const weight = mostly([1, 50, 100], [0, -1, 101])
const podAffinityTerm = fc.record(
  {
    labelSelector: mostlySet(labelSelector),
    namespaces: fc.array(mostly(['builders', 'a'], ['', 'A', 'a.b', long(63), long(64)]), { maxLength: 1 }),
    namespaceSelector: labelSelector,
    topologyKey: labelKey,
    matchLabelKeys: fewKeys,
    mismatchLabelKeys: fewKeys,
  },
  { requiredKeys: ['topologyKey', 'labelSelector'] },
)
const podAffinity = fc.record(
  {
    requiredDuringSchedulingIgnoredDuringExecution: fc.array(podAffinityTerm, { maxLength: 1 }),
    preferredDuringSchedulingIgnoredDuringExecution: fc.array(fc.record({ weight, podAffinityTerm }), { maxLength: 1 }),
  },
  { requiredKeys: [] },
)
const affinity = fc.record(
  {
    nodeAffinity: fc.record(
      {
        requiredDuringSchedulingIgnoredDuringExecution: fc.record({
          nodeSelectorTerms: fc.oneof(
            { weight: 20, arbitrary: fc.array(term, { minLength: 1, maxLength: 2 }) },
            { weight: 1, arbitrary: fc.constant([]) },
          ),
        }),
        preferredDuringSchedulingIgnoredDuringExecution: fc.array(fc.record({ weight, preference: term }), {
          maxLength: 2,
        }),
      },
      { requiredKeys: [] },
    ),
    podAffinity,
    podAntiAffinity: podAffinity,
  },
  { requiredKeys: [] },
)
const toleration = fc
  .record({
    key: labelKey,
    operator: mostly(['Equal', 'Exists', 'Exists', undefined], ['', 'In', 'Lt', 'Gt', 'exists']),
    value: labelValue,
    effect: mostly(['NoSchedule', 'NoExecute', 'PreferNoSchedule', undefined], ['', 'noexecute', 'All']),
    tolerationSeconds: mostly([undefined, 300], [0, -1, 1e15]),
    isOdd: mostly([false], [true]),
  })
  .map(({ isOdd, value, tolerationSeconds, ...rest }) => ({
    ...rest,
    ...((isOdd || !['Exists', 'exists'].includes(rest.operator ?? '')) && { value }),
    ...((isOdd || rest.effect === 'NoExecute') && { tolerationSeconds }),
  }))
const spread = fc
  .record(
    {
      maxSkew: mostly([1, 2], [0, -1]),
      topologyKey: labelKey,
      whenUnsatisfiable: mostly(['DoNotSchedule', 'ScheduleAnyway'], ['', 'Never']),
      labelSelector: mostlySet(labelSelector),
      minDomains: mostly([1, 3], [0, -1]),
      nodeAffinityPolicy: mostly(['Honor', 'Ignore'], ['', 'honor']),
      nodeTaintsPolicy: mostly(['Honor', 'Ignore'], ['', 'ignore']),
      matchLabelKeys: fewKeys,
      isOdd: mostly([false], [true]),
    },
    { requiredKeys: ['maxSkew', 'topologyKey', 'whenUnsatisfiable', 'isOdd', 'labelSelector'] },
  )
  .map(({ isOdd, minDomains, ...rest }) => ({
    ...rest,
    ...((isOdd || rest.whenUnsatisfiable === 'DoNotSchedule') && { minDomains }),
  }))

/** Where builders run. */
export const scheduling = fc.record(
  {
    nodeSelector: labels,
    tolerations: fc.array(toleration, { maxLength: 3 }),
    affinity,
    priorityClassName: mostly(['builds', 'system-cluster-critical'], ['', 'A', 'a b']),
    topologySpreadConstraints: fc.array(spread, { maxLength: 2 }),
  },
  { requiredKeys: [] },
)

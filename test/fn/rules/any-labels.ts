import fc from 'fast-check'
import { mostly } from './mostly.ts'

const long = (length: number) => 'a'.repeat(length)

/** Keys of labels, and some that are none. */
export const labelKey = mostly(
  ['example.com/team', 'team', 'kubernetes.io/arch', 'topology.kubernetes.io/zone', 'app.kubernetes.io/name', 'A_b.c'],
  [
    ...['', ' ', '-a', 'a/', '/a', 'a/b/c', 'A.com/x', 'é', 'x_', 'a b', 'a.b..c/d', 'a\n', 'constructor'],
    ...[long(63), long(64), `${long(253)}/x`, `${long(254)}/x`, `example.com/${long(64)}`],
    ...['beta.kubernetes.io/arch', 'failure-domain.beta.kubernetes.io/zone', 'node-role.kubernetes.io/master'],
  ],
)
/** Values of labels, and some that are none. */
export const labelValue = mostly(
  ['platform', 'arm64', 'amd64', 'a-b_c.d', '1', ''],
  ['a b', '-x', 'x-', 'ü', 'a\n', '_a', 'a/b', '+1', '-1', long(63), long(64)],
)

/** Some labels. */
export const labels = fc.dictionary(labelKey, labelValue, { maxKeys: 3 })

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist']
/** A condition on labels, mostly with as many values as the operator wants. */
export function requirement(ofNodes: boolean) {
  return fc
    .record({
      key: labelKey,
      operator: mostly(ofNodes ? [...operators, 'Gt', 'Lt'] : operators, ['Gt', 'Equals', '', 'in']),
      values: fc.array(labelValue, { minLength: 1, maxLength: 2 }),
      number: mostly(['1', '5', '-3'], ['1.5', 'x', '']),
      isOdd: mostly([false], [true]),
    })
    .map(({ key, operator, values, number, isOdd }) => {
      if (isOdd) return { key, operator, ...(values.length > 1 && { values }) }
      if (operator.endsWith('In')) return { key, operator, values }
      return operator === 'Gt' || operator === 'Lt' ? { key, operator, values: [number] } : { key, operator }
    })
}

/** Which objects are meant. */
export const labelSelector = fc.record(
  { matchLabels: labels, matchExpressions: fc.array(requirement(false), { maxLength: 2 }) },
  { requiredKeys: [] },
)

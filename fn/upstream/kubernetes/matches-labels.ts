import type * as z from 'zod/mini'
import type { LabelSelector as Schema } from '../../../crds/kubernetes/scheduling.ts'

export type LabelSelector = z.infer<typeof Schema>
type Requirement = NonNullable<LabelSelector['matchExpressions']>[number]
type Labels = Readonly<Record<string, string>>

/** Whether a label selector selects an object with these labels, as in Kubernetes: all of it must hold, and nothing always does. */
export function matchesLabels({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  const equal = Object.entries(matchLabels).every(([key, value]) => labelOf(labels, key) === value)
  return equal && matchExpressions.every((requirement) => meets(requirement, labels))
}

/** An object without the label meets `NotIn`; an operator that Kubernetes refuses is met by none. */
function meets({ key, operator, values = [] }: Requirement, labels: Labels): boolean {
  const value = labelOf(labels, key)
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

function labelOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined
}

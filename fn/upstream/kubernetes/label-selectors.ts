import type { FieldIssue, Path } from '../../../crds/validate.ts'
import { isLabelKey, LABEL_KEY, labelIssues } from './labels.ts'
import { type Requirement, requirementIssues } from './requirements.ts'

/** Which objects are meant, by their labels. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>> | undefined
  readonly matchExpressions?: readonly Requirement[] | undefined
}

/** What Kubernetes does not take in a label selector (apimachinery, pkg/apis/meta/v1/validation, ValidateLabelSelector). */
export function labelSelectorIssues(selector: LabelSelector | undefined, path: Path): readonly FieldIssue[] {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {}
  return [
    ...labelIssues(matchLabels, [...path, 'matchLabels']),
    ...matchExpressions.flatMap((one, at) => requirementIssues(one, [...path, 'matchExpressions', at])),
  ]
}

interface Keyed {
  readonly labelSelector?: LabelSelector | undefined
  readonly matchLabelKeys?: readonly string[] | undefined
  readonly mismatchLabelKeys?: readonly string[] | undefined
}

/** What Kubernetes does not take in `matchLabelKeys` and `mismatchLabelKeys` (ValidateMatchLabelKeysAndMismatchLabelKeys); `ofPods` are keys of labels. */
export function matchLabelKeysIssues(
  { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] }: Keyed,
  path: Path,
  ofPods: ReadonlySet<string>,
): readonly FieldIssue[] {
  const lists = Object.entries({ matchLabelKeys, mismatchLabelKeys }).filter(([, keys]) => keys.length > 0)
  if (lists.length === 0) return []
  if (!labelSelector) {
    const message = 'must be set together with a `labelSelector`, got none'
    return lists.map(([field]) => ({ path: [...path, field], message }))
  }
  const named = namedTwice(labelSelector, ofPods)
  return [
    ...lists.flatMap(([field, keys]) =>
      keys.flatMap((key, at) => {
        const message = `must be ${LABEL_KEY}, got "${key}"`
        return isLabelKey(key) ? [] : [{ path: [...path, field, at], message, currentValue: key }]
      }),
    ),
    ...matchLabelKeys.flatMap((key, at) => {
      const other = mismatchLabelKeys.includes(key) ? 'mismatchLabelKeys' : named.has(key) && 'labelSelector'
      const message = `must not be in \`${other}\` too, got "${key}"; remove it from one of them`
      return other ? [{ path: [...path, 'matchLabelKeys', at], message, currentValue: key }] : []
    }),
  ]
}

/**
 * Keys that the selector names once and that the API server adds again, as it does with those of `matchLabelKeys` that the Pod has,
 * before it looks for repetitions; and keys that the selector itself repeats.
 */
function namedTwice(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  ofPods: ReadonlySet<string>,
): Set<string> {
  const seen = new Set(Object.keys(matchLabels))
  const twice = new Set<string>()
  for (const { key } of matchExpressions) (seen.has(key) ? twice : seen).add(key)
  for (const key of seen) if (ofPods.has(key)) twice.add(key)
  return twice
}

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

import type { Path } from '../../../crds/validate.ts'
import type { Breach } from '../../rules/breaches/breach.ts'
import { isLabelKey, LABEL_KEY } from './is-label-key.ts'
import type { LabelSelector } from './label-selector-issues.ts'

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
): readonly Breach[] {
  const lists = Object.entries({ matchLabelKeys, mismatchLabelKeys }).filter(([, keys]) => keys.length > 0)
  if (lists.length === 0) return []
  if (!labelSelector) {
    const message = 'must stand beside a `labelSelector`, got none'
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
      const message = `must not stand in \`${other}\` too, got "${key}"; remove it from one of them`
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

import { isMapping } from '../input/item.ts'

type Labels = Readonly<Record<string, string>>
type Mapping = Readonly<Record<string, unknown>>

/**
 * A constraint on where Pods run as an API server stores it in a Pod with these labels, so that `kubectl apply` finds no difference: no
 * empty lists, and in selectors what `matchLabelKeys` and `mismatchLabelKeys` add to them (kubernetes v1.37.2, pkg/registry/core/pod/strategy.go).
 */
export function asStored<T>(constraint: T, labels: Labels): T {
  return stored(constraint, labels) as T
}

/** All keys of labels that `matchLabelKeys` and `mismatchLabelKeys` name anywhere in a constraint. */
export function labelKeysIn(constraint: unknown): readonly string[] {
  if (Array.isArray(constraint)) return constraint.flatMap(labelKeysIn)
  if (!isMapping(constraint)) return []
  const { matchLabelKeys = [], mismatchLabelKeys = [], ...rest } = constraint
  return [matchLabelKeys, mismatchLabelKeys, ...Object.values(rest).map(labelKeysIn)].flat() as string[]
}

function stored(value: unknown, labels: Labels): unknown {
  if (Array.isArray(value)) return value.map((one) => stored(one, labels))
  if (!isMapping(value)) return value
  const entries = Object.entries(withLabelsIn(value, labels)).map(([field, own]) => [
    field,
    field === 'matchLabels' ? own : stored(own, labels),
  ])
  return Object.fromEntries(entries.filter(([field, own]) => !isLeftOut(field as string, own)))
}

/** An empty selector is one of everything, but what is empty in it or beside it says nothing. */
function isLeftOut(field: string, value: unknown): boolean {
  return Array.isArray(value) || field === 'matchLabels' ? Object.keys(value as object).length === 0 : false
}

/** The server adds the labels that a Pod has; what it would refuse is left to it. */
function withLabelsIn(term: Mapping, labels: Labels): Mapping {
  const { labelSelector } = term
  if (!isMapping(labelSelector)) return term
  const { matchLabels = {}, matchExpressions = [] } = labelSelector as {
    readonly matchLabels?: Labels
    readonly matchExpressions?: readonly { readonly key: string }[]
  }
  const { matchLabelKeys = [], mismatchLabelKeys = [] } = term as Readonly<Record<string, readonly string[]>>
  const named = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key), ...mismatchLabelKeys]
  const isMatched = (key: string) => key in labels && !named.includes(key)
  const isMismatched = (key: string) => key in labels && !matchLabelKeys.includes(key)
  const added = [
    ...matchLabelKeys.filter(isMatched).map((key) => ({ key, operator: 'In', values: [labels[key]] })),
    ...mismatchLabelKeys.filter(isMismatched).map((key) => ({ key, operator: 'NotIn', values: [labels[key]] })),
  ]
  return {
    ...term,
    labelSelector: { ...labelSelector, matchExpressions: [...matchExpressions, ...added] },
    matchLabelKeys: matchLabelKeys.filter((key) => !isMatched(key)),
    mismatchLabelKeys: mismatchLabelKeys.filter((key) => !isMismatched(key)),
  }
}

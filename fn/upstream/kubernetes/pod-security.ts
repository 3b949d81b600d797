/** The label of a Namespace that refuses Pods; `warn` and `audit` refuse nothing. */
export const ENFORCE_LABEL = 'pod-security.kubernetes.io/enforce'

const LEVELS = ['privileged', 'baseline', 'restricted']

/** The level that a Namespace enforces: "restricted" if Kubernetes does not know the value, undefined if there is none. */
export function enforcedLevel(labels: Readonly<Record<string, unknown>>): string | undefined {
  const level = labels[ENFORCE_LABEL]
  if (level === undefined) return undefined
  return LEVELS.find((one) => one === level) ?? 'restricted'
}

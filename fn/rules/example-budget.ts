/** A PodDisruptionBudget of somebody's own for the builders of an example; `metadata` is that of the example if left out. */
export function budgetOf(spec: object, metadata?: object): object {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    ...(metadata && { metadata }),
    spec: { ...spec, selector: { matchLabels: { 'buildkit.seatgeek.io/template': 'example' } } },
  }
}

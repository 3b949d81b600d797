const TEMPLATE = { 'buildkit.seatgeek.io/template': 'example' }
const OURS = { matchLabels: TEMPLATE }
const BY_EXPRESSION = {
  matchExpressions: [{ key: 'buildkit.seatgeek.io/template', operator: 'In', values: ['example'] }],
}
/** What the API server does when a Pod is to be evicted; it refuses where it does not know which budget to ask. */
export const [EVICTED, KEPT, REFUSED] = ['evicted', 'kept', 'refused'] as const

export interface BudgetCase {
  /** The Buildkits, by how many Pods each has. */
  readonly replicas: readonly number[]
  /** PodDisruptionBudgets that somebody has written; those that rendering makes come beside them. */
  readonly budgets: readonly object[]
  /** How many of the Pods are not ready; the others come first. */
  readonly unready?: number
  /** The rules that say so. */
  readonly rules: readonly string[]
  /** What the API server answers when all Pods are evicted one after the other, from the first to the last. */
  readonly evictions: readonly (typeof EVICTED | typeof KEPT | typeof REFUSED)[]
}

const budget = (spec: object, selector: object | null = OURS) => ({ ...spec, selector })

export const BUDGET_CASES: Readonly<Record<string, BudgetCase>> = {
  'maxUnavailable keeps every Pod': {
    replicas: [1, 1, 1],
    budgets: [budget({ maxUnavailable: 1 })],
    rules: ['BK715'],
    evictions: [KEPT, KEPT, KEPT],
  },
  'maxUnavailable of all Pods keeps them, too': {
    replicas: [1, 1],
    budgets: [budget({ maxUnavailable: '100%' })],
    rules: ['BK715'],
    evictions: [KEPT, KEPT],
  },
  'a percentage as minAvailable keeps every Pod': {
    replicas: [1, 1, 1],
    budgets: [budget({ minAvailable: '50%' })],
    rules: ['BK715'],
    evictions: [KEPT, KEPT, KEPT],
  },
  'a budget without an amount keeps every Pod': {
    replicas: [1, 1],
    budgets: [budget({})],
    rules: ['BK715'],
    evictions: [KEPT, KEPT],
  },
  'minAvailable counts Pods': {
    replicas: [1, 1, 1],
    budgets: [budget({ minAvailable: 1 })],
    rules: [],
    evictions: [EVICTED, EVICTED, KEPT],
  },
  'minAvailable counts Pods that an expression or nothing but the namespace selects': {
    replicas: [1, 1, 1],
    budgets: [budget({ minAvailable: 2 }, BY_EXPRESSION)],
    rules: [],
    evictions: [EVICTED, KEPT, KEPT],
  },
  'an empty selector selects every Pod': {
    replicas: [1, 1],
    budgets: [budget({ minAvailable: 2 }, {})],
    rules: ['BK716'],
    evictions: [KEPT, KEPT],
  },
  'a budget without a selector selects none': {
    replicas: [1],
    budgets: [budget({ minAvailable: 1 }, null)],
    rules: [],
    evictions: [EVICTED],
  },
  'as many as there are keeps every Pod': {
    replicas: [1, 1],
    budgets: [budget({ minAvailable: 2 })],
    rules: ['BK716'],
    evictions: [KEPT, KEPT],
  },
  'one of one keeps it': { replicas: [1], budgets: [budget({ minAvailable: 1 })], rules: ['BK716'], evictions: [KEPT] },
  'none of one lets it go': {
    replicas: [1],
    budgets: [budget({ minAvailable: 0 })],
    rules: [],
    evictions: [EVICTED],
  },
  'no Pod that two budgets select can be evicted': {
    replicas: [1, 1],
    budgets: [budget({ minAvailable: 0 }), budget({ minAvailable: 1 })],
    rules: ['BK717'],
    evictions: [REFUSED, REFUSED],
  },
  'the rendered budget is one of the two': {
    replicas: [3],
    budgets: [budget({ minAvailable: 1 })],
    rules: ['BK717'],
    evictions: [REFUSED, REFUSED, REFUSED],
  },
  'the rendered budget lets one Pod go': {
    replicas: [3],
    budgets: [],
    rules: [],
    evictions: [EVICTED, KEPT, KEPT],
  },
  'the rendered budget lets a Pod go that is not ready, and keeps the others meanwhile': {
    replicas: [3],
    budgets: [],
    unready: 1,
    rules: [],
    evictions: [KEPT, KEPT, EVICTED],
  },
}

import { BUILDKIT_LABEL } from '../../../crds/names.ts'
import { MISSING_IMAGE } from '../../harness/engines/kubelet.ts'
import type { Builders } from '../claims/package-of.ts'
import type { Counts } from './evictions.ts'

const image = 'moby/buildkit:v0.34.2'
const ofTeam = { image, podLabels: { team: 'ci' } }

/** Three that serve, one that runs and is not ready, and one that has never started; each has one Pod. */
export const BUILDERS = {
  a: ofTeam,
  b: ofTeam,
  c: ofTeam,
  unready: { image },
  starting: { image: MISSING_IMAGE },
} satisfies Builders
export type Name = keyof typeof BUILDERS

/** PodDisruptionBudgets that somebody has written, and what follows. */
export interface Case {
  /** The `spec` of each. */
  readonly budgets: readonly object[]
  /** The rules about them that they break. */
  readonly broken: readonly string[]
  /** What the status of each says. */
  readonly counts: readonly Counts[]
  /** The answer to an eviction of each builder, where it is not allowed. */
  readonly refused: Partial<Readonly<Record<Name, string>>>
}

const only = (...values: readonly Name[]) => selecting({ key: BUILDKIT_LABEL, operator: 'In', values })
const allBut = (...values: readonly Name[]) => selecting({ key: BUILDKIT_LABEL, operator: 'NotIn', values })
const selecting = (requirement: object) => ({ selector: { matchExpressions: [requirement] } })
const TEAM = { selector: { matchLabels: { team: 'ci' } } }
const ALL = { selector: {} }

const ALWAYS = { unhealthyPodEvictionPolicy: 'AlwaysAllow' }
const IF_HEALTHY = { unhealthyPodEvictionPolicy: 'IfHealthyBudget' }

export const needs = (needed: number, has: number) => `429 needs ${needed} healthy pods and has ${has} currently`
export const UNCOUNTED = '429 does not allow evicting pods currently'
export const TWICE =
  '500 This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.'

/** A budget that counts by controllers. */
function uncounted(spec: object): Case {
  const budgets = [{ ...spec, ...only('a') }]
  return { budgets, broken: ['BK715'], counts: [[0, 0, 1, 0]], refused: { a: UNCOUNTED } }
}

/** A budget of the builder that runs and is not ready, under which it cannot be evicted unless that is always allowed. */
function ofUnready(spec: object, broken: readonly string[], [expected, needed]: readonly [number, number]) {
  const of = (policy: object, refused: Case['refused']): Case => {
    const budgets = [{ ...spec, ...policy, ...only('unready') }]
    return { budgets, broken, counts: [[0, expected, 0, needed]], refused }
  }
  const words = `${JSON.stringify(spec)} of a Pod that is not ready`
  return {
    [words]: of({}, { unready: needs(needed, 0) }),
    [`${words}, IfHealthyBudget`]: of(IF_HEALTHY, { unready: needs(needed, 0) }),
    [`${words}, AlwaysAllow`]: of(ALWAYS, {}),
  }
}

const SERVING = [needs(2, 2), needs(3, 3)] as const

/** By the budgets in words. */
export const CASES: Readonly<Record<string, Case>> = {
  'an integer maxUnavailable': uncounted({ maxUnavailable: 1 }),
  'a maxUnavailable of 0': uncounted({ maxUnavailable: 0 }),
  'a maxUnavailable in percent': uncounted({ maxUnavailable: '50%' }),
  'a minAvailable in percent': uncounted({ minAvailable: '50%' }),
  'a minAvailable of 0%': uncounted({ minAvailable: '0%' }),
  'neither of both': uncounted({}),

  'minAvailable of the only Pod': {
    budgets: [{ minAvailable: 1, maxUnavailable: null, ...only('a') }],
    broken: ['BK716'],
    counts: [[0, 1, 1, 1]],
    refused: { a: needs(1, 1) },
  },
  'minAvailable of one of three Pods': {
    budgets: [{ minAvailable: 1, ...only('a', 'b', 'c') }],
    broken: [],
    counts: [[2, 3, 3, 1]],
    refused: {},
  },
  'minAvailable of all three Pods, by a label of the user': {
    budgets: [{ minAvailable: 3, ...TEAM }],
    broken: ['BK716'],
    counts: [[0, 3, 3, 3]],
    refused: { a: SERVING[1], b: SERVING[1], c: SERVING[1] },
  },
  'a minAvailable of 0': {
    budgets: [{ minAvailable: 0, ...only('a') }],
    broken: [],
    counts: [[1, 1, 1, 0]],
    refused: {},
  },

  'an empty selector': {
    budgets: [{ minAvailable: 5, ...ALL }],
    broken: ['BK716'],
    counts: [[0, 5, 3, 5]],
    refused: { a: needs(5, 3), b: needs(5, 3), c: needs(5, 3), unready: needs(5, 3) },
  },
  'a selector whose fields are null': {
    budgets: [{ minAvailable: 5, selector: { matchLabels: null, matchExpressions: null } }],
    broken: ['BK716'],
    counts: [[0, 5, 3, 5]],
    refused: { a: needs(5, 3), b: needs(5, 3), c: needs(5, 3), unready: needs(5, 3) },
  },
  'a requirement whose values are null': {
    budgets: [{ minAvailable: 5, ...selecting({ key: BUILDKIT_LABEL, operator: 'Exists', values: null }) }],
    broken: ['BK716'],
    counts: [[0, 5, 3, 5]],
    refused: { a: needs(5, 3), b: needs(5, 3), c: needs(5, 3), unready: needs(5, 3) },
  },
  'a selector that is null': {
    budgets: [{ minAvailable: 1, selector: null }],
    broken: [],
    counts: [[0, 0, 0, 1]],
    refused: {},
  },
  'no selector': { budgets: [{ minAvailable: 1 }], broken: [], counts: [[0, 0, 0, 1]], refused: {} },
  'a selector that matches nothing': {
    budgets: [{ maxUnavailable: 1, selector: { matchLabels: { [BUILDKIT_LABEL]: 'shopp' } } }],
    broken: [],
    counts: [[0, 0, 0, 0]],
    refused: {},
  },
  'a selector of all but some': {
    budgets: [{ minAvailable: 2, ...allBut('a', 'unready', 'starting') }],
    broken: ['BK716'],
    counts: [[0, 2, 2, 2]],
    refused: { b: SERVING[0], c: SERVING[0] },
  },

  ...ofUnready({ minAvailable: 0 }, [], [1, 0]),
  ...ofUnready({ minAvailable: 1 }, ['BK716'], [1, 1]),
  ...ofUnready({ maxUnavailable: 1 }, ['BK715'], [0, 0]),
  'minAvailable of two Pods, of which one is not ready': {
    budgets: [{ minAvailable: 1, ...only('a', 'unready') }],
    broken: [],
    counts: [[0, 2, 1, 1]],
    refused: { a: needs(1, 1) },
  },
  'a Pod that has never started': {
    budgets: [{ maxUnavailable: 1, ...only('starting') }],
    broken: ['BK715'],
    counts: [[0, 0, 0, 0]],
    refused: {},
  },

  'two budgets that select a Pod': {
    budgets: [
      { minAvailable: 0, ...only('a', 'unready') },
      { minAvailable: 1, ...allBut('b') },
    ],
    broken: ['BK717'],
    counts: [
      [1, 2, 1, 0],
      [1, 4, 2, 1],
    ],
    refused: { a: TWICE, unready: TWICE },
  },
  'two budgets that select a Pod each': {
    budgets: [
      { minAvailable: 0, ...only('a') },
      { minAvailable: 0, ...only('b') },
    ],
    broken: [],
    counts: [
      [1, 1, 1, 0],
      [1, 1, 1, 0],
    ],
    refused: {},
  },
}

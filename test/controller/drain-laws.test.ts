import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { restart, watch } from './laws/controller.ts'
import { applyBuildkit, applyPods, heal, podNameOf, REPLICAS, REVISIONS, scale } from './laws/engine.ts'
import { doToPod, terminate } from './laws/kubelet.ts'
import { holdAtRest } from './laws/rest.ts'
import { pass } from './laws/time.ts'
import { createWorld, type World } from './laws/world.ts'

const numRuns = Number(process.env.LAWS_RUNS ?? 1000)

/** What people and machines do on purpose: nothing crashes, and no node is lost. */
type Happening =
  | { readonly what: 'roll'; readonly revision: number; readonly seconds: number }
  | { readonly what: 'evict'; readonly nth: number }
  | { readonly what: 'ready'; readonly nth: number }
  | { readonly what: 'scale'; readonly replicas: number }
  | { readonly what: 'wait'; readonly seconds: number }
  | { readonly what: 'heal' | 'restart' }

const nth = fc.nat({ max: 11 })
const seconds = fc.constantFrom(1, 5, 29, 31, 60, 300, 901)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ what: fc.constant('roll'), revision: fc.nat({ max: REVISIONS - 1 }), seconds: fc.nat({ max: 60 }) }),
  { weight: 3, arbitrary: fc.record({ what: fc.constant('evict'), nth }) },
  { weight: 6, arbitrary: fc.record({ what: fc.constant('ready'), nth }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('wait'), seconds }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('heal') }) },
  fc.record({ what: fc.constant('scale'), replicas: fc.integer({ min: 2, max: REPLICAS }) }),
  fc.record({ what: fc.constant('restart') }),
)
const setting = fc.record({
  skew: fc.constantFrom(0, 700, -90_000, 600_000),
  nodeSkew: fc.constantFrom(0, 90_000),
  followers: fc.subarray(Array.from({ length: REVISIONS }, (_, revision) => podNameOf(revision))),
  isExclusive: fc.boolean(),
  replicas: fc.integer({ min: 2, max: REPLICAS }),
})
type Setting = typeof setting extends fc.Arbitrary<infer S> ? S : never

/** Git has named the third Pod for less than a second, before a new process; for the PodDisruptionBudget, it counts. */
const NAMED_FOR_A_MOMENT: [Setting, Happening[]] = [
  { skew: 0, nodeSkew: 0, followers: [], isExclusive: false, replicas: 2 },
  [
    { what: 'evict', nth: 0 },
    { what: 'scale', replicas: 3 },
    { what: 'scale', replicas: 2 },
    { what: 'restart' },
    { what: 'ready', nth: 0 },
    { what: 'evict', nth: 0 },
  ],
]

test('with several Pods and disruptions that a PodDisruptionBudget allows, the endpoint is never empty', () => {
  const property = fc.property(
    setting,
    fc.array(happening, { minLength: 1, maxLength: 40 }),
    (settings, happenings) => {
      const world = createWorld({ ...settings, followers: new Set(settings.followers) })
      serveAll(world)
      for (const one of happenings) {
        act(world, one)
        if (world.controller.isUp) watch(world)
        pass(world, 0.3)
        holdForEndpoint(world)
      }
      holdAtRest(world)
    },
  )
  fc.assert(property, { numRuns, examples: [NAMED_FOR_A_MOMENT] })
})

function serveAll(world: World): void {
  roll(world, 0, 0)
  for (const { name } of world.pods.values()) doToPod(world, name, 'ready')
  watch(world)
  pass(world, 60)
}

function roll(world: World, revision: number, gap: number): void {
  applyPods(world, revision)
  watch(world)
  pass(world, gap)
  applyBuildkit(world, revision)
}

function act(world: World, one: Happening): void {
  if (one.what === 'roll') roll(world, one.revision, one.seconds)
  else if (one.what === 'evict') evict(world, one.nth)
  else if (one.what === 'ready') makeReady(world, one.nth)
  else if (one.what === 'scale') scale(world, one.replicas)
  else if (one.what === 'wait') pass(world, one.seconds)
  else if (one.what === 'heal') heal(world)
  else restart(world)
}

/** As the eviction API: only where enough ready Pods stay for the PodDisruptionBudget, which counts those of all generations. */
function evict(world: World, which: number): void {
  const ready = [...world.pods.values()].filter(isUp)
  const pod = ready[which % ready.length]
  if (pod && ready.length - 1 >= world.replicas - 1) terminate(world, pod)
}

function makeReady({ pods, ...world }: World, which: number): void {
  const starting = [...pods.values()].filter(
    ({ isReady, deletionDeadline }) => !isReady && deletionDeadline === undefined,
  )
  const pod = starting[which % starting.length]
  if (pod) doToPod({ pods, ...world }, pod.name, 'ready')
}

function holdForEndpoint({ buildkit, pods }: World): void {
  const { endpoint, endpoints = [] } = buildkit?.status ?? {}
  const serving = [...pods.values()].filter(isUp)
  const listed = endpoints.map(({ address }) => serving.some((pod) => pod.address === address))
  assert.ok(endpoints.length > 0 && listed.every(Boolean), 'every endpoint that clients know serves')
  assert.ok(
    endpoints.some(({ address }) => address === endpoint),
    'clients of one address have one that serves',
  )
}

function isUp({
  isReady,
  deletionDeadline,
}: {
  readonly isReady: boolean
  readonly deletionDeadline?: number
}): boolean {
  return isReady && deletionDeadline === undefined
}

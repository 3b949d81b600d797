import fc from 'fast-check'
import { restart, watch } from './controller.ts'
import {
  annotatePod,
  applyBuildkit,
  applyOperatorsPod,
  applyPods,
  applyRenamedPod,
  certifyPod,
  deleteBuildkit,
  heal,
  intrude,
  podNameOf,
  REPLICAS,
  REVISIONS,
  scale,
  suspendBuildkit,
  touchBuildkit,
} from './engine.ts'
import { DOINGS, type Doing, doToPod } from './kubelet.ts'
import { pass } from './time.ts'
import type { Trouble, World } from './world.ts'

const HOUR_SECONDS = 3600
const HOUR = HOUR_SECONDS * 1000

/** Something that happens in a cluster. */
export type Event =
  | { readonly what: 'pod' | 'buildkit' | 'annotate' | 'certify'; readonly revision: number }
  | { readonly what: 'roll'; readonly revision: number; readonly seconds: number }
  | { readonly what: 'kubelet'; readonly revision: number; readonly replica: number; readonly doing: Doing }
  | { readonly what: 'scale'; readonly replicas: number }
  | { readonly what: 'wait'; readonly seconds: number }
  | { readonly what: 'touch' | 'delete' | 'heal' | 'rename' | 'adopt' | 'stop' | 'restart' }
  | { readonly what: 'intrude'; readonly isOfReplicaSet: boolean }
  | { readonly what: 'suspend'; readonly label: string | undefined }
  | { readonly what: 'clock'; readonly jump: number }
  | { readonly what: 'trouble'; readonly which: keyof Trouble }

export type What = Event['what']

const revision = fc.nat({ max: REVISIONS - 1 })
const replica = fc.nat({ max: REPLICAS - 1 })
const TROUBLES: readonly (keyof Trouble)[] = ['podsLag', 'buildkitsLag', 'writesFail', 'deletionsAreRefused']
const doing = fc.oneof({ weight: 2, arbitrary: fc.constant('ready' as const) }, fc.constantFrom(...DOINGS))

type Choices = {
  readonly [W in What]: { readonly weight: number; readonly arbitrary: fc.Arbitrary<Omit<Event, 'what'>> }
}

/** How often what happens, and with which particulars. */
const CHOICES: Choices = {
  pod: { weight: 1, arbitrary: fc.record({ revision }) },
  buildkit: { weight: 1, arbitrary: fc.record({ revision }) },
  annotate: { weight: 1, arbitrary: fc.record({ revision }) },
  certify: { weight: 1, arbitrary: fc.record({ revision }) },
  roll: { weight: 4, arbitrary: fc.record({ revision, seconds: fc.nat({ max: 60 }) }) },
  kubelet: { weight: 6, arbitrary: fc.record({ revision, replica, doing }) },
  scale: { weight: 1, arbitrary: fc.record({ replicas: fc.integer({ min: 1, max: REPLICAS }) }) },
  wait: { weight: 4, arbitrary: fc.record({ seconds: seconds() }) },
  touch: { weight: 1, arbitrary: fc.constant({}) },
  delete: { weight: 1, arbitrary: fc.constant({}) },
  heal: { weight: 1, arbitrary: fc.constant({}) },
  adopt: { weight: 1, arbitrary: fc.constant({}) },
  rename: { weight: 1, arbitrary: fc.constant({}) },
  intrude: { weight: 1, arbitrary: fc.record({ isOfReplicaSet: fc.boolean() }) },
  suspend: { weight: 1, arbitrary: fc.record({ label: fc.constantFrom('true', 'true', 'True', undefined) }) },
  clock: { weight: 1, arbitrary: fc.record({ jump: fc.constantFrom(-HOUR, -60_000, 0, 60_000, HOUR) }) },
  stop: { weight: 1, arbitrary: fc.constant({}) },
  restart: { weight: 1, arbitrary: fc.constant({}) },
  trouble: { weight: 2, arbitrary: fc.record({ which: fc.constantFrom(...TROUBLES) }) },
}

export const EVERYTHING = Object.keys(CHOICES) as readonly What[]

/** Any event of these kinds. */
export function eventOf(kinds: readonly What[]): fc.Arbitrary<Event> {
  const choices = kinds.map((what) => {
    const { weight, arbitrary } = CHOICES[what]
    return { weight, arbitrary: arbitrary.map((particulars) => ({ what, ...particulars }) as Event) }
  })
  return fc.oneof(...choices)
}

function seconds(): fc.Arbitrary<number> {
  return fc.oneof(fc.constantFrom(1, 5, 10, 30, 31, 60, 300, 600, HOUR_SECONDS), fc.integer({ min: 1, max: 1200 }))
}

/** Lets something happen, and gives the controller the time to look. */
export function happen(world: World, happening: Event): void {
  ACTS[happening.what](world, happening as never)
  if (world.controller.isUp) watch(world)
  pass(world, 0.3)
}

type Acts = { readonly [W in What]: (world: World, event: Extract<Event, { readonly what: W }>) => void }

const ACTS: Acts = {
  pod: (world, { revision: of }) => applyPods(world, of),
  buildkit: (world, { revision: of }) => applyBuildkit(world, of),
  annotate: (world, { revision: of }) => annotatePod(world, of),
  certify: (world, { revision: of }) => certifyPod(world, of),
  roll: (world, { revision: of, seconds: gap }) => {
    applyPods(world, of)
    if (world.controller.isUp) watch(world)
    pass(world, gap)
    applyBuildkit(world, of)
  },
  kubelet: (world, { revision: of, replica: which, doing: what }) => doToPod(world, podNameOf(of, which), what),
  scale: (world, { replicas }) => scale(world, replicas),
  wait: (world, { seconds: long }) => pass(world, long),
  touch: touchBuildkit,
  delete: deleteBuildkit,
  heal,
  adopt: applyOperatorsPod,
  rename: applyRenamedPod,
  intrude: (world, { isOfReplicaSet }) => intrude(world, isOfReplicaSet),
  suspend: (world, { label }) => suspendBuildkit(world, label),
  clock: (world, { jump }) => {
    world.jump = jump
  },
  stop: ({ controller }) => {
    controller.isUp = false
  },
  restart,
  trouble: ({ trouble }, { which }) => {
    trouble[which] = !trouble[which]
  },
}

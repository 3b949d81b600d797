import type { Now } from '../../../controller/kube/now.ts'
import type { Absence, Buildkit, Observation, Refusal } from '../../../controller/observation.ts'
import type { Pod } from '../../../controller/pod.ts'

/** A small model of a cluster with one Buildkit, and of the controller that looks after it. Times are milliseconds. */
export interface World {
  /** By the clock of the API server. */
  now: number
  /** How far the clock of the controller is ahead of it, as it was at the start. */
  readonly skew: number
  /** How far somebody has set it forward since. */
  jump: number
  /** How far the clocks of the nodes are ahead of it. */
  readonly nodeSkew: number
  /** How many Pods Git names for the Buildkit. */
  replicas: number
  /** The names of first Pods that can only follow, as they are rendered; those of their other replicas can then, too. */
  readonly followers: ReadonlySet<string>
  /** Whether such a Pod cannot be ready before the others have ended, because all need one volume. */
  readonly isExclusive: boolean
  buildkit: Buildkit | undefined
  /** By name. */
  readonly pods: Map<string, Pod>
  /** The uids of Pods that were created since the Buildkit was last applied: one of them may be the next one. */
  readonly pending: Set<string>
  /** When the names of the Pods last became others. */
  podNamesChanged: number
  /** The uids of Pods that Git has never named. */
  readonly intruders: Set<string>
  /** When Pods ended, by uid. */
  readonly ended: Map<string, number>
  readonly controller: Controller
  /** What the rest of the world makes difficult. */
  readonly trouble: Trouble
  /** For versions, uids and addresses. */
  counter: number
}

/** What the controller holds in memory. */
export interface Controller {
  isUp: boolean
  /** Its caches. */
  buildkit: Buildkit | undefined
  pods: readonly Pod[]
  absence: Absence | undefined
  readonly refusals: Map<string, Refusal>
  /** When it looks again, by the clock of the API server. */
  wake: number
  /** How often it has looked. */
  looks: number
  /** The Pod behind the endpoint that stands written, and until when which Pod was. */
  published: string | undefined
  readonly publishedUntil: Map<string, number>
  /** When it learned that there is no Buildkit. */
  absenceSeen: number
  /** The least moment from which Pods count as newer than the present names. */
  podSince: number
  /** As in `store.writings`. */
  writing: Pick<Observation, 'heldSince' | 'lastWritten'>
}

/** Switches. */
export interface Trouble {
  podsLag: boolean
  buildkitsLag: boolean
  writesFail: boolean
  deletionsAreRefused: boolean
}

export type Setting = Pick<World, 'skew' | 'nodeSkew'> & Partial<Pick<World, 'followers' | 'isExclusive' | 'replicas'>>

/** An empty cluster. */
export function createWorld(setting: Setting): World {
  const { skew, nodeSkew, followers = new Set(), isExclusive = false, replicas = 1 } = setting
  return {
    now: Date.parse('2026-11-24T12:00:00.400Z'),
    skew,
    jump: 0,
    nodeSkew,
    replicas,
    followers,
    isExclusive,
    buildkit: undefined,
    pods: new Map(),
    pending: new Set(),
    podNamesChanged: 0,
    intruders: new Set(),
    ended: new Map(),
    controller: {
      isUp: true,
      buildkit: undefined,
      pods: [],
      absence: undefined,
      refusals: new Map(),
      wake: Number.POSITIVE_INFINITY,
      looks: 0,
      published: undefined,
      publishedUntil: new Map(),
      absenceSeen: 0,
      podSince: 0,
      writing: {},
    },
    trouble: { podsLag: false, buildkitsLag: false, writesFail: false, deletionsAreRefused: false },
    counter: 0,
  }
}

/** The clocks of the controller: one that somebody may set, and one that only goes on. */
export function clocksOf({ now, skew, jump }: World): Now {
  return { wall: now + skew + jump, steady: now + skew }
}

/** A moment as the API server writes it, in whole seconds. */
export function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000
}

export function nextVersion(world: World): string {
  world.counter += 1
  return String(world.counter)
}

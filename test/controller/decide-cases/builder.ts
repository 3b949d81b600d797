import type { Now } from '../../../controller/kube/now.ts'
import type { Buildkit, BuildkitStatus, Graces, Observation, Refusal } from '../../../controller/observation.ts'
import { isSeen, publishedAt } from '../../../controller/observe/witness.ts'
import type { Pod } from '../../../controller/pod.ts'

/** The moment at which the cases are decided. */
export const NOW = Date.parse('2026-11-24T12:00:00Z')
export const HOUR = 3600
export const GENERATION = 3

/** Three Pods of Buildkit "b"; the older one comes first. */
export const [FIRST, SECOND, THIRD] = ['b-ffffffffff', 'b-ssssssssss', 'b-tttttttttt'] as const

/** A Pod of it as the operator names them, by `generateName`. */
export const OPERATORS = 'b-x7k2p'

const ADDRESSES: Readonly<Record<string, string>> = {
  [FIRST]: 'tcp://10.0.0.1:1234',
  [SECOND]: 'tcp://10.0.0.2:1234',
  [THIRD]: 'tcp://10.0.0.3:1234',
}

const GRACES: Graces = { handoverMilliseconds: 30_000, quarantineMilliseconds: 10_000, orphanMilliseconds: 3_600_000 }

/** A moment by both clocks, which say the same. */
export function at(milliseconds: number): Now {
  return { wall: milliseconds, steady: milliseconds }
}

/** A moment so many seconds before the decision, in milliseconds. */
export function ago(seconds: number): number {
  return NOW - seconds * 1000
}

/** The same as Kubernetes writes it. */
export function stamp(seconds: number): string {
  return new Date(ago(seconds)).toISOString().replace('.000Z', 'Z')
}

/** Where a Pod of Buildkit "b" is reached. */
export function addressOf(name: string): string {
  return ADDRESSES[name] ?? `tcp://${name}:1234`
}

/** A ready Pod of Buildkit "b", an hour old unless it says otherwise. */
export function pod(name: string, rest: Partial<Pod> = {}): Pod {
  return { ...pendingPod(name), phase: 'Running', address: addressOf(name), isReady: true, ...rest }
}

/** A Pod that has not started yet. */
export function pendingPod(name: string, rest: Partial<Pod> = {}): Pod {
  return {
    namespace: 'ci',
    name,
    uid: `uid of ${name}`,
    resourceVersion: '1',
    buildkit: 'b',
    isRetiredByEngine: false,
    created: ago(HOUR),
    phase: 'Pending',
    isReady: false,
    wasDisrupted: false,
    ...rest,
  }
}

/** A Pod whose container ended with exit code 1 so many seconds ago. */
export function failedPod(name: string, seconds: number, rest: Partial<Pod> = {}): Pod {
  const trouble = { reason: 'PodFailed', message: 'container "buildkit" ended with exit code 1' }
  return pendingPod(name, { phase: 'Failed', trouble, finished: ago(seconds), ...rest })
}

/**
 * Buildkit "b" whose Pods have these names, which were written when the status says that the controller saw them, and published when that
 * says so; Git has named all three Pods before.
 */
export function buildkit(
  names: string | readonly string[],
  status: BuildkitStatus = {},
  rest: Partial<Buildkit> = {},
): Buildkit {
  const podNames = typeof names === 'string' ? [names] : names
  const bare = { ...bareBuildkit(status), podNames }
  const podNamesWritten = status.podSince && isSeen(bare) ? Date.parse(status.podSince) : NOW
  const published = publishedAt(bare)
  const endpoints = status.endpoints?.filter(({ podName }) => podNames.includes(podName)) ?? []
  const isPublished = published !== undefined && endpoints.length > 0
  return {
    ...bare,
    podNamesWritten,
    ...(isPublished && { publishedSeen: Object.fromEntries(endpoints.map(({ podName }) => [podName, published])) }),
    ...rest,
  }
}

/** Buildkit "b" that was never rendered. */
export function bareBuildkit(status: BuildkitStatus = {}): Buildkit {
  const formerPodNames = [FIRST, SECOND, THIRD]
  return {
    namespace: 'ci',
    name: 'b',
    uid: 'uid of b',
    resourceVersion: '1',
    generation: GENERATION,
    podNames: [],
    formerPodNames,
    status,
  }
}

interface Scene extends Omit<Partial<Observation>, 'pods' | 'refusals'> {
  readonly refusals?: Readonly<Record<string, Refusal>>
}

/** What is known of Buildkit "b": its Pods, and what else is given. Refusals are by the Pod's name. */
export function observation(pods: readonly Pod[], { refusals = {}, ...rest }: Scene): Observation {
  const byUid = Object.entries(refusals).map(([name, refusal]) => [`uid of ${name}`, refusal] as const)
  return { pods, refusals: new Map(byUid), graces: GRACES, ...rest }
}

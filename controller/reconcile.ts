import { isDeepStrictEqual } from 'node:util'
import { deleteAfterRecheck, type Outcome } from './act/delete-after-recheck.ts'
import type { Gate, HeldBack } from './act/gate.ts'
import type { Cluster } from './cluster.ts'
import { decide } from './decide.ts'
import type { Garbage } from './judge/garbage.ts'
import type { Buildkit, BuildkitStatus, Graces, Observation } from './observation.ts'
import { observe } from './observe/observe.ts'
import { replaceBuildkit } from './observe/take-change.ts'
import type { Store } from './store.ts'

/** When a Pod is looked at again that stayed although the decision was to delete it. */
const STAYED_MILLISECONDS = 10_000

export interface Reconciler {
  readonly store: Store
  readonly cluster: Cluster
  readonly graces: Graces
  /** Why a Pod stays although nobody needs it; undefined where it may go. */
  readonly holdBack: Gate['holdBack']
  readonly observer: ReconcileObserver
}

/** Told what has been done. */
export interface ReconcileObserver {
  readonly onStatus: (written: Buildkit, before: BuildkitStatus) => void
  readonly onStatusError: (error: unknown) => void
  readonly onDeletion: (garbage: Garbage, outcome: Outcome | { readonly heldBack: HeldBack }) => void
}

/**
 * Brings one builder to what `decide` says of it: writes its status, then deletes its garbage. The result is how many milliseconds
 * from now it must be looked at again, where time alone may change the decision. Rejects where a request fails.
 */
export async function reconcile(key: string, reconciler: Reconciler): Promise<number | undefined> {
  const observation = observe(reconciler.store, key, reconciler.graces)
  const decision = decide(observation, Date.now())
  await writeStatus(key, { ...observation, status: decision.status }, reconciler)
  if (decision.mustConfirmAbsence) return confirmAbsence(key, observation, reconciler)
  const waits = [decision.requeueAfterMilliseconds, ...(await collect(decision.deletions, observation, reconciler))]
  const wait = Math.min(...waits.filter((milliseconds) => milliseconds !== undefined))
  return Number.isFinite(wait) ? wait : undefined
}

interface Decided {
  readonly buildkit?: Buildkit
  readonly status: BuildkitStatus | undefined
}

/** Invariant: an unchanged status is never written */
async function writeStatus(
  key: string,
  { buildkit, status }: Decided,
  { store, cluster, observer }: Reconciler,
): Promise<void> {
  if (!(buildkit && status) || isDeepStrictEqual(buildkit.status, status)) return
  const written = await cluster.patchStatus(buildkit, status).catch((error) => {
    observer.onStatusError(error)
    throw error
  })
  // The answer is taken in at once, so that a watch that lags behind does not make us write the same again; a watch that was faster
  // may already have told of something newer.
  if (store.buildkits.get(key)?.resourceVersion === buildkit.resourceVersion)
    replaceBuildkit(store, written, Date.now())
  observer.onStatus(written, buildkit.status)
}

/** The first of two live requests that both must not find the Buildkit; the decision demands the second one. */
async function confirmAbsence(key: string, { pods }: Observation, { store, cluster }: Reconciler): Promise<number> {
  const [pod] = pods
  const absence = store.absences.get(key)
  if (!(pod && absence)) return 0
  const buildkit = await cluster.readBuildkit(pod.namespace, pod.buildkit)
  // A Buildkit that exists will come with the watch; until then everything begins anew.
  store.absences.set(key, buildkit ? { how: 'never seen', since: Date.now() } : { ...absence, confirmed: Date.now() })
  return 0
}

/** For each Pod that stayed, in how many milliseconds to look at it again: at once where a refusal must get into the status. */
async function collect(
  deletions: readonly Garbage[],
  observation: Observation,
  { store, cluster, holdBack, observer }: Reconciler,
): Promise<readonly number[]> {
  const waits: number[] = []
  for (const garbage of deletions) {
    const heldBack = holdBack(garbage)
    const outcome = heldBack === undefined ? await deleteAfterRecheck(garbage, observation, cluster) : { heldBack }
    observer.onDeletion(garbage, outcome)
    if (outcome === 'deleted' || outcome === 'gone') continue
    const isRefused = typeof outcome === 'object' && 'refused' in outcome
    if (isRefused) store.refusals.set(garbage.pod.uid, { message: outcome.refused, time: Date.now() })
    waits.push(isRefused ? 0 : STAYED_MILLISECONDS)
  }
  return waits
}

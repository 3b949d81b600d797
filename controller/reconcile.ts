import { deleteAfterRecheck, type Outcome } from './act/delete-after-recheck.ts'
import type { Gate, HeldBack } from './act/gate.ts'
import { writeStatus } from './act/write-status.ts'
import type { Cluster } from './cluster.ts'
import { type Decision, decide } from './decide.ts'
import type { Garbage } from './judge/garbage.ts'
import { readNow } from './kube/now.ts'
import type { Buildkit, BuildkitStatus, Graces, Observation } from './observation.ts'
import { observe } from './observe/observe.ts'
import { replaceBuildkit } from './observe/take-change.ts'
import { keyOf, type Store } from './store.ts'

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
export async function reconcile(builder: string, reconciler: Reconciler): Promise<number | undefined> {
  const waits: (number | undefined)[] = []
  for (const observation of observe(reconciler.store, builder, reconciler.graces)) {
    const now = readNow()
    const decision = decide(observation, now)
    waits.push(await keepStatus(observation, decision, { ...reconciler, now: now.steady }))
    if (decision.mustConfirmAbsence) waits.push(await confirmAbsence(builder, observation, reconciler))
    else waits.push(decision.requeueAfterMilliseconds, ...(await collect(decision.deletions, observation, reconciler)))
  }
  const wait = Math.min(...waits.filter((milliseconds) => milliseconds !== undefined))
  return Number.isFinite(wait) ? wait : undefined
}

/** Writes the status where that is due; in how many milliseconds it is, if later. Invariant: an unchanged status is never written */
async function keepStatus(
  { buildkit, heldSince, lastWritten }: Observation,
  { status, writeDue }: Decision,
  { store, cluster, observer, now }: Reconciler & { readonly now: number },
): Promise<number | undefined> {
  if (!(buildkit && status)) return undefined
  const key = keyOf(buildkit.namespace, buildkit.name)
  const last = lastWritten === undefined ? {} : { lastWritten }
  if (writeDue === undefined) {
    // Of most builders there is nothing to remember.
    if (heldSince !== undefined) store.writings.set(key, last)
    return undefined
  }
  if (writeDue > now) {
    store.writings.set(key, { heldSince: heldSince ?? now, ...last })
    return writeDue - now
  }
  const onWritten = (written: Buildkit) => {
    store.writings.set(key, { lastWritten: now })
    // The answer is taken in at once, so that a watch that lags behind does not make us write the same again; a watch that was
    // faster may already have told of something newer.
    if (store.buildkits.get(key)?.resourceVersion === buildkit.resourceVersion)
      replaceBuildkit(store, written, readNow())
    observer.onStatus(written, buildkit.status)
  }
  try {
    await writeStatus(buildkit, status, { cluster, onWritten })
  } catch (error) {
    observer.onStatusError(error)
    throw error
  }
  return undefined
}

/** The first of two live requests that both must not find the Buildkit; the decision demands the second one. */
async function confirmAbsence(builder: string, { pods }: Observation, { store, cluster }: Reconciler): Promise<number> {
  const [pod] = pods
  const absence = store.absences.get(builder)
  if (!(pod && absence)) return 0
  const buildkits = await cluster.readBuildkits(pod.namespace, pod.buildkit)
  const { steady } = readNow()
  // A Buildkit that exists will come with the watch; until then everything begins anew.
  store.absences.set(
    builder,
    buildkits.length > 0 ? { how: 'never seen', since: steady } : { ...absence, confirmed: steady },
  )
  return 0
}

/**
 * Deletes one Pod; the others are looked at again at once, so that no endpoint waits until many are gone. For a Pod that stayed,
 * in how many milliseconds to look at it again: at once where a refusal must get into the status.
 */
async function collect(
  deletions: readonly Garbage[],
  observation: Observation,
  { store, cluster, holdBack, observer }: Reconciler,
): Promise<readonly number[]> {
  const waits: number[] = []
  for (const [index, garbage] of deletions.entries()) {
    const heldBack = holdBack(garbage)
    const outcome = heldBack === undefined ? await deleteAfterRecheck(garbage, observation, cluster) : { heldBack }
    observer.onDeletion(garbage, outcome)
    if (outcome === 'deleted' || outcome === 'gone') return index + 1 < deletions.length ? [...waits, 0] : waits
    const isRefused = typeof outcome === 'object' && 'refused' in outcome
    if (isRefused) store.refusals.set(garbage.pod.uid, { message: outcome.refused, time: readNow().steady })
    waits.push(isRefused ? 0 : STAYED_MILLISECONDS)
  }
  return waits
}

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

/** When to look again at a Pod that stayed although the decision was to delete it. */
const STAYED_MILLISECONDS = 10_000

export interface Reconciler {
  readonly store: Store
  readonly cluster: Cluster
  readonly graces: Graces
  /** Why a Pod that is no longer needed stays; undefined if it may be deleted. */
  readonly holdBack: Gate['holdBack']
  readonly observer: ReconcileObserver
}

/** Receives what reconciling has done. */
export interface ReconcileObserver {
  readonly onStatus: (written: Buildkit, before: BuildkitStatus) => void
  readonly onStatusError: (error: unknown) => void
  readonly onDeletion: (garbage: Garbage, outcome: Outcome | { readonly heldBack: HeldBack }) => void
}

/**
 * Carries out what `decide` decides for one builder: writes its status, then deletes its garbage. Resolves with the milliseconds after
 * which to reconcile it again, if time alone may change the decision. Rejects if a request fails.
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

/** Writes the status if that is due; resolves with the milliseconds until then. Invariant: an unchanged status is never written */
async function keepStatus(
  { buildkit, heldSince, lastWritten }: Observation,
  { status, writeDue }: Decision,
  { store, cluster, observer, now }: Reconciler & { readonly now: number },
): Promise<number | undefined> {
  if (!(buildkit && status)) return undefined
  const key = keyOf(buildkit.namespace, buildkit.name)
  const last = lastWritten === undefined ? {} : { lastWritten }
  if (writeDue === undefined) {
    // Most builders have nothing to remember.
    if (heldSince !== undefined) store.writings.set(key, last)
    return undefined
  }
  if (writeDue > now) {
    store.writings.set(key, { heldSince: heldSince ?? now, ...last })
    return writeDue - now
  }
  const onWritten = (written: Buildkit) => {
    store.writings.set(key, { lastWritten: now })
    // The answer goes into the store at once, so that a lagging watch does not cause the same write again; a faster watch may
    // already have delivered something newer.
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

/** The first of two live requests that must not find the Buildkit; the re-check before the deletion is the second. */
async function confirmAbsence(builder: string, { pods }: Observation, { store, cluster }: Reconciler): Promise<number> {
  const [pod] = pods
  const absence = store.absences.get(builder)
  if (!(pod && absence)) return 0
  const buildkits = await cluster.readBuildkits(pod.namespace, pod.buildkit)
  const { steady } = readNow()
  // If the Buildkit exists, the watch will deliver it; until then the waits start again.
  store.absences.set(
    builder,
    buildkits.length > 0 ? { how: 'never seen', since: steady } : { ...absence, confirmed: steady },
  )
  return 0
}

/**
 * Deletes one Pod and reconciles again at once for the others, so that no endpoint waits for many deletions. For each Pod that stayed,
 * the milliseconds until the next look: 0 if a refusal must be written to the status.
 */
async function collect(
  deletions: readonly Garbage[],
  observation: Observation,
  reconciler: Reconciler,
): Promise<readonly number[]> {
  const { store, cluster, holdBack, observer } = reconciler
  const waits: number[] = []
  for (const [index, garbage] of deletions.entries()) {
    const heldBack = holdBack(garbage)
    const known = { observation, isStillDue: () => isDue(garbage, reconciler) }
    const outcome = heldBack === undefined ? await deleteAfterRecheck(garbage, known, cluster) : { heldBack }
    observer.onDeletion(garbage, outcome)
    if (outcome === 'deleted' || outcome === 'gone') return index + 1 < deletions.length ? [...waits, 0] : waits
    const isRefused = typeof outcome === 'object' && 'refused' in outcome
    if (isRefused) store.refusals.set(garbage.pod.uid, { message: outcome.refused, time: readNow().steady })
    waits.push(isRefused ? 0 : STAYED_MILLISECONDS)
  }
  return waits
}

function isDue({ pod }: Garbage, { store, graces }: Reconciler): boolean {
  const now = readNow()
  const observations = observe(store, keyOf(pod.namespace, pod.buildkit), graces)
  return observations.some((observation) => decide(observation, now).deletions.some((due) => due.pod.uid === pod.uid))
}

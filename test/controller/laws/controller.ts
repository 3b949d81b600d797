import { isDeepStrictEqual } from 'node:util'
import { type Decision, decide } from '../../../controller/decide.ts'
import type { Garbage } from '../../../controller/judge/garbage.ts'
import type { Buildkit, BuildkitStatus, Graces, Observation } from '../../../controller/observation.ts'
import type { Pod } from '../../../controller/observe/pod.ts'
import { witnessBuildkit, witnessPod } from '../../../controller/observe/witness.ts'
import { terminate } from './kubelet.ts'
import { holdForDecision } from './laws-of-decision.ts'
import { holdForDeletion } from './laws-of-deletion.ts'
import { nextVersion, type World } from './world.ts'

const GRACES: Graces = {
  handoverMilliseconds: 30_000,
  quarantineMilliseconds: 10_000,
  orphanMilliseconds: 3_600_000,
}
const RETRY_MILLISECONDS = 15_000
const STAYED_MILLISECONDS = 10_000

/** The caches take in what has happened, unless they lag; the controller looks soon. */
export function watch(world: World): void {
  const { controller, trouble, now } = world
  if (!trouble.podsLag) controller.pods = witnessed(world, [...world.pods.values()])
  if (!trouble.buildkitsLag) takeBuildkit(world)
  if (controller.buildkit || controller.pods.length === 0) controller.absence = undefined
  else controller.absence ??= { how: 'never seen', since: now + world.skew }
  controller.wake = Math.min(controller.wake, now)
}

function takeBuildkit({ controller, buildkit, now, skew }: World): void {
  if (controller.buildkit && controller.buildkit.uid !== buildkit?.uid) {
    controller.absence = { how: 'deleted', since: now + skew }
    controller.absenceSeen = now
  }
  controller.buildkit = buildkit && witnessBuildkit(buildkit, controller.buildkit, now + skew)
}

function witnessed({ controller, now, skew }: World, pods: readonly Pod[]): readonly Pod[] {
  return pods.map((pod) =>
    witnessPod(
      pod,
      controller.pods.find(({ name }) => name === pod.name),
      now + skew,
    ),
  )
}

/** Forgets all that is in memory, as a controller that has just started. */
export function restart(world: World): void {
  const { controller, trouble } = world
  Object.assign(trouble, { podsLag: false, buildkitsLag: false })
  controller.isUp = true
  controller.pods = []
  controller.refusals.clear()
  controller.buildkit = undefined
  controller.absence = undefined
  controller.absenceSeen = world.now
  watch(world)
}

/** What the controller does when it looks at its Buildkit: as reconcile.ts, but for the requests. */
export function look(world: World): void {
  const { controller, now, skew } = world
  const observation = observe(world)
  const decision = decide(observation, now + skew)
  holdForDecision(observation, now + skew, decision)
  controller.looks += 1
  controller.wake = now + (decision.requeueAfterMilliseconds ?? Number.POSITIVE_INFINITY)
  if (!writeStatus(world, decision)) {
    controller.wake = now + RETRY_MILLISECONDS
    return
  }
  if (decision.mustConfirmAbsence) confirmAbsence(world)
  for (const garbage of decision.deletions) collect(world, garbage)
}

function observe({ controller: { buildkit, absence, pods, refusals } }: World): Observation {
  return { ...(buildkit ? { buildkit } : absence && { absence }), pods, refusals, graces: GRACES }
}

/** Whether the status stands written. */
function writeStatus(world: World, { status }: Decision): boolean {
  const { controller, buildkit, trouble, now, skew } = world
  const known = controller.buildkit
  if (!(known && status) || isDeepStrictEqual(known.status, status)) return true
  if (trouble.writesFail || known.resourceVersion !== buildkit?.resourceVersion) return false
  remember(world, known.status, status)
  world.buildkit = { ...buildkit, resourceVersion: nextVersion(world), status } as Buildkit
  controller.buildkit = witnessBuildkit(world.buildkit, known, now + skew)
  return true
}

function remember({ controller, now, skew }: World, before: BuildkitStatus, status: BuildkitStatus): void {
  const { published, publishedUntil, pods, buildkit } = controller
  if (published !== undefined) publishedUntil.set(published, now)
  controller.published = pods.find(({ address }) => address === status.endpoint)?.uid
  if (before.podName !== status.podName) controller.podSince = Math.max(now + skew, buildkit?.podNameWritten ?? 0)
}

function confirmAbsence({ controller, buildkit, now, skew }: World): void {
  controller.absence = buildkit
    ? { how: 'never seen', since: now + skew }
    : controller.absence && { ...controller.absence, confirmed: now + skew }
  controller.wake = now
}

/** Deletes a Pod if the live state agrees. */
function collect(world: World, { pod }: Garbage): void {
  const { controller, buildkit, trouble, now, skew } = world
  const { absence, refusals } = controller
  const pods = witnessed(world, [...world.pods.values()])
  const read = buildkit && witnessBuildkit(buildkit, controller.buildkit, now + skew)
  const live: Observation = {
    ...(read ? { buildkit: read } : absence && { absence }),
    pods,
    refusals,
    graces: GRACES,
  }
  const agreed = decide(live, now + skew).deletions.find((garbage) => garbage.pod.uid === pod.uid)
  if (!agreed) {
    controller.wake = Math.min(controller.wake, now + STAYED_MILLISECONDS)
  } else if (trouble.deletionsAreRefused) {
    refusals.set(pod.uid, { message: 'no', time: now + skew })
    controller.wake = now
  } else {
    holdForDeletion(world, agreed)
    terminate(world, agreed.pod)
    watch(world)
  }
}

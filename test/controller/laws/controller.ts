import { isDeepStrictEqual } from 'node:util'
import { type Decision, decide } from '../../../controller/decide.ts'
import type { Garbage } from '../../../controller/judge/garbage.ts'
import type { Buildkit, BuildkitStatus, Graces, Observation } from '../../../controller/observation.ts'
import { witnessBuildkit, witnessPod } from '../../../controller/observe/witness.ts'
import type { Pod } from '../../../controller/pod.ts'
import { terminate } from './kubelet.ts'
import { holdForDecision, publishesOnlyWhatGitNamed } from './laws-of-decision.ts'
import { holdForDeletion } from './laws-of-deletion.ts'
import { clocksOf, nextVersion, type World } from './world.ts'

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
  else controller.absence ??= { how: 'never seen', since: clocksOf(world).steady }
  controller.wake = Math.min(controller.wake, now)
}

function takeBuildkit(world: World): void {
  const { controller, buildkit, now } = world
  const clocks = clocksOf(world)
  if (controller.buildkit && controller.buildkit.uid !== buildkit?.uid) {
    controller.absence = { how: 'deleted', since: clocks.steady, uid: controller.buildkit.uid }
    controller.absenceSeen = now
    controller.writing = {}
  }
  controller.buildkit = buildkit && witnessBuildkit(buildkit, controller.buildkit, clocks)
}

function witnessed(world: World, pods: readonly Pod[]): readonly Pod[] {
  return pods.map((pod) =>
    witnessPod(
      pod,
      world.controller.pods.find(({ name }) => name === pod.name),
      clocksOf(world),
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
  controller.writing = {}
  watch(world)
}

/** What the controller does when it looks at its Buildkit: as reconcile.ts, but for the requests. */
export function look(world: World): void {
  const { controller, now } = world
  const observation = observe(world)
  const decision = decide(observation, clocksOf(world))
  holdForDecision(observation, clocksOf(world), decision)
  publishesOnlyWhatGitNamed(world, decision)
  controller.looks += 1
  controller.wake = now + (decision.requeueAfterMilliseconds ?? Number.POSITIVE_INFINITY)
  if (!keepStatus(world, decision)) {
    controller.wake = now + RETRY_MILLISECONDS
    return
  }
  if (decision.mustConfirmAbsence) confirmAbsence(world)
  for (const garbage of decision.deletions) collect(world, garbage)
}

function observe({ controller: { buildkit, absence, pods, refusals, writing } }: World): Observation {
  return { ...(buildkit ? { buildkit, ...writing } : absence && { absence }), pods, refusals, graces: GRACES }
}

/** Whether the status stands written, or is not to be written yet. */
function keepStatus(world: World, { status, writeDue }: Decision): boolean {
  const { controller, buildkit, trouble } = world
  const known = controller.buildkit
  const { steady } = clocksOf(world)
  if (!(known && status)) return true
  const { heldSince = steady, lastWritten } = controller.writing
  const last = lastWritten === undefined ? {} : { lastWritten }
  if (writeDue === undefined || writeDue > steady) {
    controller.writing = { ...(writeDue !== undefined && { heldSince }), ...last }
    controller.wake = Math.min(controller.wake, world.now + ((writeDue ?? Number.POSITIVE_INFINITY) - steady))
    return true
  }
  if (trouble.writesFail || known.resourceVersion !== buildkit?.resourceVersion) return false
  remember(world, known.status, status)
  controller.writing = { lastWritten: steady }
  world.buildkit = { ...buildkit, resourceVersion: nextVersion(world), status } as Buildkit
  controller.buildkit = witnessBuildkit(world.buildkit, known, clocksOf(world))
  return true
}

function remember(world: World, before: BuildkitStatus, status: BuildkitStatus): void {
  const { controller, now } = world
  const { published, publishedUntil, pods } = controller
  if (published !== undefined) publishedUntil.set(published, now)
  controller.published = pods.find(({ address }) => address === status.endpoint)?.uid
  if (!isDeepStrictEqual(namesIn(before), namesIn(status))) controller.podSince = Date.parse(status.podSince ?? '')
}

function namesIn({ podName, podNames }: BuildkitStatus): unknown {
  return podNames ?? podName
}

function confirmAbsence(world: World): void {
  const { controller, buildkit, now } = world
  const { steady } = clocksOf(world)
  controller.absence = buildkit
    ? { how: 'never seen', since: steady }
    : controller.absence && { ...controller.absence, confirmed: steady }
  controller.wake = now
}

/** Deletes a Pod if the live state agrees. */
function collect(world: World, { pod }: Garbage): void {
  const { controller, buildkit, trouble, now } = world
  const { absence, refusals } = controller
  const clocks = clocksOf(world)
  const pods = witnessed(world, [...world.pods.values()])
  const read = buildkit && witnessBuildkit(buildkit, controller.buildkit, clocks)
  const live: Observation = {
    ...(read ? { buildkit: read } : absence && { absence }),
    pods,
    refusals,
    graces: GRACES,
  }
  const agreed = decide(live, clocks).deletions.find((garbage) => garbage.pod.uid === pod.uid)
  if (!agreed) {
    controller.wake = Math.min(controller.wake, now + STAYED_MILLISECONDS)
  } else if (trouble.deletionsAreRefused) {
    refusals.set(pod.uid, { message: 'no', time: clocks.steady })
    controller.wake = now
  } else {
    holdForDeletion(world, agreed)
    terminate(world, agreed.pod)
    watch(world)
  }
}

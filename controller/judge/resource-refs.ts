import type { BuildkitStatus, Observation } from '../observation.ts'
import { REFS_MAX } from '../observe/to-status.ts'
import type { Pod } from '../pod.ts'
import { isOurs, isServing } from './serving.ts'

/**
 * The Pods that belong to the Buildkit: those that Git has named, and those that it has adopted. The label alone does not count: anyone
 * who may create Pods can set any label. The next process learns the earlier names from here.
 */
export function resourceRefsOf(observation: Observation): NonNullable<BuildkitStatus['resourceRefs']> {
  const { buildkit, pods } = observation
  const rank = (pod: Pod) => Number(buildkit?.podNames.includes(pod.name)) * 2 + Number(isServing(pod, observation))
  return pods
    .filter((pod) => isOurs(pod, observation))
    .sort((a, b) => rank(b) - rank(a) || b.created - a.created || (a.name < b.name ? -1 : 1))
    .slice(0, REFS_MAX)
    .map(({ name, namespace }) => ({ group: '', version: 'v1', kind: 'Pod', name, namespace }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

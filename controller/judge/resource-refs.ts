import type { BuildkitStatus, Observation } from '../observation.ts'
import { REFS_MAX } from '../observe/to-status.ts'
import type { Pod } from '../pod.ts'
import { isOurs, isServing } from './serving.ts'

/**
 * The Pods that belong to the Buildkit: those that Git has named, and those that it has adopted. A Pod that only has its label is not
 * among them: whoever may create Pods may give them any label. What is written here is also what the next process knows of them.
 */
export function resourceRefsOf(observation: Observation): NonNullable<BuildkitStatus['resourceRefs']> {
  const { buildkit, pods } = observation
  const rank = (pod: Pod) => Number(pod.name === buildkit?.podName) * 2 + Number(isServing(pod, observation))
  return pods
    .filter((pod) => isOurs(pod, observation))
    .sort((a, b) => rank(b) - rank(a) || b.created - a.created || (a.name < b.name ? -1 : 1))
    .slice(0, REFS_MAX)
    .map(({ name, namespace }) => ({ group: '', version: 'v1', kind: 'Pod', name, namespace }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

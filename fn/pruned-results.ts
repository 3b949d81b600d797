import { type Finding, objectFinding } from './finding.ts'
import type { KubernetesObject } from './item.ts'
import type { Source } from './select.ts'

/** One line for each Pod that was taken out, since a file may go with it. */
export function prunedResults(pods: readonly Source<KubernetesObject>[]): Finding[] {
  return pods.map(({ item }) => objectFinding('info', item, 'removed: no Buildkit claims this Pod any more'))
}

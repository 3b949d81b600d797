import type { KubernetesObject } from './item.ts'
import { objectResult, type Result } from './results.ts'
import type { Source } from './select.ts'

/** One line for each Pod that was taken out, since a file may go with it. */
export function prunedResults(pods: readonly Source<KubernetesObject>[]): Result[] {
  return pods.map(({ item }) => objectResult('info', item, 'removed: no Buildkit claims this Pod any more'))
}

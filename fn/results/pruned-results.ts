import { BUILDKIT_LABEL } from '../../crds/names.ts'
import type { KubernetesObject, Source } from '../input/item.ts'
import { type Finding, objectFinding } from './finding.ts'

/** One line for each Pod that was taken out, since a file may go with it. */
export function prunedResults(pods: readonly Source<KubernetesObject>[]): Finding[] {
  return pods.map(({ item }) => objectFinding('info', item, 'removed: no Buildkit claims this Pod any more'))
}

/** One warning for each Pod that Git has and a cluster does not get. */
export function leftOutResults(pods: readonly Source<KubernetesObject>[]): Finding[] {
  const message = `is left out, because no Buildkit claims this Pod; remove it, or its label "${BUILDKIT_LABEL}" if it is not one of ours`
  return pods.map(({ item }) => objectFinding('warning', item, message))
}

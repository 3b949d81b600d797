import { contentsOf, type Expanded, type Pod } from '../../../fn/render/expand.ts'
import { apiVersionOf } from '../../../fn/render/kinds.ts'

/** A rendered Pod as an API server gets it, in a namespace that the request names. */
export function podManifest(pod: Pod) {
  const { name, labels, annotations, spec } = contentsOf(pod)
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels, annotations }, spec }
}

/** The same of an object beside a Pod. */
export function besideManifest({ kind, name, labels, annotations, spec }: Expanded) {
  return { apiVersion: apiVersionOf(kind), kind, metadata: { name, labels, annotations }, spec }
}

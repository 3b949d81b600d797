import { type Claim, contentsOf, type Pod } from '../../../fn/render/expand.ts'

/** A rendered Pod as an API server gets it, in a namespace that the request names. */
export function podManifest(pod: Pod) {
  const { name, labels, annotations, spec } = contentsOf(pod)
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels, annotations }, spec }
}

/** The same of a claim. */
export function claimManifest({ name, labels, annotations, spec }: Claim) {
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, labels, annotations }, spec }
}

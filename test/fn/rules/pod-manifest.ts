import type { Pod } from '../../../fn/render/expand.ts'

/** A rendered Pod as an API server gets it, in a namespace that the request names. */
export function podManifest({ name, labels, engineAnnotations, blueprint }: Pod) {
  const annotations = { ...blueprint.annotations, ...engineAnnotations }
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels, annotations }, spec: blueprint.spec }
}

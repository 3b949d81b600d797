import { type Contents, contentsOf, type Pod } from '../../../fn/render/expand.ts'
import { apiVersionOf, type Kind } from '../../../fn/render/kinds.ts'

/** Where an API server creates objects of a kind that rendering makes, in the namespace `default`. */
export function pathOf(kind: Kind): string {
  const version = apiVersionOf(kind)
  return `/${version.includes('/') ? 'apis' : 'api'}/${version}/namespaces/default/${kind.toLowerCase()}s`
}

/** A rendered Pod as an API server gets it, in a namespace that the request names. */
export function podManifest(pod: Pod) {
  return objectManifest(contentsOf(pod))
}

/** The same of any object that rendering makes. */
export function objectManifest({ kind, name, labels, annotations, spec }: Contents) {
  return { apiVersion: apiVersionOf(kind), kind, metadata: { name, labels, annotations }, spec }
}

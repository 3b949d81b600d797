import type { Listed } from './cache.ts'

/** What tells an object and its version from others, of an object as the API server sends it. */
export function toListed(object: unknown): Listed {
  const { metadata } = object as { readonly metadata: Listed }
  const { namespace, name, uid, resourceVersion } = metadata
  return { namespace, name, uid, resourceVersion }
}

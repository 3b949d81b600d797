import { isDeepStrictEqual } from 'node:util'
import { isOlder } from '../resource-version.ts'

/** What every object needs to be kept apart from others, and from its own earlier versions. */
export interface Listed {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly resourceVersion: string
}

export type Change<T> =
  /** Another uid under the same name is another object: it comes as `gone` and `set`. */
  | { readonly type: 'set'; readonly object: T; readonly before: T | undefined }
  /** `deleted`: the API server said so, or no longer selects it; `missing`: a complete list no longer has it. */
  | { readonly type: 'gone'; readonly object: T; readonly how: 'deleted' | 'missing' }

/** The objects that are known, by `<namespace>/<name>`. */
export type Cache<T> = Map<string, T>

export function cacheKeyOf({ namespace, name }: Listed): string {
  return `${namespace}/${name}`
}

/** Takes in an object as it is now; the same again is no change. */
export function setObject<T extends Listed>(cache: Cache<T>, object: T): readonly Change<T>[] {
  const key = cacheKeyOf(object)
  const before = cache.get(key)
  if (isDeepStrictEqual(before, object)) return []
  cache.set(key, object)
  if (!before || before.uid === object.uid) return [{ type: 'set', object, before }]
  return [
    { type: 'gone', object: before, how: 'deleted' },
    { type: 'set', object, before: undefined },
  ]
}

/** Takes an object out, as it last was. */
export function deleteObject<T extends Listed>(cache: Cache<T>, object: T): readonly Change<T>[] {
  const isKnown = cache.delete(cacheKeyOf(object))
  return isKnown ? [{ type: 'gone', object, how: 'deleted' }] : []
}

/** Makes the cache equal to a complete list. */
export function replaceObjects<T extends Listed>(cache: Cache<T>, listed: readonly T[]): readonly Change<T>[] {
  const keys = new Set(listed.map(cacheKeyOf))
  const missing = [...cache].filter(([key]) => !keys.has(key))
  for (const [key] of missing) cache.delete(key)
  const gone = missing.map(([, object]): Change<T> => ({ type: 'gone', object, how: 'missing' }))
  return [...gone, ...listed.flatMap((object) => setObject(cache, object))]
}

/** The first listed object, where there is one, that cannot have come after what is known of it. The same version may differ where a CRD has changed. */
export function contradicting<T extends Listed>(cache: Cache<T>, listed: readonly T[]): T | undefined {
  return listed.find((object) => {
    const known = cache.get(cacheKeyOf(object))
    return known?.uid === object.uid && isOlder(object.resourceVersion, known.resourceVersion)
  })
}

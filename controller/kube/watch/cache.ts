import { isDeepStrictEqual } from 'node:util'
import { isOlder } from '../resource-version.ts'

/** What identifies an object and its version. */
export interface Listed {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly resourceVersion: string
}

export type Change<T> =
  /** Another uid with the same name is another object: it is reported as `gone` and `set`. */
  | { readonly type: 'set'; readonly object: T; readonly before: T | undefined }
  /** `deleted`: the watch reported it, or it is no longer selected; `missing`: a complete list no longer has it. */
  | { readonly type: 'gone'; readonly object: T; readonly how: 'deleted' | 'missing' }

/** The objects that are known, by `<namespace>/<name>`. */
export type Cache<T> = Map<string, T>

export function cacheKeyOf({ namespace, name }: Listed): string {
  return `${namespace}/${name}`
}

/** Adds or replaces an object; an equal one is no change. */
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

/** Removes an object, as it last was. */
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

/** The first listed object that is older than its known version. The same version may have other content after a change of its CRD. */
export function contradicting<T extends Listed>(cache: Cache<T>, listed: readonly T[]): T | undefined {
  return listed.find((object) => {
    const known = cache.get(cacheKeyOf(object))
    return known?.uid === object.uid && isOlder(object.resourceVersion, known.resourceVersion)
  })
}

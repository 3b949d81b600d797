import { setTimeout } from 'node:timers/promises'
import { cacheKeyOf, isSameVersion, type Listed } from './cache.ts'
import { listAll } from './list-all.ts'
import type { Reflecting } from './reflecting.ts'

/**
 * How many objects a list has otherwise than the cache, although the watch had the time to tell. An object that the watch has
 * touched since the list began is not counted: there the list may be the older one.
 */
export async function selfCheck<T extends Listed>(reflecting: Reflecting<T>, signal: AbortSignal): Promise<number> {
  const { cache, timings } = reflecting
  const touched = new Set<string>()
  reflecting.touched = touched
  try {
    const { objects } = await listAll(reflecting, signal)
    await setTimeout(timings.settle, undefined, { signal })
    const listed = new Map(objects.map((object) => [cacheKeyOf(object), object]))
    const keys = [...new Set([...listed.keys(), ...cache.keys()])].filter((key) => !touched.has(key))
    return keys.filter((key) => !isSame(cache.get(key), listed.get(key))).length
  } finally {
    reflecting.touched = undefined
  }
}

function isSame(known: Listed | undefined, listed: Listed | undefined): boolean {
  return known !== undefined && listed !== undefined && isSameVersion(known, listed)
}

import { contradicting, type Listed } from './cache.ts'
import { type Listing, listAll, resourceVersionNow } from './list-all.ts'
import type { Reflecting } from './reflecting.ts'

/**
 * A complete list of the present history; where it shows that another one has begun, everything known is forgotten first. Undefined
 * where that happened while the list was made, for it may be of either.
 */
export async function listInHistory<T extends Listed>(
  { collection, resource, history, timings }: Reflecting<T>,
  signal: AbortSignal,
): Promise<Listing<T> | undefined> {
  const generation = history.generation()
  const answered = history.ask(resource)
  const listing = await listAll(collection, { ...timings, signal })
  if (history.generation() !== generation) return undefined
  answered(listing)
  return listing
}

/** Makes sure, by a list of one object, that the place from which a watch is to go on is one of the present history. */
export async function confirmPlace<T extends Listed>({
  collection,
  resource,
  history,
  timings,
}: Reflecting<T>): Promise<void> {
  const answered = history.ask(resource)
  answered({ resourceVersion: await resourceVersionNow(collection, timings) })
}

/** Compares a list with what was known when the last watch ended. */
export function compareWithKnown<T extends Listed>(
  { resource, history, cache }: Reflecting<T>,
  { objects }: Listing<T>,
): void {
  const object = contradicting(cache, objects)
  if (!object) return
  const { namespace, name, resourceVersion } = object
  history.rewritten(
    `${resource} "${namespace}/${name}" at resourceVersion ${resourceVersion} is older than what was known`,
  )
}

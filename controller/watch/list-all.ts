import { setImmediate } from 'node:timers/promises'
import type { ApiClient } from '../api/api-client.ts'
import { isExpired } from './verdict.ts'

/** A complete list at one moment. */
export interface Listing<T> {
  readonly objects: readonly T[]
  readonly resourceVersion: string
}

interface Page {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string }
  readonly items: readonly unknown[]
}

export interface Collection<T> {
  readonly client: ApiClient
  readonly path: string
  /** `labelSelector=…` */
  readonly query?: string | undefined
  readonly project: (object: unknown) => T
}

const PAGE_SIZE = 500
const PAGE_DEADLINE_MILLISECONDS = 60_000

/**
 * Every object of a collection. Without `resourceVersion`, so that the list is consistent and never older than what was seen before: what
 * it lacks may be deleted. Each page is projected and let go of before the next. Rejects where any page cannot be had: part of a
 * list says nothing about what is missing.
 */
export async function listAll<T>(collection: Collection<T>, signal: AbortSignal): Promise<Listing<T>> {
  try {
    return await listPages(collection, PAGE_SIZE, signal)
  } catch (error) {
    if (!isExpired(error)) throw error
    // The list took longer than the API server remembers its first page.
    return listPages(collection, undefined, signal)
  }
}

async function listPages<T>(
  { client, path, query, project }: Collection<T>,
  limit: number | undefined,
  signal: AbortSignal,
): Promise<Listing<T>> {
  const objects: T[] = []
  let token: string | undefined
  for (;;) {
    const parameters = new URLSearchParams(query)
    if (limit !== undefined) parameters.set('limit', String(limit))
    if (token) parameters.set('continue', token)
    const page = (await client.request({
      method: 'GET',
      path: `${path}?${parameters}`,
      deadlineMilliseconds: PAGE_DEADLINE_MILLISECONDS,
      signal,
    })) as Page
    for (const item of page.items) objects.push(project(item))
    token = page.metadata.continue
    if (!token) return { objects, resourceVersion: page.metadata.resourceVersion }
    // Leases are renewed and probes answered between two pages.
    await setImmediate()
  }
}

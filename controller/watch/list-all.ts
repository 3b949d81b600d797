import { setImmediate } from 'node:timers/promises'
import type { ApiClient } from '../api/api-client.ts'
import { ApiError } from '../api/api-error.ts'
import { GarbledError } from './garbled-error.ts'

/** What to list and to watch, and what to keep of each object. */
export interface Collection<T> {
  readonly client: ApiClient
  /** `/api/v1/pods` */
  readonly path: string
  /** `labelSelector=…`, encoded. */
  readonly query?: string | undefined
  readonly project: (object: unknown) => T
}

/** A complete list at one moment. */
export interface Listing<T> {
  readonly objects: readonly T[]
  readonly resourceVersion: string
}

interface Page {
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string }
  /** A server of Go may write an empty list as null. */
  readonly items?: readonly unknown[] | null
}

interface ProjectedPage<T> extends Listing<T> {
  readonly token: string | undefined
}

export interface ListLimits {
  readonly pageMilliseconds: number
  readonly signal: AbortSignal
}

interface PageOptions extends ListLimits {
  readonly limit?: number
  readonly token?: string
}

const PAGE_SIZE = 500

/**
 * Every object of a collection. Without `resourceVersion`, so that the list is consistent and not older than what was seen before:
 * what it lacks may be deleted. Rejects where any page cannot be had: part of a list says nothing about what is missing.
 */
export async function listAll<T>(collection: Collection<T>, limits: ListLimits): Promise<Listing<T>> {
  const inPages = () => listPages(collection, { ...limits, limit: PAGE_SIZE })
  // The API server forgets a page's successor when etcd is compacted: once more, then without pages, as client-go's pager does.
  return inPages()
    .catch(unlessExpired(inPages))
    .catch(unlessExpired(() => listPages(collection, limits)))
}

/** Whether the API server no longer remembers a place in its history. */
export function isExpired(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 410 || error.reason === 'Expired' || error.reason === 'Gone')
}

function unlessExpired<R>(retry: () => Promise<R>): (error: unknown) => Promise<R> {
  return (error) => (isExpired(error) ? retry() : Promise.reject(error))
}

async function listPages<T>(collection: Collection<T>, options: PageOptions): Promise<Listing<T>> {
  let page = await readPage(collection, options)
  const pages = [page.objects]
  while (page.token !== undefined) {
    // Leases are renewed and probes answered between two pages.
    await setImmediate()
    page = await readPage(collection, { ...options, token: page.token })
    pages.push(page.objects)
  }
  return { objects: pages.flat(), resourceVersion: page.resourceVersion }
}

/** One page, of which only the projected objects are left: ten thousand Pods as they come are 170 MB, as they are kept 5. */
async function readPage<T>(collection: Collection<T>, options: PageOptions): Promise<ProjectedPage<T>> {
  const { client, path, query, project } = collection
  const { limit, token, pageMilliseconds: deadlineMilliseconds, signal } = options
  const parameters = new URLSearchParams(query)
  if (limit !== undefined) parameters.set('limit', String(limit))
  if (token !== undefined) parameters.set('continue', token)
  const call = { method: 'GET', path: `${path}?${parameters}`, deadlineMilliseconds, signal } as const
  const { metadata, items } = (await client.request(call)) as Page
  if (!(metadata?.resourceVersion && (Array.isArray(items) || items === null)))
    throw new GarbledError(`GET ${path}: must be a list with items and a resourceVersion, got something else`)
  return {
    objects: (items ?? []).map((item) => project(item)),
    resourceVersion: metadata.resourceVersion,
    token: metadata.continue || undefined,
  }
}

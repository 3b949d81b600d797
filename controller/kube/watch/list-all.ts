import { setImmediate } from 'node:timers/promises'
import type { ApiClient } from '../api/api-client.ts'
import { ApiError } from '../api/api-error.ts'
import { createListReader } from './list-reader.ts'

/** What to list and watch, and what to keep of each object. */
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

interface Page<T> extends Listing<T> {
  readonly token: string | undefined
  readonly bytes: number
}

export interface ListLimits {
  /** How long a page may take to begin, and how long it may pause. */
  readonly pageMilliseconds: number
  readonly signal?: AbortSignal
}

interface PageOptions extends ListLimits {
  readonly limit?: number | undefined
  readonly token?: string
}

/** How long to read and project objects before letting renewals and probes run. */
const BUSY_MILLISECONDS = 10

/**
 * Every object of a collection. Without `resourceVersion`, so that the list is consistent and not older than what was seen before:
 * objects that it lacks may count as deleted. Rejects if any page fails: part of a list proves nothing about missing objects.
 */
export async function listAll<T>(collection: Collection<T>, limits: ListLimits): Promise<Listing<T>> {
  const inPages = () => listPages(collection, { ...limits, limit: FIRST_PAGE_SIZE })
  // A compaction of etcd invalidates the next page: try once more, then without pages, as client-go's pager does.
  return inPages()
    .catch(unlessExpired(inPages))
    .catch(unlessExpired(() => listPages(collection, limits)))
}

/** The present resourceVersion of the API server, from the smallest possible list. */
export async function resourceVersionNow(collection: Collection<unknown>, limits: ListLimits): Promise<string> {
  const one = { ...collection, project: () => undefined }
  return (await readPage(one, { ...limits, limit: 1 })).resourceVersion
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
  let { limit } = options
  const pages = [page.objects]
  while (page.token !== undefined) {
    limit = limit && nextPageSize(limit, { objects: page.objects.length, bytes: page.bytes })
    page = await readPage(collection, { ...options, limit, token: page.token })
    pages.push(page.objects)
  }
  return { objects: pages.flat(), resourceVersion: page.resourceVersion }
}

/** One page. Only its projected objects are in memory together: the size of the originals is up to others. */
async function readPage<T>(collection: Collection<T>, options: PageOptions): Promise<Page<T>> {
  const { client, project } = collection
  const { limit, token, pageMilliseconds: deadlineMilliseconds, signal } = options
  const call = { method: 'GET', path: pathOf(collection, limit, token), deadlineMilliseconds, signal } as const
  const reader = createListReader(`GET ${collection.path}`)
  const objects: T[] = []
  let bytes = 0
  let busySince = performance.now()
  for await (const chunk of client.stream(call)) {
    bytes += chunk.length
    for (const item of reader.read(chunk)) objects.push(project(item))
    if (performance.now() - busySince < BUSY_MILLISECONDS) continue
    await setImmediate()
    busySince = performance.now()
  }
  const { resourceVersion, continue: next } = reader.end()
  return { objects, resourceVersion, token: next || undefined, bytes }
}

function pathOf({ path, query }: Collection<unknown>, limit: number | undefined, token: string | undefined): string {
  const parameters = new URLSearchParams(query)
  if (limit !== undefined) parameters.set('limit', `${limit}`)
  if (token !== undefined) parameters.set('continue', token)
  return `${path}?${parameters}`
}

/** The number of objects of a first page, when their size is unknown: at most 30 MB. */
const FIRST_PAGE_SIZE = 20

/** What an API server must build, and hold until it is sent, for one page. */
const PAGE_BYTES = 8 * 1024 * 1024
/** The next objects may be as large as etcd accepts: 250 of them have 375 MB. */
const PAGE_SIZE_MAX = 250

/** The size of a page. */
export interface PageFigures {
  readonly objects: number
  readonly bytes: number
}

/** The number of objects of the next page, for about 8 MiB if its objects have the same size. */
export function nextPageSize(size: number, { objects, bytes }: PageFigures): number {
  if (objects === 0) return size
  return Math.max(1, Math.min(Math.floor((PAGE_BYTES * objects) / bytes), PAGE_SIZE_MAX))
}

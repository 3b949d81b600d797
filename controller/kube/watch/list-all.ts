import { setImmediate } from 'node:timers/promises'
import type { ApiClient } from '../api/api-client.ts'
import { ApiError } from '../api/api-error.ts'
import { createListReader } from './list-reader.ts'

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

interface Page<T> extends Listing<T> {
  readonly token: string | undefined
  readonly bytes: number
}

export interface ListLimits {
  /** How long a page may take to begin, and to go on. */
  readonly pageMilliseconds: number
  readonly signal?: AbortSignal
}

interface PageOptions extends ListLimits {
  readonly limit?: number | undefined
  readonly token?: string
}

/** For how long objects are read and projected before leases are renewed and probes answered. */
const BUSY_MILLISECONDS = 10

/**
 * Every object of a collection. Without `resourceVersion`, so that the list is consistent and not older than what was seen before:
 * what it lacks may be deleted. Rejects where any page cannot be had: part of a list says nothing about what is missing.
 */
export async function listAll<T>(collection: Collection<T>, limits: ListLimits): Promise<Listing<T>> {
  const inPages = () => listPages(collection, { ...limits, limit: FIRST_PAGE_SIZE })
  // The API server forgets a page's successor when etcd is compacted: once more, then without pages, as client-go's pager does.
  return inPages()
    .catch(unlessExpired(inPages))
    .catch(unlessExpired(() => listPages(collection, limits)))
}

/** How far the API server has come, by as small a list as there is. */
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

/** One page, of which only the projected objects are ever in memory together: others choose how large each of them is. */
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

/** How many objects a page may have at first, when nobody knows how large they are: at most 30 MB of them. */
const FIRST_PAGE_SIZE = 20

/** What an API server has to build, and to hold until it is sent, for one page. */
const PAGE_BYTES = 8 * 1024 * 1024
/** Whatever came before, the next ones may be as large as etcd takes them: 250 are 375 MB. */
const PAGE_SIZE_MAX = 250

/** What a page had. */
export interface PageFigures {
  readonly objects: number
  readonly bytes: number
}

/** How many objects the page after another one may have, so that it is about 8 MiB if they are as large. */
export function nextPageSize(size: number, { objects, bytes }: PageFigures): number {
  if (objects === 0) return size
  return Math.max(1, Math.min(Math.floor((PAGE_BYTES * objects) / bytes), PAGE_SIZE_MAX))
}

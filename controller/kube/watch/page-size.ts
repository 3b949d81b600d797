/** How many objects a page may have at first, when nobody knows how large they are: at most 30 MB of them. */
export const FIRST_PAGE_SIZE = 20

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

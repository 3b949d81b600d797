import { isDeepStrictEqual } from 'node:util'
import { isAtLeast } from '../resource-version.ts'
import { type Cache, cacheKeyOf, type Listed } from './cache.ts'
import type { Listing } from './list-all.ts'

/** Finds out a watch that loses events without an error, by comparing the cache with a list from time to time. */
export interface SelfCheck {
  /** To be said when the cache was made equal to a list: the next comparison is then a whole period away. */
  readonly restart: () => void
  /** To be said of each object that the watch tells of. */
  readonly onTouched: (key: string) => void
  /** To be said when the watch has come as far as `resourceVersion`. */
  readonly onReached: (resourceVersion: string) => void
  readonly stop: () => void
}

interface SelfCheckOptions {
  readonly cache: Cache<Listed>
  /** Undefined where there is nothing to compare any more. */
  readonly list: (signal: AbortSignal) => Promise<Listing<Listed> | undefined>
  readonly periodMilliseconds: number
  /** Told how many objects the list has otherwise than the cache, after each comparison. */
  readonly onCompared: (divergent: number) => void
  readonly onError: (error: unknown) => void
}

interface Round {
  readonly abort: AbortController
  /** What the watch has told of since before the list: there the list may be the older one. */
  readonly touched: Set<string>
  listing: Listing<Listed> | undefined
}

/** Compares only what cannot differ: objects that the watch has left alone until it had told all that the list can know. */
export function createSelfCheck(options: SelfCheckOptions): SelfCheck {
  const { cache, list, periodMilliseconds, onCompared, onError } = options
  let round: Round | undefined
  let timer: NodeJS.Timeout | undefined

  function restart(): void {
    stop()
    timer = setTimeout(begin, periodMilliseconds * (0.8 + Math.random() * 0.4))
  }

  function begin(): void {
    restart()
    const current: Round = { abort: new AbortController(), touched: new Set(), listing: undefined }
    round = current
    list(current.abort.signal).then(
      (listing) => {
        current.listing = listing
      },
      (error) => {
        if (round === current) onError(error)
      },
    )
  }

  function stop(): void {
    clearTimeout(timer)
    round?.abort.abort()
    round = undefined
  }

  return {
    restart,
    stop,
    onTouched: (key) => round?.touched.add(key),
    onReached: (resourceVersion) => {
      if (!(round?.listing && isAtLeast(resourceVersion, round.listing.resourceVersion))) return
      const { listing, touched } = round
      round = undefined
      onCompared(divergent(cache, listing.objects, touched))
    },
  }
}

function divergent(cache: Cache<Listed>, objects: readonly Listed[], touched: ReadonlySet<string>): number {
  const listed = new Map(objects.map((object) => [cacheKeyOf(object), object]))
  const keys = [...new Set([...listed.keys(), ...cache.keys()])].filter((key) => !touched.has(key))
  return keys.filter((key) => !isDeepStrictEqual(cache.get(key), listed.get(key))).length
}

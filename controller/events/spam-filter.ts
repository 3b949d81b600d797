const BURST = 25
const REFILL_MILLISECONDS = 300_000
const OBJECTS_MAX = 4096

/** Whether an object may have one more Event: 25 at once, then one every five minutes (client-go `tools/record/events_cache.go`). */
export function createSpamFilter(): (uid: string, now: number) => boolean {
  const buckets = new Map<string, { tokens: number; since: number }>()
  return (uid, now) => {
    const { tokens, since } = buckets.get(uid) ?? { tokens: BURST, since: now }
    const refilled = Math.min(BURST, tokens + (now - since) / REFILL_MILLISECONDS)
    // Set anew, so that the first key of the map is the one that was not used for longest.
    buckets.delete(uid)
    buckets.set(uid, { tokens: refilled < 1 ? refilled : refilled - 1, since: now })
    const [oldest] = buckets.keys()
    if (buckets.size > OBJECTS_MAX && oldest !== undefined) buckets.delete(oldest)
    return refilled >= 1
  }
}

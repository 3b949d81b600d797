import { byteRangeText, byteText } from '../../upstream/buildkit/amount.ts'
import { isUnconditional } from '../../upstream/buildkit/policies.ts'
import { simulate } from '../../upstream/buildkit/simulate.ts'
import { cacheBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { limitWrittenIn, type OverLimit, overLimit, sharesOfDisk } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** On which BuildKit's defaults, smaller on smaller disks, are as large as they get. */
const LARGE_DISK = 1e12

/** Garbage collection that begins after the eviction. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'The cache can exceed 80% of the limit for `ephemeral-storage`, or of the `sizeLimit` of its emptyDir.',
    why: 'The kubelet immediately evicts a Pod that exceeds its limit, with its builds and its cache. BuildKit does not know the limit and collects garbage at most once a minute. Builds need room below the limit for what they write in between.',
    source:
      'kubernetes v1.37.2, pkg/kubelet/eviction/eviction_manager.go, podEphemeralStorageLimitEviction; buildkit v0.34.2, control/control.go, throttledGC, and cmd/buildkitd/config/gcpolicy.go, DetectDefaultGCCap',
    example: {
      wrong: templateOf({ resources: { default: { limits: { 'ephemeral-storage': '50Gi' } } } }),
      right: templateOf({
        buildkitdToml: '[worker.oci]\n  maxUsedSpace = "40GB"\n',
        resources: { default: { limits: { 'ephemeral-storage': '50Gi' } } },
      }),
    },
  }),
  of: 'builder',
  find: (builder) => {
    const over = overLimit(builder)
    if (!over || sharesOfDisk(over.gc).length > 0 || !over.gc.policies.some(isUnconditional)) return []
    return [cacheBreach(builder, limitWrittenIn(over.gc), message(over))]
  },
}

function message({ gc, limit, share }: OverLimit): string {
  const { floor, ceiling } = simulate({ policies: gc.policies, disk: LARGE_DISK })
  const got = Number.isFinite(ceiling) ? byteRangeText(floor, ceiling) : "no ceiling except the node's disk"
  return `the cache must stay below ${byteText(share)}, 80% of ${limit.words}, got ${got}${limitWrittenIn(gc) ? '' : " by BuildKit's defaults"}; set \`maxUsedSpace\` in \`[worker.oci]\` to less, or raise the limit`
}

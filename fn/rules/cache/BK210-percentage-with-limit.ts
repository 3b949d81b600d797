import { amountOf, boundsOf, byteText } from '../../upstream/buildkit/amount.ts'
import { cacheBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { overLimit, sharesOfDisk } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

const EXAMPLE_DISK = 2 ** 40

/** A percentage where the builder may not have the disk that it is of. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: "An amount is a percentage of the node's disk, but the builder has a limit for `ephemeral-storage`.",
    why: 'BuildKit asks the file system for its size. For an emptyDir, this is the disk of the node, whatever the limit is. The same manifest keeps a larger cache on a larger node, and the kubelet evicts the Pod there.',
    source:
      'buildkit v0.34.2, util/disk, GetDiskStat, and cmd/buildkitd/config/gcpolicy.go, AsBytes; kubernetes v1.37.2, pkg/kubelet/eviction/eviction_manager.go, podEphemeralStorageLimitEviction',
    example: {
      wrong: templateOf({
        buildkitdToml: '[worker.oci]\n  maxUsedSpace = "80%"\n',
        resources: { default: { limits: { 'ephemeral-storage': '50Gi' } } },
      }),
      right: templateOf({
        buildkitdToml: '[worker.oci]\n  maxUsedSpace = "40GB"\n',
        resources: { default: { limits: { 'ephemeral-storage': '50Gi' } } },
      }),
    },
  }),
  of: 'builder',
  needs: 'settings',
  find: (builder) => {
    const over = overLimit(builder)
    if (!over) return []
    return sharesOfDisk(over.gc).map((value) => {
      const key = value.path.at(-1)
      const bytes = boundsOf(amountOf(value.value) ?? {}, EXAMPLE_DISK).most
      const message = `\`${key}\` must be in bytes, at most ${byteText(over.share)} (80% of ${over.limit.words}), got "${value.value}" of the node's disk, which is ${byteText(bytes)} on a disk of 1 TiB`
      return cacheBreach(builder, value, message)
    })
  },
}

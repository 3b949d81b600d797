import { cacheBreach } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { gcOf, sharesOfDisk, storageLimit, volumeOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** A percentage of a disk that others use too. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: "An amount is a percentage of the node's disk, which builders share.",
    why: 'BuildKit asks the file system for its size, and for an emptyDir, this is the disk of the node. Each builder on a node counts the whole disk as its own. Only `minFreeSpace` takes into account what others use.',
    source: 'buildkit v0.34.2, util/disk, GetDiskStat, and cmd/buildkitd/config/gcpolicy.go, AsBytes',
    example: {
      wrong: templateOfToml('[worker.oci]\n  maxUsedSpace = "60%"\n'),
      right: templateOfToml('[worker.oci]\n  maxUsedSpace = "60GB"\n  minFreeSpace = "20%"\n'),
    },
  }),
  of: 'builder',
  needs: 'settings',
  find: (builder) => {
    if (storageLimit(builder) || volumeOf(builder.template)) return []
    return sharesOfDisk(gcOf(builder.template)).map((value) => {
      const message = `\`${value.path.at(-1)}\` must be in bytes if several builders share a node, got "${value.value}" of the node's disk for each of them`
      return cacheBreach(builder, value, message)
    })
  },
}

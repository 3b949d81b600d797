import { cacheBreach } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { gcOf, storageLimit, volumeOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** A cache that only people prune. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'Garbage collection is off.',
    why: 'The cache grows until you run `buildctl prune`, or until the node runs out of disk space and the kubelet evicts Pods, including those of others.',
    source:
      'buildkit v0.34.2, cmd/buildkitd/main.go, getGCPolicy; kubernetes v1.37.2, pkg/kubelet/eviction/eviction_manager.go, synchronize',
    example: {
      wrong: templateOfToml('[worker.oci]\n  gc = false\n'),
      right: templateOfToml('[worker.oci]\n  maxUsedSpace = "100GB"\n'),
    },
  }),
  of: 'builder',
  needs: 'settings',
  find: (builder) => {
    const off = gcOf(builder.template).off
    if (!off || storageLimit(builder) || volumeOf(builder.template)) return []
    const message = `\`gc\` must be true, got false; the cache has no ceiling except the node's disk; remove it and set \`maxUsedSpace\``
    return [cacheBreach(builder, off, message)]
  },
}

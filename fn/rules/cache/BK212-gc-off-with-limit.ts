import { cacheBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { gcOf, storageLimit } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** A limit that builds run into for certain. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'Garbage collection is off, and the builder has a limit for `ephemeral-storage`.',
    why: 'The cache grows with every build until the kubelet evicts the Pod, with its builds and its cache. Then the cache grows again.',
    source:
      'buildkit v0.34.2, cmd/buildkitd/main.go, getGCPolicy; kubernetes v1.37.2, pkg/kubelet/eviction/eviction_manager.go, podEphemeralStorageLimitEviction',
    example: {
      wrong: templateOf({
        buildkitdToml: '[worker.oci]\n  gc = false\n',
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
    const off = gcOf(builder.template).off
    const limit = storageLimit(builder)
    if (!(off && limit)) return []
    const message = `\`gc\` must be true with ${limit.words}, got false; the cache has no ceiling, and the kubelet evicts the builder at its limit; remove it and set \`maxUsedSpace\``
    return [cacheBreach(builder, off, message)]
  },
}

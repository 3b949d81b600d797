import { cacheBreach } from '../breaches/breach.ts'
import { gcOf, storageLimit } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** A cache that only people prune. */
export const rule: Rule = {
  severity: 'info',
  what: 'Garbage collection is off.',
  why: 'The cache grows until somebody runs `buildctl prune`, or until the disk is short and the kubelet evicts Pods from the node, others among them.',
  source:
    'buildkit v0.34.2, cmd/buildkitd/main.go, getGCPolicy; kubernetes v1.37.2, pkg/kubelet/eviction/eviction_manager.go, synchronize',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [worker.oci]
      gc = false
`,
    right: `kind: BuildkitTemplate
spec:
  buildkitdToml: |
    [worker.oci]
      maxUsedSpace = "100GB"
`,
  },
  of: 'builder',
  needs: 'settings',
  find: (builder) => {
    const off = gcOf(builder.template).off
    if (!off || storageLimit(builder)) return []
    const message = `\`gc\` must not be false, got false: the cache has no ceiling but the node's disk; remove it and set \`maxUsedSpace\``
    return [cacheBreach(builder, off, message)]
  },
}

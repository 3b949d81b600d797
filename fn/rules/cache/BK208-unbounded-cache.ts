import { isUnconditional } from '../../upstream/buildkit/policies.ts'
import { breachAt } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { gcOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** Policies that leave something alone whatever its size. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'No policy limits the whole cache.',
    why: "If every policy has `filters` or a `keepDuration`, BuildKit never deletes records of other types or of today's builds. The cache grows until the kubelet evicts Pods because the node runs out of disk space, or evicts this Pod because of its limit.",
    source:
      'buildkit v0.34.2, cache/manager.go, pruneOnce; kubernetes v1.37.2, pkg/kubelet/eviction/eviction_manager.go',
    example: {
      wrong: templateOfToml(
        '[[worker.oci.gcpolicy]]\n  filters = ["type==exec.cachemount"]\n  keepDuration = "48h"\n  maxUsedSpace = "10GB"\n',
      ),
      right: templateOfToml(
        '[[worker.oci.gcpolicy]]\n  filters = ["type==exec.cachemount"]\n  keepDuration = "48h"\n  maxUsedSpace = "10GB"\n[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "50GB"\n',
      ),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) => {
    const { listed, policies } = gcOf(template)
    const [first] = listed
    if (!first || policies.some(isUnconditional)) return []
    const message =
      '`gcpolicy` must end with a policy for the whole cache, got only policies with `filters` or `keepDuration`; the ceiling is the disk; add one with `all = true` and `maxUsedSpace`'
    return [breachAt(first.at, message)]
  },
}

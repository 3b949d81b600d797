import { covers } from '../../upstream/buildkit/policies.ts'
import { breachAt } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { gcOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** A policy that finds nothing left to delete. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A policy never deletes anything, because an earlier policy prunes further.',
    why: 'Policies run in order, and each stops when the whole cache is below its amount. After a stricter policy, a looser one has nothing to delete.',
    source: 'buildkit v0.34.2, cache/manager.go, Prune, prune and pruneOnce',
    example: {
      wrong: templateOfToml(
        '[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "20GB"\n[[worker.oci.gcpolicy]]\n  filters = ["type==exec.cachemount"]\n  keepDuration = "48h"\n  maxUsedSpace = "50GB"\n',
      ),
      right: templateOfToml(
        '[[worker.oci.gcpolicy]]\n  filters = ["type==exec.cachemount"]\n  keepDuration = "48h"\n  maxUsedSpace = "10GB"\n[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "20GB"\n',
      ),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) => {
    const { listed } = gcOf(template)
    return listed.flatMap(({ policy, at: place }, at) => {
      const earlier = listed.findIndex((other, index) => index < at && covers(other.policy, policy))
      if (earlier === -1) return []
      const message = `policy ${at + 1} of \`gcpolicy\` has no effect, because policy ${earlier + 1} prunes the cache to less; move it up with smaller amounts, or remove it`
      return [breachAt(place, message)]
    })
  },
}

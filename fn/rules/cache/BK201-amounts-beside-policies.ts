import { breachAt } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { gcOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** Amounts of the worker, which its policies replace. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'Amounts for the cache are set beside `gcpolicy` in `[worker.oci]`, where BuildKit ignores them.',
    why: 'BuildKit makes policies from these amounts only if no policy is listed. The listed policies alone decide the size of the cache.',
    source: 'buildkit v0.34.2, cmd/buildkitd/main.go, getGCPolicy',
    example: {
      wrong: templateOfToml(
        '[worker.oci]\n  maxUsedSpace = "50GB"\n[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "10GB"\n',
      ),
      right: templateOfToml('[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "50GB"\n'),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) => {
    const { listed, worker, gckeepstorage } = gcOf(template)
    if (listed.length === 0) return []
    return [...Object.values(worker), ...(gckeepstorage ? [gckeepstorage] : [])].map((value) => {
      const message = `\`${value.path.at(-1)}\` has no effect, because BuildKit reads only the amounts in \`gcpolicy\`; move it there, or remove it`
      return breachAt(value, message)
    })
  },
}

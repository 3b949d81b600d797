import { hasAmount } from '../../upstream/buildkit/policies.ts'
import { breachAt } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { gcOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** A policy that takes away whatever it may. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A policy has neither an amount nor a `keepDuration`: it deletes everything that it matches.',
    why: 'Garbage collection runs up to once a minute during builds. Each run deletes the whole cache except for the records that a build uses at that moment.',
    source: 'buildkit v0.34.2, cache/manager.go, calculateKeepBytes and pruneOnce; control/control.go, throttledGC',
    example: {
      wrong: templateOfToml('[[worker.oci.gcpolicy]]\n  all = true\n'),
      right: templateOfToml('[[worker.oci.gcpolicy]]\n  all = true\n  maxUsedSpace = "50GB"\n'),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) => {
    const empty = gcOf(template).listed.filter(({ policy }) => !hasAmount(policy) && policy.keepDuration === 0)
    return empty.map(({ at, policy: { filters } }) => {
      const what =
        filters.length === 0
          ? 'the whole cache'
          : `everything that matches ${filters.map((one) => `"${one}"`).join(' or ')}`
      const message = `\`gcpolicy\` must have \`maxUsedSpace\` or \`keepDuration\`, got neither; every collection deletes ${what}; floor and ceiling are 0`
      return breachAt(at, message)
    })
  },
}

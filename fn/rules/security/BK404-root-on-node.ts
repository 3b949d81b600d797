import { nearestBreach } from '../breaches/breach.ts'
import { templateOf, templateOfToml } from '../example.ts'
import { ENTITLEMENTS, entitlementsOf } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** In a privileged container `RUN --security=insecure` has what the container has: all of the node. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A privileged builder grants `security.insecure`, which makes a build root on the node.',
    why: 'A `RUN --security=insecure` step gets every capability and every device of the privileged container. The client decides which step does so, and BuildKit does not distinguish clients.',
    source: 'buildkit v0.34.2, solver/llbsolver/entitlements.go; executor/oci/spec_linux.go, security.WithInsecureSpec',
    example: {
      wrong: templateOfToml('insecure-entitlements = ["security.insecure"]\n'),
      right: templateOf({ hostUsers: false, buildkitdToml: 'insecure-entitlements = ["security.insecure"]\n' }),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) => {
    if (template.mode !== 'privileged' || !entitlementsOf(template).includes('security.insecure')) return []
    const message = `\`${ENTITLEMENTS}\` must not grant "security.insecure" to clients that you do not trust with the node; remove it, or isolate root in the Pod with \`hostUsers: false\``
    return [nearestBreach(template.settings, [ENTITLEMENTS], message)]
  },
}

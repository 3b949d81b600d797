import { nearestBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { ENTITLEMENTS, entitlementsOf } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** Where root is no root of the node, it still is root over the builder. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'A builder grants `security.insecure`, which lets a build control the builder.',
    why: 'A user namespace, of the Pod or of RootlessKit, isolates such a step from the node, but not from buildkitd in the same Pod: its cache, its other builds and the credentials that they use.',
    source: 'buildkit v0.34.2, solver/llbsolver/entitlements.go',
    example: {
      wrong: templateOf({ hostUsers: false, buildkitdToml: 'insecure-entitlements = ["security.insecure"]\n' }),
      right: templateOf({ hostUsers: false }),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) => {
    if (template.mode === 'privileged' || !entitlementsOf(template).includes('security.insecure')) return []
    const message = `\`${ENTITLEMENTS}\` must not grant "security.insecure" if different teams share this builder; such a step controls the builder and its cache`
    return [nearestBreach(template.settings, [ENTITLEMENTS], message)]
  },
}

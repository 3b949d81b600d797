import { breachAt } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { gcOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** An amount under its old name, which the new names replace. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: '`gckeepstorage` or `keepBytes` is set beside the keys that replaced it.',
    why: 'BuildKit reads the old name only if the new names are missing, so one of the two amounts is not in force.',
    source: 'buildkit v0.34.2, cmd/buildkitd/config/gcpolicy.go, DefaultGCPolicy; cmd/buildkitd/main.go, getGCPolicy',
    example: {
      wrong: templateOfToml('[worker.oci]\n  gckeepstorage = "50GB"\n  maxUsedSpace = "80GB"\n'),
      right: templateOfToml('[worker.oci]\n  maxUsedSpace = "80GB"\n'),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) => {
    const { listed, scopes } = gcOf(template)
    const dead = scopes.flatMap(({ amounts, old }) => {
      const by = Object.keys(amounts).filter((key) => listed.length === 0 || key === 'reservedSpace')
      return old && by.length > 0 ? [{ old, by }] : []
    })
    return dead.map(({ old, by }) => {
      const message = `\`${old.path.at(-1)}\` has no effect beside \`${by.join('` and `')}\`, which replaced it; remove it`
      return { ...breachAt(old, message), fix: { kind: 'remove' } }
    })
  },
}

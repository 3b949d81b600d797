import { elementsAt, isTomlTable, valueAt } from '../../toml/values-at.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A key without its certificate. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'A `keypair` does not set both `key` and `cert`.',
    why: 'Every pull from and push to this registry fails with "failed to load keypair".',
    source: 'buildkit v0.34.2, util/resolver/resolver.go, loadTLSConfig',
    example: {
      wrong: templateOfToml('[[registry."registry.example.com".keypair]]\ncert = "/etc/ssl/certs/client.pem"\n'),
      right: templateOfToml(
        '[[registry."registry.example.com".keypair]]\nkey = "/etc/ssl/certs/client.key"\ncert = "/etc/ssl/certs/client.pem"\n',
      ),
    },
  }),
  ...inToml((toml) =>
    elementsAt(toml, ['registry', '*', 'keypair']).flatMap((pair) => {
      const missing = ['key', 'cert'].filter((key) => !valueAt(pair, [key])?.value)
      if (!isTomlTable(pair.value) || missing.length === 0) return []
      return [
        { path: pair.path, message: `must set both \`key\` and \`cert\`, got no \`${missing.join('` and no `')}\`` },
      ]
    }),
  ),
}

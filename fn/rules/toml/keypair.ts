import { isTomlTable } from '../../toml/is-toml-table.ts'
import type { TomlValue } from '../../toml/values-at.ts'
import { valuesAt } from '../../toml/values-at.ts'
import type { Rule } from '../rule.ts'
import { templateWith } from './example.ts'
import { inToml } from './in-toml.ts'

/** A key without its certificate. */
export const KEYPAIR: Rule = {
  id: 'BK122',
  severity: 'error',
  what: 'A `keypair` of a registry has not both of `key` and `cert`.',
  why: 'Every pull from and push to that registry fails with "failed to load keypair".',
  source: 'buildkit v0.34.2, util/resolver/resolver.go, loadTLSConfig',
  example: {
    wrong: templateWith('[[registry."registry.example.com".keypair]]\ncert = "/etc/ssl/certs/client.pem"\n'),
    right: templateWith(
      '[[registry."registry.example.com".keypair]]\nkey = "/etc/ssl/certs/client.key"\ncert = "/etc/ssl/certs/client.pem"\n',
    ),
  },
  of: 'template',
  find: inToml((toml) =>
    valuesAt(toml, ['registry', '*', 'keypair'])
      .flatMap(pairs)
      .flatMap(({ path, value }) => {
        const keys = Object.keys(value as object).map((key) => key.toLowerCase())
        const missing = ['key', 'cert'].filter((key) => !keys.includes(key))
        return missing.length === 0
          ? []
          : [{ path, message: `must have \`key\` and \`cert\`, got no \`${missing.join('` and no `')}\`` }]
      }),
  ),
}

function pairs({ path, value }: TomlValue): readonly TomlValue[] {
  const all = Array.isArray(value)
    ? value.map((one: unknown, at) => ({ path: [...path, at], value: one }))
    : [{ path, value }]
  return all.filter((one) => isTomlTable(one.value))
}

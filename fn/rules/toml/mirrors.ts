import { elementsAt } from '../../toml/elements-at.ts'
import { valueText } from '../../toml/value-text.ts'
import { valuesAt } from '../../toml/values-at.ts'
import type { Rule } from '../rule.ts'
import { templateWith } from './example.ts'
import { inToml } from './in-toml.ts'

/** A mirror whose scheme says something that BuildKit does not read. */
export const MIRRORS: Rule = {
  id: 'BK120',
  severity: 'warning',
  what: 'A mirror is given with "http://", which BuildKit drops.',
  why: 'BuildKit reads host and path of a mirror and speaks HTTPS to it, fails, and pulls from the registry itself. Plain HTTP is the key `http` of the registry of that host.',
  source: 'buildkit v0.34.2, util/resolver/utils.go, extractMirrorHostAndPath; resolver.go, fillInsecureOpts',
  example: {
    wrong: templateWith('[registry."docker.io"]\nmirrors = ["http://mirror.example.com:5000"]\n'),
    right: templateWith(
      '[registry."docker.io"]\nmirrors = ["mirror.example.com:5000"]\n[registry."mirror.example.com:5000"]\nhttp = true\n',
    ),
  },
  ...inToml((toml) => {
    const http = new Map(valuesAt(toml, ['registry', '*', 'http']).map(({ path, value }) => [path[1], value]))
    return elementsAt(toml, ['registry', '*', 'mirrors']).flatMap(({ path, value }) => {
      const [, address = '', host = ''] = /^http:\/\/(([^/]+).*)$/.exec(String(value)) ?? []
      if (address === '' || (http.get(host) ?? isLocal(host)) === true) return []
      const message = `must be a host and a path, got ${valueText(value)}; write "${address}", and \`http = true\` under \`registry."${host}"\``
      return [{ path, value, message }]
    })
  }),
}

/** Whether BuildKit speaks plain HTTP to a host of which nothing is said. */
function isLocal(host: string): boolean {
  return /^(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?$/.test(host)
}

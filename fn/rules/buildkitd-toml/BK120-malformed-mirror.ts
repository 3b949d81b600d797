import { valueText } from '../../results/toml-texts.ts'
import { valuesAt } from '../../toml/values-at.ts'
import { isLoopback } from '../../upstream/buildkit/registry-hosts.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { type MirrorAt, registriesIn } from '../facts/registries.ts'
import type { Rule } from '../rule.ts'

/** A mirror of which BuildKit reads something else than what it says. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A mirror is not written as a host and a path.',
    why: 'BuildKit reads a host and a path from a mirror, puts "/v2" before the path and uses HTTPS. It drops a scheme and credentials. If the mirror fails, BuildKit pulls from the registry itself and only logs the failure. For plain HTTP, set `http` in the table of the mirror\'s host. Clients send the credentials.',
    source:
      'buildkit v0.34.2, util/resolver/utils.go, extractMirrorHostAndPath; resolver.go, newMirrorRegistryHost and fillInsecureOpts',
    example: {
      wrong: templateOfToml('[registry."docker.io"]\nmirrors = ["http://mirror.example.com:5000"]\n'),
      right: templateOfToml(
        '[registry."docker.io"]\nmirrors = ["mirror.example.com:5000"]\n[registry."mirror.example.com:5000"]\nhttp = true\n',
      ),
    },
  }),
  ...inToml((toml) => {
    const http = new Map(valuesAt(toml, ['registry', '*', 'http']).map(({ path, value }) => [path[1], value]))
    const isHttp = (host: string) => (http.get(host) ?? isLoopback(host)) === true
    return registriesIn(toml).sections.flatMap(({ name, mirrors }) =>
      mirrors.flatMap((one) => {
        const { path, value } = one.at
        const mistake = asText(one) ?? asItself(one, name) ?? asAddress(one, isHttp)
        return mistake ? [{ path, value, ...mistake }] : []
      }),
    )
  }),
}

interface MirrorMistake {
  readonly message: string
  readonly proposedValue?: string
}

/** What is wrong with a mirror whatever it means. */
function asText({ text, mirror: { host, path, hasCredentials } }: MirrorAt): MirrorMistake | undefined {
  // A variable that nothing replaces is another rule's: BK617.
  if (text.includes('${')) return undefined
  const got = () => `got ${valueText(text)}`
  const trimmed = text.trim()
  if (trimmed === '') return { message: `must be a host and a path, ${got()}; remove it` }
  if (trimmed !== text) return { message: `must be a host and a path without spaces, ${got()}`, proposedValue: trimmed }
  if (text.includes('@')) {
    const message = `must not contain credentials, which BuildKit drops, ${got()}; clients send them with each build`
    return { message, ...(hasCredentials && IS_HOST.test(host) && { proposedValue: host + path }) }
  }
  if (IS_HOST.test(host)) return undefined
  return { message: `must be a host and a path, ${got()}; BuildKit asks "${host}", which is not a host` }
}

/** Of what `net/url` takes, without what no name server knows. */
const IS_HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i

/** A registry is asked after its mirrors anyway. */
function asItself({ text, mirror: { host, path } }: MirrorAt, registry: string): MirrorMistake | undefined {
  const isSame = host === registry || (registry === 'docker.io' && DOCKER_HUB.includes(host))
  if (!isSame || path !== '') return undefined
  return { message: `must be a host other than the registry itself, got ${valueText(text)}; remove it` }
}

const DOCKER_HUB = ['index.docker.io', 'registry-1.docker.io']

function asAddress(
  { text, mirror: { scheme, host, path } }: MirrorAt,
  isHttp: (host: string) => boolean,
): MirrorMistake | undefined {
  const got = () => `got ${valueText(text)}`
  const [, api, rest = ''] = /^(\/v2)(\/.*)?$/.exec(path) ?? []
  if (api || path.endsWith('/v2')) {
    const message = `must not have "/v2" in its path, ${got()}; BuildKit puts it before the path and asks "${host}/v2${path}"`
    return { message, ...(api && { proposedValue: host + rest }) }
  }
  if (scheme !== 'http' || isHttp(host)) return undefined
  const address = host + path
  return {
    message: `must be a host and a path, ${got()}; write "${address}", and \`http = true\` under \`registry."${host}"\``,
  }
}

import { elementsAt } from '../../toml/elements-at.ts'
import type { TomlDocument } from '../../toml/read-toml.ts'
import { valueText } from '../../toml/value-text.ts'
import type { TomlValue } from '../../toml/values-at.ts'
import { isIpAddress, isLoopbackAddress, isPrivateAddress } from '../../upstream/buildkit/ip-address.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateWith } from '../example.ts'
import type { Rule } from '../rule.ts'

const SOURCE = 'buildkit v0.34.2, executor/oci/resolvconf.go, GetResolvConf'

interface NameServer extends TomlValue {
  readonly value: string
}

/** With one of them no step starts. */
export const NAME_SERVER_ADDRESS: Rule = {
  id: 'BK129',
  severity: 'error',
  what: 'A name server is not an IP address.',
  why: 'Every `RUN` step ends with "bad nameserver address": BuildKit takes addresses only, without a port.',
  source: SOURCE,
  example: {
    wrong: templateWith('[dns]\nnameservers = ["dns.example.com"]\n'),
    right: templateWith('[dns]\nnameservers = ["10.96.0.10"]\n'),
  },
  ...inToml((toml) =>
    nameServersIn(toml).flatMap(({ path, value }) => {
      if (isIpAddress(value)) return []
      const proposedValue = bareAddress(value)
      const message = `must be an IP address such as "10.96.0.10", without a port, got ${valueText(value)}`
      return [{ path, value, message, ...(proposedValue && { proposedValue }) }]
    }),
  ),
}

/** Where build steps look for it there is only the Pod. */
export const LOOPBACK_NAME_SERVER: Rule = {
  id: 'BK130',
  severity: 'warning',
  what: 'A name server is a loopback address, where nothing answers.',
  why: "Build steps share the Pod's network or have their own. Neither has a name server on a loopback address, unlike a node with systemd-resolved. Lookups fail, or wait for the next server.",
  source: SOURCE,
  example: {
    wrong: templateWith('[dns]\nnameservers = ["127.0.0.53"]\n'),
    right: templateWith('[dns]\nnameservers = ["10.96.0.10"]\n'),
  },
  ...inToml((toml) =>
    nameServersIn(toml).flatMap(({ path, value }) => {
      if (!(isIpAddress(value) && isLoopbackAddress(value))) return []
      const message = `must be reachable from the Pod, got ${valueText(value)}, where nothing answers; leave \`dns.nameservers\` out, and build steps then use the Pod's name servers`
      return [{ path, value, message }]
    }),
  ),
}

/** Right for builds that need no name of the cluster: advice. */
export const PUBLIC_NAME_SERVERS: Rule = {
  id: 'BK131',
  severity: 'info',
  what: 'Build steps use only public name servers, which cannot resolve names of the cluster.',
  why: "BuildKit's sample configuration names the servers of Cloudflare and Google. They replace those of the Pod for `RUN` steps, which then cannot resolve Services of the cluster, such as a package proxy. Pulls and pushes by buildkitd itself are not affected.",
  source: `${SOURCE}; docs/buildkitd.toml.md`,
  example: {
    wrong: templateWith('[dns]\nnameservers = ["1.1.1.1", "8.8.8.8"]\n'),
    right: templateWith('[dns]\noptions = ["ndots:2"]\n'),
  },
  ...inToml((toml) => {
    const servers = nameServersIn(toml)
    const isPublic = ({ value }: NameServer) =>
      isIpAddress(value) && !isPrivateAddress(value) && !isLoopbackAddress(value)
    if (servers.length === 0 || !servers.every(isPublic)) return []
    const message = 'names only public servers; leave it out if build steps use Services of the cluster'
    return servers.slice(0, 1).map(({ path }) => ({ path: path.slice(0, -1), message }))
  }),
}

function nameServersIn(toml: TomlDocument): readonly NameServer[] {
  return elementsAt(toml, ['dns', 'nameservers']).filter((one): one is NameServer => typeof one.value === 'string')
}

/** The address in a text with a port, brackets, a scheme or blanks. */
function bareAddress(text: string): string | undefined {
  const [, bracketed, plain = ''] = /^(?:\w+:\/\/)?(?:\[([^\]]*)\]|([^:/]*))(?::\d+)?\/?$/.exec(text.trim()) ?? []
  const address = bracketed ?? plain
  return isIpAddress(address) ? address : undefined
}

import { valueText } from '../../results/toml-texts.ts'
import { isIpAddress, isLoopbackAddress } from '../../upstream/buildkit/ip-address.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { nameServersIn } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** Where build steps look for it there is only the Pod. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A name server has a loopback address, where nothing answers.',
    why: "Build steps share the Pod's network or have their own. Neither has a name server on a loopback address, unlike a node with systemd-resolved. Lookups fail, or wait for the next server.",
    source: 'buildkit v0.34.2, executor/oci/resolvconf.go, GetResolvConf',
    example: {
      wrong: templateOfToml('[dns]\nnameservers = ["127.0.0.53"]\n'),
      right: templateOfToml('[dns]\nnameservers = ["10.96.0.10"]\n'),
    },
  }),
  ...inToml((toml) =>
    nameServersIn(toml).flatMap(({ path, value }) => {
      if (!(isIpAddress(value) && isLoopbackAddress(value))) return []
      const message = `must be reachable from the Pod, got ${valueText(value)}, where nothing answers; leave \`dns.nameservers\` out to use the Pod's name servers`
      return [{ path, value, message }]
    }),
  ),
}

import { isIpAddress, isLoopbackAddress, isPrivateAddress } from '../../upstream/buildkit/ip-address.ts'
import { inToml } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import { type NameServer, nameServersIn } from '../facts/settings.ts'
import type { Rule } from '../rule.ts'

/** Right for builds that need no name of the cluster: an info. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'Build steps use only public name servers, which cannot resolve names of the cluster.',
    why: "BuildKit's sample configuration names the servers of Cloudflare and Google. They replace the Pod's name servers for `RUN` steps, which then cannot resolve Services of the cluster, such as a package proxy. Pulls and pushes by buildkitd itself are not affected.",
    source: 'buildkit v0.34.2, executor/oci/resolvconf.go, GetResolvConf; docs/buildkitd.toml.md',
    example: {
      wrong: templateOfToml('[dns]\nnameservers = ["1.1.1.1", "8.8.8.8"]\n'),
      right: templateOfToml('[dns]\noptions = ["ndots:2"]\n'),
    },
  }),
  ...inToml((toml) => {
    const servers = nameServersIn(toml)
    const isPublic = ({ value }: NameServer) =>
      isIpAddress(value) && !isPrivateAddress(value) && !isLoopbackAddress(value)
    if (servers.length === 0 || !servers.every(isPublic)) return []
    const message = 'names only public servers; leave it out if build steps use Services of the cluster'
    return servers.slice(0, 1).map(({ path }) => ({ path: path.slice(0, -1), message }))
  }),
}

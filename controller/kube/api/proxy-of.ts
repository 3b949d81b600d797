import { BlockList, isIP } from 'node:net'
import { AccessError } from './access-error.ts'

export interface Route {
  readonly server: URL
  /** `proxy-url` of the kubeconfig's cluster. */
  readonly proxyUrl: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
}

const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy']
const LOOPBACK = /^(localhost|127\..*|\[::1\])$/

/** The proxy on the way to `server` as kubectl chooses it: the kubeconfig's, else the environment's; never to this machine. */
export function proxyOf({ server, proxyUrl, env }: Route): Readonly<Record<string, string>> | undefined {
  if (proxyUrl) {
    if (!/^https?:/.test(proxyUrl))
      throw new AccessError(`\`proxy-url\` must begin with http:// or https://, got "${proxyUrl}"`)
    return { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl }
  }
  const variables = VARIABLES.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []))
  const isDirect = LOOPBACK.test(server.hostname) || isInNetworks(server, env.no_proxy || env.NO_PROXY || '')
  return isDirect || variables.length === 0 ? undefined : Object.fromEntries(variables)
}

/** Node reads all of NO_PROXY but networks (`10.0.0.0/8`), which Go reads. */
function isInNetworks({ hostname }: URL, noProxy: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '')
  const networks = new BlockList()
  for (const entry of noProxy.split(',')) {
    const [network = '', bits] = entry.trim().split('/')
    const version = isIP(network)
    if (version !== 0 && bits) networks.addSubnet(network, Number(bits), version === 6 ? 'ipv6' : 'ipv4')
  }
  return isIP(address) !== 0 && networks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

import { type Agent as HttpAgent, Agent as PlainAgent } from 'node:http'
import { Agent, type AgentOptions } from 'node:https'
import { BlockList, isIP, Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { isDeepStrictEqual } from 'node:util'
import { type Access, AccessError, type Identity } from './access.ts'

/** `watch`: each call has a connection of its own. */
export type Lane = 'calls' | 'lease' | 'watch'

/** Connections of one lane that prove the same identity. */
export interface Pool {
  readonly agent: HttpAgent
  /** When an answer last began, by `performance.now()`. */
  answeredAt: number
}

export interface Connections {
  /** What to send a call over. With another certificate or CA come other connections; the old ones end with their calls. */
  readonly poolFor: (lane: Lane, identity: Identity) => Pool
  /** From now on no call is sent over a connection that is already open. */
  readonly retire: () => void
  /**
   * To be said when a call that was sent over `pool` at `sentAt` has timed out: `retire`, and where the pool has had no answer since, everything
   * under way in it ends at once. A partition takes all connections with it without a word, and no other call must wait for one.
   */
  readonly distrust: (pool: Pool, sentAt: number) => void
  /** Ends every connection that is not retired. */
  readonly close: () => void
}

const MAX_SOCKETS = { calls: 16, lease: 2 }

export function createConnections({ server, proxyEnv }: Access, connectMilliseconds: number): Connections {
  const pools = new Map<Lane, Pool>()
  let tls: Identity['tls'] = {}

  function retire(): void {
    for (const { agent } of pools.values()) retireAgent(agent)
    pools.clear()
  }

  function openPool(lane: Lane): Pool {
    const limits = { connectMilliseconds, ...(lane === 'watch' ? {} : { maxSockets: MAX_SOCKETS[lane] }) }
    const pool = { agent: createAgent(server, { ...tls, ...(proxyEnv && { proxyEnv }) }, limits), answeredAt: 0 }
    pools.set(lane, pool)
    return pool
  }

  return {
    poolFor: (lane, identity) => {
      if (!isDeepStrictEqual(identity.tls, tls)) retire()
      tls = identity.tls
      return pools.get(lane) ?? openPool(lane)
    },
    retire,
    distrust: (pool, sentAt) => {
      if ([...pools.values()].includes(pool)) retire()
      if (pool.answeredAt < sentAt) pool.agent.destroy()
    },
    close: () => {
      for (const { agent } of pools.values()) agent.destroy()
    },
  }
}

/** Its idle connections end now, the others as soon as they are idle. */
function retireAgent(agent: HttpAgent): void {
  agent.maxFreeSockets = 0
  for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy()
}

/** How long a connection may be idle before the kernel asks whether its other end is there. */
const PROBE_MILLISECONDS = 15_000

interface SocketLimits {
  readonly connectMilliseconds: number
  /** Connections are used again, and no more than `maxSockets` are open; without it each request has its own. */
  readonly maxSockets?: number
}

/** Connections to `server`. One that is not there in time fails with ETIMEDOUT; so does an idle one whose other end is gone. */
function createAgent(server: URL, options: AgentOptions, limits: SocketLimits): Agent | PlainAgent {
  const { connectMilliseconds, maxSockets } = limits
  const sockets = maxSockets === undefined ? { keepAlive: false } : { keepAlive: true, maxSockets, maxFreeSockets: 4 }
  const all = { ...options, ...sockets, keepAliveMsecs: PROBE_MILLISECONDS }
  const agent = server.protocol === 'http:' ? new PlainAgent(all) : new Agent(all)
  const createConnection = agent.createConnection.bind(agent)
  agent.createConnection = (socketOptions, callback) => {
    const socket = createConnection(socketOptions, callback)
    if (socket instanceof Socket) limitConnecting(socket, connectMilliseconds)
    return socket
  }
  return agent
}

function limitConnecting(socket: Socket, milliseconds: number): void {
  const timer = setTimeout(() => {
    const error = new Error(`no connection within ${milliseconds} ms`)
    socket.destroy(Object.assign(error, { code: 'ETIMEDOUT' }))
  }, milliseconds)
  // Node itself asks for probes only once a connection has become idle, and never on one that is not used again.
  socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
    clearTimeout(timer)
    socket.setKeepAlive(true, PROBE_MILLISECONDS)
  })
  socket.once('close', () => clearTimeout(timer))
}

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

import { Agent as PlainAgent } from 'node:http'
import { Agent, type AgentOptions } from 'node:https'
import { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

/** How long a connection may be idle before the kernel asks whether its other end is there. */
const PROBE_MILLISECONDS = 15_000

export interface SocketLimits {
  readonly connectMilliseconds: number
  /** Connections are used again, and no more than `maxSockets` are open; without it each request has its own. */
  readonly maxSockets?: number
}

/** Connections to `server`. One that is not there in time fails with ETIMEDOUT; so does an idle one whose other end is gone. */
export function createAgent(server: URL, options: AgentOptions, limits: SocketLimits): Agent | PlainAgent {
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

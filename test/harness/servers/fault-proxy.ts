import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, request, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'

/** What the proxy does to a request: nothing, or what a broken network, load balancer or API server would. */
export type Fault =
  | undefined
  /** Another answer than the API server's. */
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** The API server's answer, later: it gets the request when this resolves. */
  | { readonly until: Promise<unknown> }
  /** No answer at all. */
  | 'silence'

/** Stands before an API server, with its certificate, and can fail in the ways in which networks do. */
export interface FaultProxy {
  readonly url: string
  /** From now on asked for each request; requests that go through keep going. */
  readonly inject: (fault: (request: { readonly method: string; readonly path: string }) => Fault) => void
  /** Every open connection is reset, in the middle of whatever it says. */
  readonly reset: () => void
  /** Open connections stay open, and nothing comes through them any more. */
  readonly freeze: () => void
  /** New connections are reset at once, until `accept`. */
  readonly refuse: () => void
  readonly accept: () => void
  /** From now on new connections see this certificate; how many are open that have seen another one. */
  readonly certify: (certificate: { readonly cert: string; readonly key: string }) => () => number
  /** Open connections of clients. */
  readonly connections: () => number
  readonly stop: () => Promise<void>
}

let isEndingByItself = true

/**
 * Now and then Node.js spins in the cleanup at the natural end of a process whose connections were reset, for minutes. Such a process
 * exits instead, once nothing is left to do for a second time: by then the test runner has said all it has to say.
 */
function exitWithoutCleanup(): void {
  if (!isEndingByItself) return
  isEndingByItself = false
  let isIdleAgain = false
  process.on('beforeExit', (code) => {
    if (isIdleAgain) process.exit(code)
    isIdleAgain = true
    void setTimeout(1000)
  })
}

export async function startFaultProxy({ url, kubeconfig }: Pick<Cluster, 'url' | 'kubeconfig'>): Promise<FaultProxy> {
  exitWithoutCleanup()
  const pki = join(dirname(kubeconfig), 'pki')
  const [cert, key] = await Promise.all(['apiserver.crt', 'apiserver.key'].map((name) => readFile(join(pki, name))))
  const streams = new Set<{ readonly answer: IncomingMessage; readonly response: ServerResponse }>()
  let faultFor: Parameters<FaultProxy['inject']>[0] = () => undefined
  const server = createServer({ cert, key }, (incoming, response) => {
    const fault = faultFor({ method: incoming.method ?? '', path: incoming.url ?? '' })
    if (fault === 'silence') return
    if (fault && 'status' in fault) return answerWith(fault, response)
    const send = () => forward(url, { incoming, response, streams })
    if (fault) void fault.until.then(send)
    else send()
  })
  const { sockets, ...breaking } = breakConnections(server)
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...breaking,
    inject: (fault) => {
      faultFor = fault
    },
    freeze: () => {
      for (const { answer, response } of streams) answer.unpipe(response)
    },
    certify: (certificate) => {
      server.setSecureContext(certificate)
      const before = new Set(sockets)
      return () => [...sockets].filter((socket) => before.has(socket)).length
    },
    connections: () => sockets.size,
    stop: async () => {
      breaking.reset()
      server.close()
      await setTimeout(0)
    },
  }
}

/** The open connections of a server, and what may happen to them. */
function breakConnections(server: Server) {
  const sockets = new Set<Socket>()
  let isRefusing = false
  server.on('connection', (connection) => {
    const socket = connection as Socket
    if (isRefusing) socket.resetAndDestroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
  })
  server.on('tlsClientError', () => undefined)
  return {
    sockets,
    reset: () => {
      for (const socket of sockets) socket.resetAndDestroy()
    },
    refuse: () => {
      isRefusing = true
    },
    accept: () => {
      isRefusing = false
    },
  }
}

function answerWith(
  { status, body, headers }: Exclude<Fault, undefined | string | { until: unknown }>,
  response: ServerResponse,
) {
  response.writeHead(status, {
    'content-type': typeof body === 'string' ? 'text/plain' : 'application/json',
    ...headers,
  })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

interface Exchange {
  readonly incoming: IncomingMessage
  readonly response: ServerResponse
  readonly streams: Set<{ readonly answer: IncomingMessage; readonly response: ServerResponse }>
}

function forward(url: string, { incoming, response, streams }: Exchange): void {
  const { method, headers } = incoming
  const outgoing = request(
    new URL(incoming.url ?? '', url),
    { method, headers, rejectUnauthorized: false },
    (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers)
      response.flushHeaders()
      const stream = { answer, response }
      streams.add(stream)
      answer.pipe(response)
      answer.on('error', () => response.destroy())
      answer.on('close', () => streams.delete(stream))
    },
  )
  outgoing.on('error', () => response.destroy())
  response.on('close', () => outgoing.destroy())
  incoming.pipe(outgoing)
}

import { once } from 'node:events'
import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http'
import { createServer as createPlainServer } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Received {
  readonly method: string | undefined
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type Answerer = (response: ServerResponse, request: Received) => void

/** A server on loopback that answers what a test says, and keeps what it was asked. */
export interface LocalServer {
  readonly url: URL
  readonly server: Server
  /** What it does with each request; it may be replaced at any time. */
  answer: Answerer
  readonly requests: readonly Received[]
  /** How many connections there were. */
  readonly opened: () => number
  readonly sockets: ReadonlySet<Socket>
  readonly stop: () => Promise<void>
}

/** With TLS where `options` are given. */
export async function startLocalServer(answer: Answerer, options?: ServerOptions): Promise<LocalServer> {
  const requests: Received[] = []
  const sockets = new Set<Socket>()
  let opened = 0
  const server = options ? createServer(options) : createPlainServer()
  server.on('connection', (socket: Socket) => {
    opened += 1
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('request', async (request, response) => {
    const { method, url: path, headers } = request
    const received = { method, path, headers, body: await text(request) }
    requests.push(received)
    local.answer(response, received)
  })
  server.on('tlsClientError', () => undefined)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const stop = async () => {
    const closed = once(server.close(), 'close')
    for (const socket of sockets) socket.destroy()
    await closed
  }
  const url = new URL(`${options ? 'https' : 'http'}://127.0.0.1:${port}`)
  const local: LocalServer = { url, server, answer, requests, opened: () => opened, sockets, stop }
  return local
}

/** Answers with JSON. */
export function json(body: unknown, code = 200, headers: Readonly<Record<string, string>> = {}): Answerer {
  return (response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }
}

/** Answers those who have this token. */
export function takes(token: string): Answerer {
  return (response, request) =>
    json({}, request.headers.authorization === `Bearer ${token}` ? 200 : 401)(response, request)
}

/** Takes the request, and says nothing ever after. */
export const silence: Answerer = () => undefined

import { type Agent, type IncomingMessage, request as requestPlainly } from 'node:http'
import { request as requestSecurely } from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { urlToHttpOptions } from 'node:url'
import type { ApiCall } from './api-call.ts'
import { ConnectionError } from './api-error.ts'

export interface Exchange {
  readonly server: URL
  readonly agent: Agent
  readonly headers: Readonly<Record<string, string>>
  readonly call: ApiCall
  readonly signal: AbortSignal
}

/**
 * Sends a call once. The answer, its body still to come. What it rejects with is a ConnectionError only where the connection was stale,
 * and a NotSentError where the call's guard objects: it is asked when there is a connection, however long that took.
 */
export function exchange({ server, agent, headers, call, signal }: Exchange): Promise<IncomingMessage> {
  const { method, body } = call
  const request = server.protocol === 'http:' ? requestPlainly : requestSecurely
  const path = server.pathname.replace(/\/$/, '') + call.path
  const json = body === undefined ? '' : JSON.stringify(body)
  const sent = { accept: 'application/json', ...headers, ...(json && contentHeaders(call, json)) }
  return new Promise((resolve, reject) => {
    let response: IncomingMessage | undefined
    const outgoing = request({ ...urlToHttpOptions(server), method, path, agent, headers: sent, signal })
    outgoing.on('response', (incoming) => {
      response = incoming
      resolve(incoming)
    })
    outgoing.on('error', (cause: NodeJS.ErrnoException) => {
      // Otherwise whoever reads the body learns only that it was cut off, and not how.
      response?.destroy(cause)
      const isStale = outgoing.reusedSocket && (cause.code === 'ECONNRESET' || cause.code === 'EPIPE')
      reject(isStale ? new ConnectionError(cause.message, { cause, failure: 'stale' }) : cause)
    })
    const send = () => {
      try {
        call.guard?.()
        outgoing.end(json)
      } catch (error) {
        outgoing.destroy(error as Error)
      }
    }
    outgoing.once('socket', (socket) => whenConnected(socket, send))
  })
}

/** Calls `then` at once where the connection is there, else as soon as it is; never where it does not come to be. */
function whenConnected(socket: Socket, then: () => void): void {
  const isSecure = socket instanceof TLSSocket
  // Until both ends have shaken hands the protocol is null or "unknown".
  const isConnected = isSecure
    ? /^(TLS|SSL)v/.test(socket.getProtocol() ?? '') && !socket.connecting
    : !socket.connecting
  if (isConnected) then()
  else socket.once(isSecure ? 'secureConnect' : 'connect', then)
}

function contentHeaders({ method, contentType }: ApiCall, json: string): Readonly<Record<string, string>> {
  return {
    'content-type': contentType ?? (method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'),
    // Without it Node sends the body of a DELETE in a way that the API server does not read: preconditions would not count.
    'content-length': `${Buffer.byteLength(json)}`,
  }
}

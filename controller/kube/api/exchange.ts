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
 * Sends a call once, and resolves with the answer before its body. Rejects with a ConnectionError only if the connection was stale, and
 * with a NotSentError if the call's guard throws. The guard runs when the connection is established, however long that took.
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
      // Otherwise the reader of the body learns that it was cut off, but not why.
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

/** Calls `then` when the connection is established; never if that fails. */
function whenConnected(socket: Socket, then: () => void): void {
  const isSecure = socket instanceof TLSSocket
  // Before the end of the handshake the protocol is null or "unknown".
  const isConnected = isSecure
    ? /^(TLS|SSL)v/.test(socket.getProtocol() ?? '') && !socket.connecting
    : !socket.connecting
  if (isConnected) then()
  else socket.once(isSecure ? 'secureConnect' : 'connect', then)
}

function contentHeaders({ method, contentType }: ApiCall, json: string): Readonly<Record<string, string>> {
  return {
    'content-type': contentType ?? (method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'),
    // Without it Node.js sends the body of a DELETE so that the API server ignores it, and its preconditions.
    'content-length': `${Buffer.byteLength(json)}`,
  }
}

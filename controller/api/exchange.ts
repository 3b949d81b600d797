import { type Agent, type IncomingMessage, request as requestPlainly } from 'node:http'
import { request as requestSecurely } from 'node:https'
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

/** Sends a call once. The answer, its body still to come. What it rejects with is a ConnectionError only where the connection was stale. */
export function exchange({ server, agent, headers, call, signal }: Exchange): Promise<IncomingMessage> {
  const { method, body } = call
  const request = server.protocol === 'http:' ? requestPlainly : requestSecurely
  const path = server.pathname.replace(/\/$/, '') + call.path
  const json = body === undefined ? '' : JSON.stringify(body)
  const sent = { accept: 'application/json', ...headers, ...(json && contentHeaders(call, json)) }
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...urlToHttpOptions(server), method, path, agent, headers: sent, signal }, resolve)
    outgoing.on('error', (cause: NodeJS.ErrnoException) => {
      const isStale = outgoing.reusedSocket && (cause.code === 'ECONNRESET' || cause.code === 'EPIPE')
      reject(isStale ? new ConnectionError(cause.message, { cause, failure: 'stale' }) : cause)
    })
    outgoing.end(json)
  })
}

function contentHeaders({ method, contentType }: ApiCall, json: string): Readonly<Record<string, string>> {
  return {
    'content-type': contentType ?? (method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'),
    // Without it Node sends the body of a DELETE in a way that the API server does not read: preconditions would not count.
    'content-length': `${Buffer.byteLength(json)}`,
  }
}

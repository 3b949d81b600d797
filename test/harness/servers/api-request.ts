import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What an API server answered. */
export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: an object of any kind, or a Status
  readonly body: any
  /** The texts of its `Warning` headers. */
  readonly warnings: readonly string[]
}

export type ApiRequest = (method: Method, path: string, body?: unknown) => Promise<Answer>

interface Requests {
  readonly url: string
  readonly token: string
  /** What a PATCH is. */
  readonly patch?: 'merge' | 'strategic-merge'
}

/** Requests with an administrator's token. */
export function apiRequests({ url, token, patch = 'merge' }: Requests): ApiRequest {
  const agent = new Agent({ keepAlive: true, maxSockets: 8, rejectUnauthorized: false })
  return (method, path, body) => {
    const json = body === undefined ? '' : JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': method === 'PATCH' ? `application/${patch}-patch+json` : 'application/json',
      // Without it Node sends the body of a DELETE in a way that the server does not read.
      'content-length': Buffer.byteLength(json),
    }
    return new Promise((resolve, reject) => {
      const call = request(new URL(path, url), { agent, method, headers }, (response) => {
        const { statusCode = 0 } = response
        const warnings = warningsIn(response.headers.warning)
        text(response).then((answer) => resolve({ status: statusCode, body: parsed(answer), warnings }), reject)
      })
      call.on('error', reject).end(json)
    })
  }
}

/** `/readyz` answers in plain text. */
function parsed(answer: string): unknown {
  return answer.startsWith('{') ? JSON.parse(answer) : answer
}

function warningsIn(header = ''): readonly string[] {
  return [...header.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, warning = '']) => warning)
}

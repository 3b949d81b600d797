import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Access } from './access.ts'
import type { ApiCall } from './api-call.ts'
import { ConnectionError } from './api-error.ts'
import type { ApiObserver } from './api-observer.ts'
import { createConnections } from './connections.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { orAborted } from './or-aborted.ts'
import { sendUntilAnswered, type Transport } from './send-until-answered.ts'

/** Calls to one API server as one identity. */
export interface ApiClient {
  /** The JSON of a 2xx answer. Rejects with ApiError where the server answered something else, ConnectionError where it did not. */
  readonly request: (call: ApiCall) => Promise<unknown>
  /**
   * The body of a watch as it comes, over a connection of its own. Rejects as `request` does, when the answer has not begun after
   * ten seconds as well; then it has no deadline. Destroying the stream ends the connection, and so does `signal`.
   */
  readonly openWatch: (path: string, signal: AbortSignal) => Promise<Readable>
  /** When an answer of any kind last began, by `performance.now()`; 0 for never. */
  readonly lastAnswer: () => number
  /** Ends every call, watch and connection. */
  readonly close: () => void
}

export interface ApiClientOptions {
  readonly userAgent: string
  readonly observer?: ApiObserver
  /** 5,000 unless said otherwise. */
  readonly connectMilliseconds?: number
}

const CALL_MILLISECONDS = 10_000
const CONNECT_MILLISECONDS = 5_000

export function createApiClient(access: Access, options: ApiClientOptions): ApiClient {
  const { userAgent, observer, connectMilliseconds = CONNECT_MILLISECONDS } = options
  const connections = createConnections(access, connectMilliseconds)
  const transport: Transport = { access, connections, userAgent, observer, answeredAt: 0 }
  const open = new Set<Deadline>()
  const start = (call: ApiCall) => {
    const milliseconds = call.deadlineMilliseconds ?? CALL_MILLISECONDS
    const deadline = startDeadline({
      what: `${call.method} ${call.path.split('?')[0]}`,
      milliseconds,
      signal: call.signal,
    })
    open.add(deadline)
    const end = () => {
      deadline.end()
      open.delete(deadline)
    }
    return { deadline, end }
  }
  return {
    request: async (call) => {
      const { deadline, end } = start(call)
      try {
        const response = await sendUntilAnswered(transport, { call, lane: call.lane ?? 'calls', deadline })
        return await bodyOf(call, response, deadline)
      } finally {
        end()
      }
    },
    openWatch: async (path, signal) => {
      const call: ApiCall = { method: 'GET', path, signal }
      const { deadline, end } = start(call)
      try {
        const response = await sendUntilAnswered(transport, { call, lane: 'watch', deadline })
        deadline.lift()
        response.once('close', end)
        return response
      } catch (error) {
        end()
        throw error
      }
    },
    lastAnswer: () => transport.answeredAt,
    close: () => {
      for (const deadline of open) deadline.abort('closed')
      connections.close()
    },
  }
}

async function bodyOf({ method, path }: ApiCall, response: IncomingMessage, { signal }: Deadline): Promise<unknown> {
  try {
    return JSON.parse(await orAborted(text(response), signal))
  } catch (cause) {
    if (cause instanceof ConnectionError) throw cause
    throw new ConnectionError(`${method} ${path.split('?')[0]}: ${(cause as Error).message}`, { cause })
  }
}

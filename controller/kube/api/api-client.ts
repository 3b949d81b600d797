import type { Readable } from 'node:stream'
import type { Access } from './access.ts'
import type { ApiCall, ApiObserver } from './api-call.ts'
import { createConnections } from './connections.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { readJson, streamBody } from './read-body.ts'
import { type Line, sendUntilAnswered } from './send-until-answered.ts'

/** Calls to one API server as one identity. */
export interface ApiClient {
  /** The JSON of a 2xx answer. Rejects with ApiError for any other answer, ConnectionError without one, NotSentError if its guard throws. */
  readonly request: (call: ApiCall) => Promise<unknown>
  /**
   * The body of a 2xx answer as a stream; once it is read completely, its connection is reused. Throws as `request` rejects, and also if
   * it pauses for longer than the deadline, or takes longer than ten times the deadline in total.
   */
  readonly stream: (call: ApiCall) => AsyncIterable<Buffer>
  /**
   * The body of a watch as a stream, over a connection of its own. Rejects as `request` does, and if the answer has not begun after ten
   * seconds; after that it has no deadline. Destroying the stream ends the connection, and so does `signal`.
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
  /** 5,000 by default. */
  readonly connectMilliseconds?: number
}

const CALL_MILLISECONDS = 10_000
const CONNECT_MILLISECONDS = 5_000

/** Calls over connections that are kept alive. Every call ends: with its answer, its deadline, its signal or the client. */
export function createApiClient(access: Access, options: ApiClientOptions): ApiClient {
  const { userAgent, observer, connectMilliseconds = CONNECT_MILLISECONDS } = options
  const connections = createConnections(access, connectMilliseconds)
  const line: Line = { access, connections, userAgent, observer, answeredAt: 0 }
  const calls = createCalls()
  return {
    request: async (call) => {
      const deadline = calls.begin(call)
      try {
        return await readJson(await sendUntilAnswered(line, { call, lane: call.lane ?? 'calls', deadline }))
      } finally {
        calls.end(deadline)
      }
    },
    stream: async function* (call) {
      const deadline = calls.begin(call)
      try {
        yield* streamBody(await sendUntilAnswered(line, { call, lane: call.lane ?? 'calls', deadline }))
      } finally {
        calls.end(deadline)
      }
    },
    openWatch: async (path, signal) => {
      const call = { method: 'GET', path, signal } as const
      const deadline = calls.begin(call)
      try {
        const { response } = await sendUntilAnswered(line, { call, lane: 'watch', deadline })
        deadline.lift()
        response.once('close', () => {
          calls.end(deadline)
          // The reader or the kernel gave up: the other connections may be broken, too.
          if (!response.complete) connections.retire()
        })
        return response
      } catch (error) {
        calls.end(deadline)
        throw error
      }
    },
    lastAnswer: () => line.answeredAt,
    close: () => {
      calls.close()
      connections.close()
    },
  }
}

/** The calls in progress. `close` ends them and every later call. */
function createCalls() {
  const underWay = new Set<Deadline>()
  let isClosed = false
  const abort = (deadline: Deadline) => deadline.abort('the client is closed')
  return {
    begin: ({ method, path, signal, deadlineMilliseconds = CALL_MILLISECONDS }: ApiCall): Deadline => {
      const what = `${method} ${path.split('?')[0]}`
      const deadline = startDeadline({ what, milliseconds: deadlineMilliseconds, signal })
      underWay.add(deadline)
      if (isClosed) abort(deadline)
      return deadline
    },
    end: (deadline: Deadline): void => {
      deadline.end()
      underWay.delete(deadline)
    },
    close: (): void => {
      isClosed = true
      underWay.forEach(abort)
    },
  }
}

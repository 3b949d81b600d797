import type { Readable } from 'node:stream'
import type { Access } from './access.ts'
import type { ApiCall, ApiObserver } from './api-call.ts'
import { createConnections } from './connections.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { readJson, streamBody } from './read-body.ts'
import { type Line, sendUntilAnswered } from './send-until-answered.ts'

/** Calls to one API server as one identity. */
export interface ApiClient {
  /** The JSON of a 2xx answer. Rejects with ApiError where the server answered something else, ConnectionError where it did not, NotSentError where its guard objects. */
  readonly request: (call: ApiCall) => Promise<unknown>
  /**
   * The body of a 2xx answer as it comes; when all of it was read its connection serves the next call. Throws as `request` rejects,
   * also when its bytes stop coming for as long as they may take to begin, and after ten times as long whatever they do.
   */
  readonly stream: (call: ApiCall) => AsyncIterable<Buffer>
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

/** Calls over connections that are kept open. Every call ends: with its answer, its deadline, its signal or the client. */
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
          // Its reader or the kernel gave it up: what is wrong with this connection may be wrong with all.
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

/** The calls that are under way. After `close` all have ended, and so does each that begins. */
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

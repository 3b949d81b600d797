import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Comment {
  readonly id: number
  body: string | null
  readonly user: { readonly id: number; readonly login: string; readonly type: 'Bot' | 'User' }
}

/** A stand-in for the part of GitHub's and GitLab's APIs that is about comments. */
export interface Forge {
  readonly url: string
  readonly comments: Comment[]
  /** Method and path of each request that changed something, and the header with the token. */
  readonly changes: string[]
  /** The next answers; a connection ends without one for `undefined`. */
  readonly failures: (Answer | undefined)[]
  readonly close: () => Promise<void>
}

interface Options {
  /** The user of the token; missing for the token of a GitHub job. */
  readonly userId?: number
  readonly isReadOnly?: boolean
}

type Answer = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>]

/** Who writes the comments of GitHub's jobs. */
export const JOB: Comment['user'] = { id: 7, login: 'github-actions[bot]', type: 'Bot' }

function userOf(id: number | undefined): Comment['user'] {
  return id === undefined ? JOB : { id, login: 'reviewer', type: 'User' }
}

export async function startForge({ userId, isReadOnly = false }: Options = {}): Promise<Forge> {
  const comments: Comment[] = []
  const changes: string[] = []
  const failures: (Answer | undefined)[] = []
  const change = async (request: IncomingMessage, pathname: string): Promise<Answer> => {
    changes.push(`${request.method} ${pathname} ${request.headers.authorization ?? request.headers['private-token']}`)
    const { body } = JSON.parse(await text(request))
    const own = comments.find(({ id }) => pathname.endsWith(`/${id}`))
    if (own) own.body = body
    else comments.push({ id: comments.length + 1, body, user: userOf(userId) })
    return [200, {}]
  }
  const answer = (request: IncomingMessage): Answer | undefined | Promise<Answer> => {
    const { pathname, searchParams } = new URL(String(request.url), 'http://forge')
    if (failures.length > 0) return failures.shift()
    if (pathname === '/user') return userId === undefined ? [403, {}] : [200, { id: userId }]
    if (request.method !== 'GET') return isReadOnly ? [403, {}] : change(request, pathname)
    const size = Number(searchParams.get('per_page'))
    const start = (Number(searchParams.get('page')) - 1) * size
    return [200, comments.slice(start, start + size)]
  }
  const server = createServer(async (request, response) => {
    const given = await answer(request)
    if (!given) return request.socket.destroy()
    const [status, body, headers] = given
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, comments, changes, failures, close }
}

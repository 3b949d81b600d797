import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Comment {
  readonly id: number
  body: string
  readonly user: { readonly id: number; readonly type: 'Bot' | 'User' }
}

/** A stand-in for the part of GitHub's and GitLab's APIs that is about comments. */
export interface Forge {
  readonly url: string
  readonly comments: Comment[]
  /** Method and path of each request that changed something, and the header with the token. */
  readonly changes: string[]
  /** Statuses of the next answers. */
  readonly failures: number[]
  readonly close: () => Promise<void>
}

interface Options {
  /** The user of the token; missing for the token of a GitHub job. */
  readonly userId?: number
  readonly isReadOnly?: boolean
}

type Answer = readonly [status: number, body: unknown]

function userOf(id: number | undefined): Comment['user'] {
  return id === undefined ? { id: 7, type: 'Bot' } : { id, type: 'User' }
}

export async function startForge({ userId, isReadOnly = false }: Options = {}): Promise<Forge> {
  const comments: Comment[] = []
  const changes: string[] = []
  const failures: number[] = []
  const change = async (request: IncomingMessage, pathname: string): Promise<Answer> => {
    changes.push(`${request.method} ${pathname} ${request.headers.authorization ?? request.headers['private-token']}`)
    const { body } = JSON.parse(await text(request))
    const own = comments.find(({ id }) => pathname.endsWith(`/${id}`))
    if (own) own.body = body
    else comments.push({ id: comments.length + 1, body, user: userOf(userId) })
    return [200, {}]
  }
  const answer = (request: IncomingMessage): Answer | Promise<Answer> => {
    const { pathname, searchParams } = new URL(String(request.url), 'http://forge')
    const failure = failures.shift()
    if (failure !== undefined) return [failure, {}]
    if (pathname === '/user') return userId === undefined ? [403, {}] : [200, { id: userId }]
    if (request.method !== 'GET') return isReadOnly ? [403, {}] : change(request, pathname)
    const size = Number(searchParams.get('per_page'))
    const start = (Number(searchParams.get('page')) - 1) * size
    return [200, comments.slice(start, start + size)]
  }
  const server = createServer(async (request, response) => {
    const [status, body] = await answer(request)
    response.writeHead(status).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, comments, changes, failures, close }
}

import type { TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { createApiClient } from '../../../controller/api/api-client.ts'
import type { Change, Listed } from '../../../controller/watch/cache.ts'
import { createReflector } from '../../../controller/watch/reflector.ts'
import type { ReflectorObserver } from '../../../controller/watch/reflector-observer.ts'
import { toListed } from '../../../controller/watch/to-listed.ts'
import { type Answerer, json, startLocalServer } from '../api/local-server.ts'
import { until } from '../api/until.ts'

const PATH = '/api/v1/pods'

const DEAF: ReflectorObserver = {
  onList: () => undefined,
  onRestart: () => undefined,
  onEvent: () => undefined,
  onSynced: () => undefined,
  onDivergence: () => undefined,
  onError: () => undefined,
}

/** What a reflector asked of a server that keeps to a script, and what it told. */
export interface Course {
  /** `list`, `list from page 2`, or `watch 7`: with the resourceVersion that it goes on from. */
  readonly requests: readonly string[]
  /** `+a 3` for a set object and its version, `-a deleted` or `-a missing` for one that is gone. */
  readonly changes: readonly string[]
  /** Why watches and lists ended. */
  readonly restarts: readonly string[]
  /** Between two requests. */
  readonly pauses: readonly number[]
}

/** Runs a reflector on a server that answers the first request with the first of `script`, and so on; after that, with silence. */
export async function reflect(t: TestContext, script: readonly Answerer[]): Promise<Course> {
  const course = { requests: [] as string[], changes: [] as string[], restarts: [] as string[], pauses: [] as number[] }
  let last = performance.now()
  const server = await startLocalServer((response, request) => {
    const now = performance.now()
    course.pauses.push(now - last)
    last = now
    course.requests.push(nameOf(request.path ?? ''))
    const answer = script[course.requests.length - 1]
    if (answer) answer(response, request)
    else response.writeHead(200).flushHeaders()
  })
  const identity = async () => ({ tls: {}, headers: {} })
  const access = { server: server.url, namespace: undefined, description: '', identity, forget: () => undefined }
  const client = createApiClient(access, { userAgent: 'test/1' })
  const stop = new AbortController()
  const reflector = createReflector<Listed>({
    client,
    path: PATH,
    project: toListed,
    onChange: (change) => course.changes.push(sentenceOf(change)),
    observer: { ...DEAF, onRestart: (reason) => course.restarts.push(reason) },
    timings: {
      firstBackOffMilliseconds: 20,
      longestBackOffMilliseconds: 40,
      shortMilliseconds: 5000,
      steadyMilliseconds: 10_000,
    },
  })
  const ended = reflector.run(stop.signal)
  t.after(async () => {
    stop.abort()
    await ended
    client.close()
    await server.stop()
  })
  await until(() => course.requests.length > script.length)
  // Nothing else must come.
  await setTimeout(50)
  return course
}

function nameOf(path: string): string {
  const { searchParams } = new URL(path, 'http://nowhere')
  const [token, resourceVersion] = [searchParams.get('continue'), searchParams.get('resourceVersion')]
  if (searchParams.has('watch')) return `watch ${resourceVersion}`
  if (token) return `list from ${token}`
  return searchParams.has('limit') ? 'list' : 'list whole'
}

function sentenceOf(change: Change<Listed>): string {
  const { name, resourceVersion } = change.object
  return change.type === 'set' ? `+${name} ${resourceVersion}` : `-${name} ${change.how}`
}

/** A list at a version; objects are `a 3`: a name and its version. With `next` it is only the first part. */
export function list(version: number, objects: readonly string[], next?: string): Answerer {
  const metadata = { resourceVersion: `${version}`, ...(next && { continue: next }) }
  return json({ kind: 'List', metadata, items: objects.map(objectOf) })
}

/** A watch with these lines, which then ends. */
export function watch(...lines: readonly string[]): Answerer {
  return (response) => response.writeHead(200).end(lines.map((line) => `${line}\n`).join(''))
}

/** The line of a watch: `ADDED` and `a 3`. */
export function event(type: string, object: string): string {
  return JSON.stringify({ type, object: objectOf(object) })
}

/** The line in which an API server reports an error. */
export function errorEvent(code: number, reason: string): string {
  return JSON.stringify({ type: 'ERROR', object: status(code, reason) })
}

/** An answer with an error. */
export function refusal(code: number, reason: string, headers: Readonly<Record<string, string>> = {}): Answerer {
  return json(status(code, reason), code, headers)
}

function status(code: number, message: string) {
  const reason = /^\w+$/.test(message) ? message : 'Timeout'
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message }
}

function objectOf(text: string) {
  const [name, resourceVersion] = text.split(' ')
  return { metadata: { namespace: 'ci', name, uid: `uid of ${name}`, resourceVersion } }
}

import type { TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type ApiClient, createApiClient } from '../../../../controller/kube/api/api-client.ts'
import { createHistory, type History } from '../../../../controller/kube/history.ts'
import type { Change, Listed } from '../../../../controller/kube/watch/cache.ts'
import type { ReflectorObserver, ReflectorTimings } from '../../../../controller/kube/watch/reflecting.ts'
import { createReflector, type Reflector } from '../../../../controller/kube/watch/reflector.ts'
import { type Answerer, json, startLocalServer } from '../api/local-server.ts'
import { until } from '../api/until.ts'
import { listener } from './listener.ts'

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
  /** How often another history has begun. */
  readonly histories: number
  /** At each request, whether what was told then was all there is. */
  readonly whole: readonly boolean[]
  /** Between two requests. */
  readonly pauses: readonly number[]
}

type Recorded = { -readonly [Field in keyof Course]: Course[Field] extends readonly (infer Each)[] ? Each[] : number }

interface Options extends Partial<ReflectorTimings> {
  readonly history?: History
  /** How far the server says that it has come, between two watches; as far as it has told unless said otherwise. */
  readonly now?: number
}

/** Runs a reflector on a server that answers the first request with the first of `script`, and so on; after that, with silence. */
export async function reflect(
  t: TestContext,
  script: readonly Answerer[],
  { history = createHistory(), now, ...timings }: Options = {},
): Promise<Course> {
  const course = emptyCourse()
  const { told, listenedTo } = listener()
  let last = performance.now()
  const server = await startLocalServer((response, request) => {
    if (isForPlace(request.path ?? '')) return list(now ?? told(), [])(response, request)
    const moment = performance.now()
    course.pauses.push(moment - last)
    last = moment
    course.whole.push(reflector.isWhole())
    course.requests.push(nameOf(request.path ?? ''))
    const answer = script[course.requests.length - 1]
    if (answer) answer(listenedTo(response), request)
    else response.writeHead(200).flushHeaders()
  })
  const identity = async () => ({ tls: {}, headers: {} })
  const access = { server: server.url, namespace: undefined, description: '', identity, forget: () => undefined }
  const client = createApiClient(access, { userAgent: 'test/1' })
  const stop = new AbortController()
  const reflector = recordedReflector(course, { client, history, timings })
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

interface Recording {
  readonly client: ApiClient
  readonly history: History
  readonly timings: Partial<ReflectorTimings>
}

function recordedReflector(course: Recorded, { client, history, timings }: Recording): Reflector {
  history.onRewritten(() => {
    course.histories += 1
  })
  return createReflector<Noted>({
    client,
    history,
    path: PATH,
    project: toNoted,
    onChange: (change) => course.changes.push(sentenceOf(change)),
    observer: { ...DEAF, onRestart: (reason) => course.restarts.push(reason) },
    timings: {
      firstBackOffMilliseconds: 20,
      longestBackOffMilliseconds: 40,
      shortMilliseconds: 5000,
      steadyMilliseconds: 10_000,
      ...timings,
    },
  })
}

function emptyCourse(): Recorded {
  return { requests: [], changes: [], restarts: [], histories: 0, whole: [], pauses: [] }
}

/** What the reflector keeps of an object. */
interface Noted extends Listed {
  readonly note?: string
}

function toNoted(object: unknown): Noted {
  const { metadata } = object as { readonly metadata: Noted }
  return metadata
}

/** Between two watches a reflector asks how far the server has come; no part of a script. */
function isForPlace(path: string): boolean {
  return new URL(path, 'http://nowhere').searchParams.get('limit') === '1'
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

/** A list at a version; objects are `a 3`: a name and its version, and a note where one makes a difference. With `next` it is only the first part. */
export function list(version: number, objects: readonly string[], next?: string): Answerer {
  const metadata = { resourceVersion: `${version}`, ...(next && { continue: next }) }
  return json({ kind: 'List', metadata, items: objects.map(objectOf) })
}

/** A watch with these lines, which then ends. */
export function watch(...lines: readonly string[]): Answerer {
  return (response) => response.writeHead(200).end(lines.map((line) => `${line}\n`).join(''))
}

/** No answer, as of an API server that is not there. */
export const noAnswer: Answerer = (response) => response.destroy()

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
  const [name, resourceVersion, note] = text.split(' ')
  return { metadata: { namespace: 'ci', name, uid: `uid of ${name}`, resourceVersion, ...(note && { note }) } }
}

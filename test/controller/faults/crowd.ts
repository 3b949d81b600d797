import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { BUILDKIT_LABEL } from '../../../crds/names.ts'
import { podName } from '../../harness/servers/package.ts'
import { type LocalServer, startLocalServer } from '../kube/api/local-server.ts'

/** So many builders with a Pod each, and the Pods of somebody who makes them as large as they can be. */
export interface Crowd {
  readonly builders: number
  readonly fatPods: number
}

/** A stand-in for an API server with a crowd on it, on which another replica leads. */
export interface CrowdedServer extends Pick<LocalServer, 'url' | 'stop'> {
  /** Changes so many fat Pods, as fast as the watch takes it. */
  readonly changeFatPods: (count: number) => Promise<void>
}

interface Request {
  readonly resource: string
  readonly query: URLSearchParams
}

/** What fills a Pod of 1.4 MB: ASCII, two bytes a character, and what six characters of JSON are made of. */
const FILLS = ['x'.repeat(1_400_000), 'ж'.repeat(700_000), '<'.repeat(233_000)].map((text) =>
  JSON.stringify(text).replaceAll('<', '\\u003c'),
)

export async function startCrowdedServer(crowd: Crowd): Promise<CrowdedServer> {
  const objects = { pods: podsOf(crowd), buildkits: buildkitsOf(crowd) }
  const podWatches = new Set<ServerResponse>()
  let version = 1
  const server = await startLocalServer((response, request) => {
    const { resource, query } = requestOf(request.path ?? '')
    if (resource === 'pods' && query.has('watch')) podWatches.add(response)
    if (query.has('watch')) response.writeHead(200).flushHeaders()
    else if (resource === 'pods' || resource === 'buildkits') response.end(page(objects[resource], query))
    else response.end(JSON.stringify(leaseOfSomebodyElse(version++)))
  })
  return {
    url: server.url,
    stop: server.stop,
    changeFatPods: async (count) => {
      version += 1
      for (let at = 0; at < count; at++)
        for (const watch of podWatches) {
          const line = `{"type":"MODIFIED","object":${fatPod(at, 1000 + version)}}\n`
          if (!watch.write(line)) await once(watch, 'drain')
        }
    },
  }
}

function requestOf(path: string): Request {
  const { pathname, searchParams } = new URL(path, 'http://nowhere')
  return { resource: pathname.split('/').at(-1) ?? '', query: searchParams }
}

/** Objects are texts, made when they are asked for. */
interface Objects {
  readonly count: number
  readonly at: (index: number) => string
}

function page({ count, at }: Objects, query: URLSearchParams): string {
  const start = Number(query.get('continue'))
  const end = Math.min(count, start + Number(query.get('limit') ?? count))
  const items = Array.from({ length: end - start }, (_, offset) => at(start + offset))
  const metadata = { resourceVersion: '1000', ...(end < count && { continue: `${end}` }) }
  return `{"kind":"List","metadata":${JSON.stringify(metadata)},"items":[${items.join(',')}]}`
}

function podsOf({ builders, fatPods }: Crowd): Objects {
  return { count: builders + fatPods, at: (index) => (index < builders ? pod(index) : fatPod(index - builders, 1)) }
}

function buildkitsOf({ builders }: Crowd): Objects {
  const spec = (index: number) => ({ template: 'small', podName: podName(`b${index}`, 1) })
  return {
    count: builders,
    at: (index) => JSON.stringify({ metadata: { ...metadataOf(`b${index}`, 1), generation: 1 }, spec: spec(index) }),
  }
}

/** One of 5 kB, as they are. */
function pod(index: number): string {
  const env = Array.from({ length: 50 }, (_, at) => ({ name: `VARIABLE_${at}`, value: 'x'.repeat(60) }))
  const metadata = { ...metadataOf(podName(`b${index}`, 1), 1), labels: { [BUILDKIT_LABEL]: `b${index}` } }
  return JSON.stringify({ metadata, spec: { containers: [{ name: 'buildkit', env }] }, status: { phase: 'Pending' } })
}

function fatPod(index: number, version: number): string {
  const metadata = { ...metadataOf(`fat-${index}`, version), labels: { [BUILDKIT_LABEL]: `fat-${index}` } }
  const fill = FILLS[index % FILLS.length]
  return `{"metadata":${JSON.stringify(metadata)},"spec":{"containers":[{"name":"buildkit","args":[${fill}]}]},"status":{"phase":"Pending"}}`
}

function metadataOf(name: string, version: number) {
  return { namespace: 'ci', name, uid: `uid of ${name}`, resourceVersion: `${version}` }
}

function leaseOfSomebodyElse(version: number) {
  const renewTime = new Date().toISOString().replace('Z', '000Z')
  const spec = { holderIdentity: 'somebody else', leaseDurationSeconds: 15, renewTime, acquireTime: renewTime }
  return { metadata: { namespace: 'ci', name: 'lease', resourceVersion: `${version}` }, spec }
}

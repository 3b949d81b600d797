import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { Address } from './settings.ts'

/** Why a check fails; undefined if it passes. A tolerated failure is shown and does not fail the probe. */
type Check = () => string | { readonly tolerated: string } | undefined

export interface Checks {
  readonly livez: Readonly<Record<string, Check>>
  readonly readyz: Readonly<Record<string, Check>>
}

export interface MetricsSource {
  readonly contentType: string
  readonly scrape: () => Promise<string>
}

/** Answers `/livez`, `/readyz` and `/healthz` (the same as `/livez`), also with `?verbose`, as Kubernetes' own components do. */
export function startHealthServer(address: Address, checks: Checks): Promise<Server> {
  const checksByPath = new Map(Object.entries({ livez: checks.livez, healthz: checks.livez, readyz: checks.readyz }))
  return listen(address, (request, response) => {
    const { path, query } = targetOf(request)
    const name = path.slice(1)
    const found = checksByPath.get(name)
    if (found) answerChecks(response, { name, checks: found, isVerbose: query.has('verbose') })
    else answer(response, 404, 'not found\n')
  })
}

/** Answers `/metrics` with the result of `scrape`, in the text format of Prometheus. */
export function startMetricsServer(address: Address, { contentType, scrape }: MetricsSource): Promise<Server> {
  return listen(address, async (request, response) => {
    if (targetOf(request).path !== '/metrics') {
      answer(response, 404, 'not found\n')
      return
    }
    try {
      const text = await scrape()
      response.setHeader('content-type', contentType)
      answer(response, 200, text)
    } catch (error) {
      answer(response, 500, `${(error as Error).message}\n`)
    }
  })
}

async function listen({ host, port }: Address, listener: RequestListener): Promise<Server> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/plain; charset=utf-8')
    listener(request, response)
  })
  try {
    await once(server.listen(port, host), 'listening')
    return server
  } catch (cause) {
    const address = `${host ?? ''}:${port}`
    throw new Error(`could not listen on ${address}; see --health-address and --metrics-address`, { cause })
  }
}

/** Without `URL`, which throws for a target such as "//": any client could end the process. */
function targetOf({ url = '' }: IncomingMessage): { readonly path: string; readonly query: URLSearchParams } {
  const [path = '', query] = url.split('?', 2)
  return { path, query: new URLSearchParams(query) }
}

interface Question {
  readonly name: string
  readonly checks: Readonly<Record<string, Check>>
  readonly isVerbose: boolean
}

function answerChecks(response: ServerResponse, { name, checks, isVerbose }: Question): void {
  const results = Object.entries(checks).map(([check, run]) => ({ check, failure: run() }))
  const hasFailed = results.some(({ failure }) => typeof failure === 'string')
  const isWell = results.every(({ failure }) => failure === undefined)
  const lines = results.map(({ check, failure }) => {
    if (failure === undefined) return `[+]${check} ok`
    return `[-]${check} failed: ${typeof failure === 'string' ? failure : failure.tolerated}`
  })
  const verdict = `${name} check ${hasFailed ? 'failed' : 'passed'}`
  answer(response, hasFailed ? 503 : 200, isWell && !isVerbose ? 'ok' : `${[...lines, verdict].join('\n')}\n`)
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status
  response.end(text)
}

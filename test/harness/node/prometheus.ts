import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { scrapesOfPodMonitor } from '../metrics/pod-monitor.ts'
import { binary } from '../servers/binaries.ts'
import { eventually } from '../servers/eventually.ts'
import type { Node } from './node.ts'

const ADDRESS = '127.0.0.1:9090'
const READER = join(import.meta.dirname, 'read-urls.ts')

/** An answer of Prometheus' API. */
export interface Answer {
  readonly status: 'success' | 'error'
  readonly error?: string
  readonly data?: { readonly result: readonly Series[] }
}

export interface Series {
  readonly metric: Readonly<Record<string, string>>
  /** Of an instant. */
  readonly value?: readonly [number, string]
  /** Of a range. */
  readonly values?: readonly (readonly [number, string])[]
}

export interface Range {
  readonly start: number
  readonly end: number
  readonly step: number
}

export interface Prometheus {
  /** The answers to expressions, in their order: now, or over a range of Unix seconds. */
  readonly query: (expressions: readonly string[], range?: Range) => Promise<readonly Answer[]>
}

/** Starts Prometheus beside a node: it scrapes builders as examples/metrics says, and the controller as the chart's ServiceMonitor does. */
export async function startPrometheus(node: Node, scrapeSeconds: number): Promise<Prometheus> {
  const folder = join(node.folder, 'prometheus')
  await mkdir(folder)
  const controller = {
    job_name: 'controller',
    honor_labels: true,
    static_configs: [{ targets: ['127.0.0.1:8080'], labels: { job: 'buildkit-controller' } }],
  }
  const interval = `${scrapeSeconds}s`
  const global = { scrape_interval: interval, scrape_timeout: interval }
  const config = { global, scrape_configs: [...scrapesOfPodMonitor(node.kubeconfig), controller] }
  const file = join(folder, 'prometheus.json')
  await writeFile(file, JSON.stringify(config))
  const flags = [`--config.file=${file}`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=${ADDRESS}`]
  node.start(binary('prometheus'), flags, 'prometheus.log')
  const query: Prometheus['query'] = async (expressions, range) => {
    const urls = expressions.map((expr) => urlOf(expr, range))
    const { stdout, stderr } = await node.run(process.execPath, [READER], { input: JSON.stringify(urls) })
    if (stdout === '') throw new Error(stderr)
    return JSON.parse(stdout)
  }
  await eventually(async () => (await query(['1']).catch(() => []))[0]?.status, 'success', 30)
  return { query }
}

function urlOf(query: string, range?: Range): string {
  const parameters = new URLSearchParams({ query })
  for (const [name, value] of Object.entries(range ?? {})) parameters.set(name, `${value}`)
  return `http://${ADDRESS}/api/v1/${range ? 'query_range' : 'query'}?${parameters}`
}

import { parseAllDocuments, stringify } from 'yaml'
import { DEFAULT_CONFIG, type RenderConfig } from '../../../fn/config/render-config.ts'
import type { Item } from '../../../fn/input/item.ts'
import { listItem } from '../../../fn/input/item-of-text.ts'
import { decide } from '../../../fn/output/render.ts'
import type { Finding } from '../../../fn/results/finding.ts'
import { counted } from '../../../fn/results/findings.ts'
import { type Result, toResult } from '../../../fn/results/results.ts'

const apiVersion = 'buildkit.seatgeek.io/v1alpha1'

/**
 * The items of manifests that leave out what is the same everywhere: of ours `apiVersion` and a name, and a Buildkit of the template
 * where there is none. `text… 9 times` stands for a text that would be too long to read.
 */
export function itemsOf(manifests: string): readonly Item[] {
  const objects = parseAllDocuments(manifests.replace(LONG, repeated)).map((document) => completed(document.toJS()))
  const isBuildkit = ({ kind }: { readonly kind: string }) => kind === 'Buildkit'
  const all = objects.some(isBuildkit) ? objects : [...objects, completed({ kind: 'Buildkit' })]
  return all.map((object) => listItem(`- ${stringify(object).trimEnd().replaceAll('\n', '\n  ')}\n`))
}

const LONG = /(\w+)… (\d+) times/g

function repeated(_: string, text: string, times: string): string {
  return text.repeat(Number(times))
}

/** What is said of such manifests; but for BK401, which is said of all, unless `config` has its own rules. */
export function resultsOf(manifests: string, config?: Partial<RenderConfig>): readonly Result[] {
  return findingsOf(manifests, config).map(toResult)
}

/** The same with its objects. */
export function findingsOf(manifests: string, config: Partial<RenderConfig> = {}): readonly Finding[] {
  const all = { ...DEFAULT_CONFIG, rules: { BK401: 'none' }, ...config } as const
  return counted(decide(itemsOf(manifests), all, { isAdvised: true }).results)
}

/** The ids of the rules that manifests break. */
export function rulesBrokenBy(manifests: string, config?: Partial<RenderConfig>): readonly string[] {
  return [...new Set(resultsOf(manifests, config).flatMap(({ tags }) => tags?.rule ?? []))]
}

interface Partly {
  readonly kind: string
  readonly apiVersion?: string
  readonly metadata?: object
  readonly spec?: object
}

function completed(object: Partly) {
  const isOurs = object.apiVersion === undefined
  const metadata = { name: 'example', ...object.metadata }
  const spec = object.kind === 'Buildkit' ? { template: 'example', ...object.spec } : object.spec
  return { ...object, ...(isOurs && { apiVersion }), metadata, ...(spec && { spec }) }
}

import { parse, stringify } from 'yaml'
import type { Outcome } from '../../fn/commands/outcome.ts'
import { runFunction } from '../../fn/commands/run-function.ts'

/** A Kubernetes object as tests read it from the function's output. */
export interface Read {
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations: Readonly<Record<string, string>>
  }
  readonly spec: Readonly<Record<string, unknown>>
}

/** What a run of the function leaves: its output as text and read, standard error and the exit code. */
export interface Ran extends Pick<Outcome, 'stderr' | 'exitCode'> {
  readonly text: string
  readonly items: readonly Read[]
  readonly results: readonly (Readonly<Record<string, unknown>> & { readonly tags?: { readonly rule?: string } })[]
}

/** A ResourceList in block style of items that each have their dash; `rest` are sections after them. */
export function listOf(items: readonly string[], rest = ''): string {
  return `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n${items.length === 0 ? 'items: []\n' : 'items:\n'}${items.join('')}${rest}`
}

/** What the function makes of a ResourceList. */
export function run(input: string): Ran {
  const { stdout, stderr, exitCode } = runFunction(input)
  const text = stdout.join('')
  const list = parse(text, { version: '1.1', merge: false, uniqueKeys: false, logLevel: 'silent' })
  return { text, stderr, exitCode, items: list?.items ?? [], results: list?.results ?? [] }
}

/** The path that kpt tells of an item. */
export const fileAt = (path: string, index = 0) => ({
  'internal.config.kubernetes.io/index': String(index),
  'internal.config.kubernetes.io/path': path,
})

interface Metadata {
  readonly namespace?: string
  readonly annotations?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

/** The text of a Buildkit, with its dash. */
export function buildkit(name: string, spec: object, metadata: Metadata = {}): string {
  return item({ apiVersion: 'buildkit.seatgeek.io/v1alpha1', kind: 'Buildkit', metadata: { name, ...metadata }, spec })
}

/** The text of a BuildkitTemplate, with its dash. */
export function template(name: string, spec: object = {}, metadata: Metadata = {}): string {
  return item({
    apiVersion: 'buildkit.seatgeek.io/v1alpha1',
    kind: 'BuildkitTemplate',
    metadata: { name, ...metadata },
    spec,
  })
}

/** The text of any object, with its dash, as orchestrators write it. */
export function item(object: object): string {
  const lines = stringify(object, { indentSeq: false, version: '1.1' }).trimEnd().split('\n')
  return `- ${lines.join('\n  ')}\n`
}

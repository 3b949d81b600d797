import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { binary } from '../harness/servers/binaries.ts'
import { type Outcome, runProgram } from '../harness/servers/run-program.ts'

export const CHART = join(import.meta.dirname, '../../charts/buildkit-controller')
/** The name of the release, and of the namespace that it is in. */
export const RELEASE = 'buildkit-controller'

/** An object of Kubernetes. */
export interface Manifest {
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  // biome-ignore lint/suspicious/noExplicitAny: an object of any kind
  readonly [field: string]: any
}

/** A home of its own, so that nobody's repositories and plugins are in it. */
const home = mkdtempSync(join(tmpdir(), 'helm-'))
after(() => rm(home, { recursive: true }))

/** Runs helm to its end; `input` is what `--values -` reads. */
export function helm(args: readonly string[], options: { readonly input?: string } = {}): Promise<Outcome> {
  const folders = { HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home }
  return runProgram(binary('helm'), args, { ...options, env: { ...process.env, ...folders } })
}

/** What `helm template` prints for a release in its usual namespace. */
export async function template(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await helm(['template', RELEASE, CHART, '--namespace', RELEASE, ...args])
  if (code !== 0) throw new Error(stderr)
  return stdout
}

/** The objects in a YAML stream. */
export function manifestsIn(text: string): readonly Manifest[] {
  return parseAllDocuments(text).flatMap((document) => document.toJS() ?? [])
}

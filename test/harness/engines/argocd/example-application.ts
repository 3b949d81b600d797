import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Manifest } from './application.ts'

const EXAMPLE = join(import.meta.dirname, '../../../../examples/argocd')

interface Changes {
  readonly name: string
  /** Where objects go that do not say where. */
  readonly namespace: string
  readonly source: Readonly<Record<string, unknown>>
}

/** An Application of examples/argocd with another name, another place and another source in it; all else is as users take it. */
export async function exampleApplication(file: string, { name, namespace, source }: Changes): Promise<Manifest> {
  const manifest: Manifest = parse(await readFile(join(EXAMPLE, file), 'utf8'))
  const { destination } = manifest.spec as Readonly<Record<string, object>>
  return {
    ...manifest,
    metadata: { ...manifest.metadata, name },
    spec: { ...manifest.spec, ...withSource(manifest, source), destination: { ...destination, namespace } },
  }
}

function withSource({ spec }: Manifest, source: Changes['source']) {
  const { source: ours, sourceHydrator } = spec as Readonly<Record<string, Readonly<Record<string, object>>>>
  if (!sourceHydrator) return { source: { ...ours, ...source } }
  return { sourceHydrator: { ...sourceHydrator, drySource: { ...sourceHydrator.drySource, ...source } } }
}

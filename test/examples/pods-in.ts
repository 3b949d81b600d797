import { parseAllDocuments } from 'yaml'

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
}

/** The Pods of a YAML stream as objects, in the order of their names. */
export function podsIn(stream: string): readonly Manifest[] {
  const manifests = parseAllDocuments(stream).map((document) => document.toJS() as Manifest | null)
  const pods = manifests.filter((manifest) => manifest !== null).filter(({ kind }) => kind === 'Pod')
  return pods.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
}

function idOf({ metadata }: Manifest): string {
  return `${metadata.namespace}/${metadata.name}`
}

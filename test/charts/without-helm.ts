import type { Manifest } from './helm.ts'

const LABELS = [
  'app.kubernetes.io/instance',
  'app.kubernetes.io/managed-by',
  'app.kubernetes.io/name',
  'app.kubernetes.io/version',
  'helm.sh/chart',
]

/** An object of a release as it would be without Helm: the labels and the annotation by which releases are kept are left out. */
export function withoutHelm(object: Manifest): Manifest {
  const { labels = {}, annotations = {}, ...metadata } = object.metadata
  const others = {
    ...rest('labels', labels, LABELS),
    ...rest('annotations', annotations, ['helm.sh/resource-policy']),
  }
  return { ...object, metadata: { ...metadata, ...others } }
}

function rest(name: string, map: Readonly<Record<string, string>>, without: readonly string[]) {
  const entries = Object.entries(map).filter(([key]) => !without.includes(key))
  return entries.length > 0 ? { [name]: Object.fromEntries(entries) } : {}
}

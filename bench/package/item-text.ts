import { stringify } from 'yaml'

export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly [field: string]: unknown
}

/** Where kpt found an object: `path` in the package, `index` in that file, `id` counted over the whole list. */
export interface Place {
  readonly path: string
  readonly index: number
  readonly id: number
}

const PACKAGE_PATH = '/package'

/**
 * An object as an item of the ResourceList that `kpt fn render` (1.0.0-beta.56) sends: block style, and its bookkeeping as the last
 * annotations, in single quotes.
 */
export function itemText({ apiVersion, kind, metadata, ...rest }: KubernetesObject, place: Place): string {
  const { annotations, ...names } = metadata
  const head = yaml({ apiVersion, kind, metadata: { ...names, ...(annotations && { annotations }) } })
  const body = Object.keys(rest).length > 0 ? yaml(rest) : ''
  const text = `${head}${annotations ? '' : '  annotations:\n'}${bookkeeping(place)}${body}`
  return `- ${text.trimEnd().replace(/\n(?=.)/g, '\n  ')}\n`
}

function yaml(value: object): string {
  return stringify(value, { indentSeq: false, lineWidth: 0 })
}

function bookkeeping({ path, index, id }: Place): string {
  const annotations = {
    'config.kubernetes.io/index': index,
    'config.kubernetes.io/path': path,
    'internal.config.kubernetes.io/index': index,
    'internal.config.kubernetes.io/package-path': PACKAGE_PATH,
    'internal.config.kubernetes.io/path': path,
    'internal.config.kubernetes.io/seqindent': 'compact',
    'internal.config.kubernetes.io/annotations-migration-resource-id': id - 1,
    'internal.config.kubernetes.io/id': id,
    'config.k8s.io/id': id,
  }
  return Object.entries(annotations)
    .map(([key, value]) => `    ${key}: '${value}'\n`)
    .join('')
}

import type { KeyPath } from '../../toml/key-positions.ts'
import { isBefore } from '../version.ts'
import type { ImageFacts } from './image-facts.ts'

/** A key that a release of BuildKit brought, with all that is in it. */
interface LaterKey {
  /** Of which "*" is any. */
  readonly keys: readonly string[]
  readonly since: string
  /** The key that older releases read instead. */
  readonly before?: string
}

const AMOUNTS = ['reservedSpace', 'maxUsedSpace', 'minFreeSpace'].flatMap((name): readonly LaterKey[] => [
  { keys: ['worker', '*', name], since: '0.17', before: 'gckeepstorage' },
  { keys: ['worker', '*', 'gcpolicy', name], since: '0.17', before: 'keepBytes' },
])

/** Every key that v0.13 did not have, older than which no image works here; a test compares them with the structs of releases since. */
export const LATER_KEYS: readonly LaterKey[] = [
  { keys: ['frontend'], since: '0.14' },
  { keys: ['system'], since: '0.14' },
  { keys: ['grpc', 'securityDescriptor'], since: '0.14' },
  { keys: ['worker', 'containerd', 'defaultCgroupParent'], since: '0.15' },
  ...AMOUNTS,
  { keys: ['cdi'], since: '0.20' },
  { keys: ['provenanceEnvDir'], since: '0.25' },
  { keys: ['cache'], since: '0.27' },
  { keys: ['log', 'level'], since: '0.30', before: 'debug' },
  { keys: ['proxyNetwork'], since: '0.31' },
  { keys: ['system', 'maxRegistryConcurrency'], since: '0.31' },
  { keys: ['system', 'sessionAuthTimeout'], since: '0.34' },
  { keys: ['worker', 'containerd', 'hypervIsolation'], since: '0.34' },
  { keys: ['compaction'], since: '0.34' },
]

/** The release that brought the key at a path, undefined where v0.13 had it. */
export function sinceOf(path: KeyPath): string | undefined {
  const names = path.flatMap((key) => (typeof key === 'string' ? [key.toLowerCase()] : []))
  const isAbove = (keys: readonly string[]) => keys.every((key, at) => key === '*' || key.toLowerCase() === names[at])
  return LATER_KEYS.findLast(({ keys }) => keys.length <= names.length && isAbove(keys))?.since
}

/** Whether the BuildKit of an image has a key: older ones ignore what came later, whatever its value is. */
export function isReadBy({ version }: ImageFacts, path: KeyPath): boolean {
  const since = sinceOf(path)
  return since === undefined || !isBefore(version, since)
}

import { GROUP } from '../../crds/names.ts'
import type { Item } from '../input/item.ts'

/** What migrating reads; everything else in its input is left alone. */
export interface Sources {
  /** Buildkits and templates. */
  readonly live: readonly Item[]
  /** Those that are being deleted. */
  readonly ending: readonly Item[]
  readonly pods: readonly Item[]
  /** What may be one of these, and cannot be read. */
  readonly broken: readonly Item[]
}

/** The operator's objects among `items`. */
export function sourcesIn(items: readonly Item[]): Sources {
  const ours = items.filter(({ object, error }) => !error && object?.apiVersion.startsWith(`${GROUP}/`))
  const ending = ours.filter(({ object }) => object?.metadata.deletionTimestamp !== undefined)
  return {
    live: ours.filter((item) => !ending.includes(item)),
    ending,
    pods: items.filter(({ object }) => object?.kind === 'Pod' && object.apiVersion === 'v1'),
    broken: items.filter(({ error }) => error !== undefined),
  }
}

import { foreignListOf } from '../input/foreign-kinds.ts'
import type { Item } from '../input/item.ts'
import { type Finding, objectFinding } from '../results/finding.ts'
import { shellWord } from './shell-word.ts'

/** An error for each kustomization: its layers are no objects yet, and a command gets what kustomize builds from them. */
export function notBuilt(items: readonly Item[], command: 'build' | 'check'): readonly Finding[] {
  return items.flatMap((item) => {
    const { object, origin } = item
    if (!object || !origin || foreignListOf(object) !== 'kustomizations') return []
    const folder = origin.path.slice(0, origin.path.lastIndexOf('/') + 1) || '.'
    const message = `must be built first: kustomize build ${shellWord(folder)} | render-buildkit ${command} -`
    return [objectFinding('error', item, message)]
  })
}

/** What is said of layers: only what cannot be read. What is right in them shows once they are built, and settings of kustomize are no objects. */
export function isUnreadable({ item }: Finding): boolean {
  return item?.error !== undefined && (item.text === '' || item.error.offset !== undefined)
}

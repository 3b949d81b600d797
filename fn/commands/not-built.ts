import type { Item } from '../input/item.ts'
import { foreignListOf } from '../input/ours.ts'
import { type Finding, objectFinding } from '../results/finding.ts'

/** An error for each kustomization: its layers are no objects yet, and a command gets what kustomize builds from them. */
export function notBuilt(items: readonly Item[], command: CommandOnBuilt): readonly Finding[] {
  return items.flatMap((item) => {
    const { object, origin } = item
    if (!object || !origin || foreignListOf(object) !== 'kustomizations') return []
    const folder = origin.path.slice(0, origin.path.lastIndexOf('/') + 1) || '.'
    const message = `must be built first: kustomize build ${shellWord(folder)} ${NEXT[command]}`
    return [objectFinding('error', item, message)]
  })
}

export type CommandOnBuilt = keyof typeof NEXT

/** What a command does with what kustomize builds. */
const NEXT = {
  build: '| render-buildkit build -',
  check: '| render-buildkit check -',
  diff: '> FILE, of both versions, and then render-buildkit diff OLD NEW',
  tree: '| render-buildkit tree -',
} as const

/** What is said of layers: only what cannot be read. What is right in them shows once they are built, and settings of kustomize are no objects. */
export function isUnreadable({ item }: Finding): boolean {
  return item?.error !== undefined && (item.text === '' || item.error.offset !== undefined)
}

const SAFE = /^[\w./][\w./@%+=,:-]*$/

/** A path as one word of a command for a shell, which is no option. */
export function shellWord(path: string): string {
  if (SAFE.test(path)) return path
  return `'${(path.startsWith('-') ? `./${path}` : path).replaceAll("'", "'\\''")}'`
}

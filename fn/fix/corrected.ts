import { counted } from '../counted.ts'
import { grouped } from '../grouped.ts'
import type { Item } from '../item.ts'
import { manifestsIn } from '../manifests-in.ts'
import { locator } from '../positions/locator.ts'
import type { SourceText } from '../positions/place.ts'
import { decide, hasError } from '../render.ts'
import type { RenderConfig } from '../render-config.ts'
import { type Placed, placed } from '../report/placed.ts'
import { isProblem, type Result } from '../results.ts'
import { applied } from './applied.ts'
import type { Edit } from './edit.ts'
import { editFor, hasCorrection } from './edit-for.ts'

/** What correcting makes of files. */
export interface Corrected {
  readonly files: readonly CorrectedFile[]
  /** How many places were corrected. */
  readonly fields: number
  /** What is still wrong. */
  readonly left: readonly Placed[]
  /** Whether nothing is left that is an error or has a correction. */
  readonly isFine: boolean
}

export interface CorrectedFile {
  readonly path: string
  readonly before: string
  readonly after: string
}

/** A correction may show the next mistake; so many are enough for what people write. */
const ROUNDS_MAX = 20

/** Files with every mistake corrected that has one sure correction, every other byte as it was. Correcting twice changes nothing. */
export function corrected(items: readonly Item[], config: RenderConfig): Corrected {
  const before = sourcesOf(items)
  let [now, fields] = [items, 0]
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const edits = editsOf(now, resultsOf(now, config))
    if (edits.size === 0) break
    const edited = sourcesOf(now).map((source) => {
      const { text, count } = applied(source.text, edits.get(source) ?? [])
      fields += count
      return { ...source, text }
    })
    now = edited.flatMap((source) => manifestsIn(source).items)
  }
  const left = resultsOf(now, config)
  const after = sourcesOf(now)
  const files = before.flatMap(({ path, mark = '', text }, at): CorrectedFile[] => {
    const { text: afterText = text } = after[at] ?? {}
    if (path === undefined || text === afterText) return []
    return [{ path, before: `${mark}${text}`, after: `${mark}${afterText}` }]
  })
  return { files, fields, left: placed(counted(left), now), isFine: !hasError(left) && !left.some(hasCorrection) }
}

/** Files in the order of their items. */
function sourcesOf(items: readonly Item[]): readonly SourceText[] {
  return [...new Set(items.flatMap(({ place }) => place?.source ?? []))]
}

function resultsOf(items: readonly Item[], config: RenderConfig): readonly Result[] {
  return decide(items, { ...config, mode: 'render' }).results.filter(isProblem)
}

function editsOf(items: readonly Item[], results: readonly Result[]): ReadonlyMap<SourceText, readonly Edit[]> {
  const locate = locator(items)
  const found = results.flatMap((result) => {
    const located = hasCorrection(result) ? locate(result) : undefined
    const edit = located && editFor(located, result)
    return located && edit ? [{ source: located.place.source, edit }] : []
  })
  const bySource = grouped(found, ({ source }) => source)
  return new Map([...bySource].map(([source, group]) => [source, group.map(({ edit }) => edit)]))
}

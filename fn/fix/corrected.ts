import { grouped } from '../common/collections.ts'
import type { RenderConfig } from '../config/render-config.ts'
import type { Item } from '../input/item.ts'
import { manifestsIn } from '../input/manifests-in.ts'
import type { SourceText } from '../input/place.ts'
import { decide } from '../output/render.ts'
import { locator } from '../positions/locator.ts'
import { type Placed, placed } from '../report/placed.ts'
import { type Finding, hasError, isProblem } from '../results/finding.ts'
import { counted } from '../results/findings.ts'
import { correctedSource, hasCorrection, isForFix } from './corrected-source.ts'

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

/** A correction may show the next mistake; so many are enough for what people write, fewer for what is long. */
const [ROUNDS_MIN, ROUNDS_MAX] = [3, 20]
/** So many characters are read in seconds. */
const LENGTH_MAX = 4_000_000

/**
 * Files with every mistake corrected that has one sure correction, every other byte as it was; none where one cannot be read. Correcting
 * twice changes nothing.
 */
export function corrected(items: readonly Item[], config: RenderConfig): Corrected {
  const before = sourcesOf(items)
  let [now, fields] = [items, 0]
  // What cannot be read may be what others refer to.
  const rounds = items.some(({ error }) => error) ? 0 : roundsFor(before)
  for (let round = 0; round < rounds; round++) {
    const locate = locator()
    const bySource = grouped(correctable(now, config), ({ item }) => item?.place?.source)
    const sources = sourcesOf(now).map((source) => correctedSource(source, bySource.get(source) ?? [], locate))
    const count = sources.reduce((sum, one) => sum + one.count, 0)
    if (count === 0) break
    fields += count
    now = sources.flatMap(({ source }) => manifestsIn(source))
  }
  const left = problemsIn(now, config)
  const after = sourcesOf(now)
  const files = before.flatMap(({ path, mark = '', text }, at): CorrectedFile[] => {
    const { text: afterText = text } = after[at] ?? {}
    if (path === undefined || text === afterText) return []
    return [{ path, before: `${mark}${text}`, after: `${mark}${afterText}` }]
  })
  return { files, fields, left: placed(counted(left), now), isFine: !hasError(left) && !left.some(hasCorrection) }
}

function roundsFor(sources: readonly SourceText[]): number {
  const length = sources.reduce((sum, { text }) => sum + text.length, 1)
  return Math.max(ROUNDS_MIN, Math.min(ROUNDS_MAX, Math.floor(LENGTH_MAX / length)))
}

/** Files in the order of their items. */
function sourcesOf(items: readonly Item[]): readonly SourceText[] {
  return [...new Set(items.flatMap(({ place }) => place?.source ?? []))]
}

function problemsIn(items: readonly Item[], config: RenderConfig): readonly Finding[] {
  return decide(items, { ...config, mode: 'render' }).results.filter(isProblem)
}

function correctable(items: readonly Item[], config: RenderConfig): readonly Finding[] {
  return problemsIn(items, config).filter((finding) => hasCorrection(finding) && isForFix(finding))
}

import { packageConfig } from '../config/package-config.ts'
import { readRenderConfig } from '../config/read-render-config.ts'
import { readPrices } from '../diff/read-prices.ts'
import { type Side, sideOf, unknownSide } from '../diff/side.ts'
import type { Item } from '../input/item.ts'
import { manifestsInRevision, manifestsLeftAt, readManifests } from '../input/read-files.ts'
import { isUnread } from '../input/unread.ts'
import { reviewed } from '../output/render.ts'
import { lineOfPlaced, placed } from '../report/placed.ts'
import { type Finding, objectFinding } from '../results/finding.ts'
import { counted } from '../results/findings.ts'
import type { Command } from './command-line.ts'
import { diff } from './diff.ts'
import { layersIn } from './layers-in.ts'
import type { Outcome } from './outcome.ts'

/** Compares two versions of a package, each with its own configuration unless one is given for both. */
export function runDiff({
  paths,
  base,
  configFile,
  pricesFile,
  ...asked
}: Extract<Command, { kind: 'diff' }>): Outcome {
  const [first = '.', second = first] = paths
  const [old, young] = base === undefined ? [filesAt(first), filesAt(second)] : sinceRevision(base, first)
  const before = versionOf(old, { configFile, isFormer: true })
  const after = versionOf(young, { configFile, isFormer: false })
  const priced = pricesFile === undefined ? { prices: undefined } : readPrices(pricesFile)
  const mistakes = 'mistakes' in priced ? priced.mistakes : []
  const wrong = [...[before, after].flatMap((one) => ('wrong' in one ? one.wrong : [])), ...mistakes]
  if ('wrong' in before || 'wrong' in after || 'mistakes' in priced) return { stdout: [], stderr: wrong, exitCode: 1 }
  return diff(before, after, { ...asked, prices: priced.prices, areTwoPaths: base === undefined })
}

/** A package may be new since a revision, or gone: then one version has nothing. */
function sinceRevision(revision: string, path: string): readonly [readonly Item[], readonly Item[]] {
  const before = manifestsInRevision(revision, path)
  return [before, before.length > 0 ? manifestsLeftAt(path) : filesAt(path)]
}

function filesAt(path: string): readonly Item[] {
  return readManifests([path], new Uint8Array())
}

interface Reading {
  readonly configFile: string | undefined
  /** Whether it is the version before the change, which may be there to correct its mistakes. */
  readonly isFormer: boolean
}

function versionOf(items: readonly Item[], { configFile, isFormer }: Reading): Side | Wrong {
  // A version of which nothing can be read would look as if all builders went.
  if (items.length > 0 && items.every((item) => (isFormer ? isUnread(item) : item.error)))
    return wrongWith(unreadable(items), items)
  const parsed = readRenderConfig(configFile, () => packageConfig(items))
  if ('results' in parsed) {
    const isCorrectable = isFormer && configFile === undefined
    return isCorrectable ? unknownSide(items, parsed.results) : wrongWith(parsed.results, items)
  }
  const decision = reviewed(items, parsed.config)
  const layers = counted(layersIn(decision.selection, 'diff'))
  return layers.length > 0 ? wrongWith(layers, items) : sideOf(decision, parsed.config)
}

/** Why a version cannot be compared, as lines. */
interface Wrong {
  readonly wrong: readonly string[]
}

function wrongWith(findings: readonly Finding[], items: readonly Item[]): Wrong {
  return { wrong: placed(findings, items).map(lineOfPlaced) }
}

function unreadable(items: readonly Item[]): readonly Finding[] {
  return items.map((item) => objectFinding('error', item, item.error?.message ?? ''))
}

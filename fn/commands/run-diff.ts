import { packageConfig } from '../config/package-config.ts'
import { readRenderConfig } from '../config/read-render-config.ts'
import { readPrices } from '../diff/read-prices.ts'
import type { Item } from '../input/item.ts'
import { manifestsInRevision, manifestsLeftAt, readManifests } from '../input/read-files.ts'
import { reviewed } from '../output/render.ts'
import { lineOfPlaced, placed } from '../report/placed.ts'
import { objectFinding } from '../results/finding.ts'
import { counted } from '../results/findings.ts'
import type { Command } from './command-line.ts'
import { diff, type Version } from './diff.ts'
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
  const [before, after] = [versionOf(old, configFile), versionOf(young, configFile)] as const
  const priced = pricesFile === undefined ? { prices: undefined } : readPrices(pricesFile)
  const mistakes = 'mistakes' in priced ? priced.mistakes : []
  const wrong = [...[before, after].flatMap((one) => ('wrong' in one ? one.wrong : [])), ...mistakes]
  if ('wrong' in before || 'wrong' in after || 'mistakes' in priced) return { stdout: [], stderr: wrong, exitCode: 1 }
  return diff(before, after, { ...asked, prices: priced.prices })
}

/** A package may be new since a revision, or gone: then one version has nothing. */
function sinceRevision(revision: string, path: string): readonly [readonly Item[], readonly Item[]] {
  const before = manifestsInRevision(revision, path)
  return [before, before.length > 0 ? manifestsLeftAt(path) : filesAt(path)]
}

function filesAt(path: string): readonly Item[] {
  return readManifests([path], new Uint8Array())
}

function versionOf(
  items: readonly Item[],
  configFile: string | undefined,
): Version | { readonly wrong: readonly string[] } {
  // A version of which nothing can be read would look as if all builders went.
  if (items.length > 0 && items.every(({ error }) => error)) return { wrong: unreadable(items) }
  const parsed = readRenderConfig(configFile, () => packageConfig(items))
  if ('results' in parsed) return { wrong: placed(parsed.results, items).map(lineOfPlaced) }
  const decision = reviewed(items, parsed.config)
  const layers = counted(layersIn(decision.selection, 'diff'))
  if (layers.length > 0) return { wrong: placed(layers, items).map(lineOfPlaced) }
  return { decision, config: parsed.config }
}

function unreadable(items: readonly Item[]): readonly string[] {
  const findings = items.map((item) => objectFinding('error', item, item.error?.message ?? ''))
  return placed(findings, items).map(lineOfPlaced)
}

import { type Item, isMapping } from '../input/item.ts'
import { isOurs, mayBeOurs } from '../input/ours.ts'
import { NOTHING } from '../input/unread.ts'
import { isLocalConfig } from '../render/resolve.ts'
import { lineOfPlaced, placed } from '../report/placed.ts'
import { objectFinding } from '../results/finding.ts'
import type { Outcome } from './outcome.ts'

/** What must be built first, by another tool. */
const OF_OTHER_TOOLS = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization|Chart\.yaml)$/

/**
 * The files for which `build` has something to do, one a line: those with our kinds. None where every Buildkit has its `podName`, so
 * that what was rendered before is left as it was reviewed, and none beside a kustomization or a chart.
 */
export function find(items: readonly Item[]): Outcome {
  const ours = items.filter(isToBuild)
  const buildkits = ours.filter(({ object }) => object?.kind !== 'BuildkitTemplate')
  const isDone = buildkits.length > 0 && buildkits.every(isRendered)
  const isForOthers = items.some(({ origin }) => OF_OTHER_TOOLS.test(origin?.path ?? ''))
  const found = isDone || isForOthers ? [] : ours
  const paths = found.map(({ origin }) => origin?.path ?? 'standard input')
  const unread = [
    ...items.filter(isUnread).map((item) => objectFinding('error', item, item.error?.message ?? '')),
    ...found.filter(isUnprintable).map((item) => objectFinding('error', item, UNPRINTABLE)),
  ]
  return {
    stdout: [...new Set(paths)].filter((path) => !CONTROLS.test(path)).map((path) => `${asPrinted(path)}\n`),
    stderr: placed(unread, items).map(lineOfPlaced),
    exitCode: unread.length > 0 ? 1 : 0,
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROLS = /[\x00-\x1f\x7f]/
const UNPRINTABLE = 'must have a name without control characters, because each name is printed on a line; rename it'

function isUnprintable({ origin }: Item): boolean {
  return CONTROLS.test(origin?.path ?? '')
}

/** What is no text at all, as a path that is not there; and a folder without manifests has none of ours. */
function isUnread({ error, text, place }: Item): boolean {
  return error !== undefined && error !== NOTHING && text === '' && place?.source.text === ''
}

/** As a file to whoever reads it: what begins so is a command to CI, or an option to a program. */
function asPrinted(path: string): string {
  return /^(?:::|##|-)/.test(path) ? `./${path}` : path
}

/** One that cannot be read is ours as well, if it says so: `build` tells what is wrong with it. */
function isToBuild(item: Item): boolean {
  if (item.error) return mayBeOurs(item.text)
  return isOurs(item.object) && item.object?.kind !== 'RenderBuildkit' && !isLocalConfig(item)
}

function isRendered({ object }: Item): boolean {
  return isMapping(object?.spec) && object.spec.podName !== undefined
}

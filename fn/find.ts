import { objectFinding } from './finding.ts'
import { type Item, isMapping } from './item.ts'
import { isOurs, mayBeOurs } from './ours.ts'
import { NOTHING } from './read-manifests.ts'
import { lineOfPlaced } from './report/line-of-placed.ts'
import { placed } from './report/placed.ts'
import type { Outcome } from './run-function.ts'

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
  const paths = isDone || isForOthers ? [] : ours.map(({ origin }) => origin?.path ?? 'standard input')
  const unread = items.filter(isUnread).map((item) => objectFinding('error', item, item.error?.message ?? ''))
  return {
    stdout: [...new Set(paths)].map((path) => `${asPrinted(path)}\n`),
    stderr: placed(unread, items).map(lineOfPlaced),
    exitCode: unread.length > 0 ? 1 : 0,
  }
}

/** What is no text at all, as a path that is not there; and a folder without manifests has none of ours. */
function isUnread({ error, text, place }: Item): boolean {
  return error !== undefined && error.message !== NOTHING && text === '' && place?.source.text === ''
}

/** A line that begins so, is a command to who runs us in CI. */
function asPrinted(path: string): string {
  return /^(?:::|##)/.test(path) ? `./${path}` : path
}

/** One that cannot be read is ours as well, if it says so: `build` tells what is wrong with it. */
function isToBuild({ object, error, text }: Item): boolean {
  return (isOurs(object) && object?.kind !== 'RenderBuildkit') || (error !== undefined && mayBeOurs(text))
}

function isRendered({ object }: Item): boolean {
  return isMapping(object?.spec) && object.spec.podName !== undefined
}

import { generatorConflict, packageConfig } from '../config/package-config.ts'
import { parseRenderConfig } from '../config/render-config.ts'
import { listItems } from '../input/item-of-text.ts'
import { parseResourceList, type ResourceList } from '../input/resource-list.ts'
import type { ItemEdits } from '../output/edits.ts'
import { render } from '../output/render.ts'
import { type Finding, hasError, isProblem } from '../results/finding.ts'
import { lineOf, toResult } from '../results/results.ts'
import { emit } from '../yaml/emit.ts'
import { trailingLines } from '../yaml/list-text.ts'
import type { Outcome } from './outcome.ts'

const EXTRA_LINES = 3

/**
 * A run as a KRM function (kustomize's functions-spec.md, v1): a ResourceList in, a ResourceList out.
 * Invariant: objects we do not own leave as they came, and no object is ever dropped: items without an edit are the bytes of the input.
 */
export function runFunction(input: string): Outcome {
  const list = parseResourceList(input)
  if ('error' in list) return { stdout: [], stderr: [list.error], exitCode: 1 }
  const misuse = generatorConflict(list.items)
  if (misuse.length > 0) return failed(input, list, misuse)
  const items = listItems(list.items)
  const { functionConfig, configWrittenAt: writtenAt } = list
  const parsed = parseRenderConfig(functionConfig, { base: () => packageConfig(items), writtenAt })
  if ('results' in parsed) return failed(input, list, parsed.results)
  const { edits, results } = render(items, parsed.config, { dashColumn: list.column })
  if (hasError(results)) return failed(input, list, results)
  const stdout = edits.size === 0 && results.length === 0 ? [input] : listWith(list, edits, results)
  const problems = results.filter(isProblem)
  const stderr = problems.length === 0 || isShownByKpt(input) ? [] : problems.map((result) => lineOf(result))
  return { stdout, stderr, exitCode: 0 }
}

/** Everything came back as it was, with what is wrong. */
function failed(input: string, list: ResourceList, results: readonly Finding[]): Outcome {
  return { stdout: listWith(list, new Map(), results), stderr: isShownByKpt(input) ? [] : gist(results), exitCode: 1 }
}

/** kpt prints results itself, so that standard error would say them twice; kustomize shows standard error only. */
function isShownByKpt(input: string): boolean {
  return (
    input.includes('config.k8s.io/id:') &&
    input.includes('config.kubernetes.io/path:') &&
    !input.includes('kustomize.config.k8s.io/id')
  )
}

/** kpt cuts standard error after four lines. */
function gist(results: readonly Finding[]): string[] {
  const lines = results.filter(isProblem).map((result) => lineOf(result))
  const more = lines.length - EXTRA_LINES
  return more > 1 ? [...lines.slice(0, EXTRA_LINES), `and ${more} more`] : lines
}

function listWith(
  { head, items, tail, resultsSection }: ResourceList,
  edits: ItemEdits,
  results: readonly Finding[],
): string[] {
  const texts = [head]
  items.forEach((item, at) => {
    const edit = edits.get(at)
    const text = edit?.text ?? item
    if (edit?.after) texts.push(...insertedAfter(text, edit.after))
    else texts.push(text)
  })
  if (results.length === 0) return [...texts, tail]
  const rest = resultsSection ? tail.replace(resultsSection, '') : tail
  const isOpen = rest === '' ? !texts.at(-1)?.endsWith('\n') : !rest.endsWith('\n')
  return [...texts, rest, isOpen ? '\n' : '', `results:\n${emit(results.map(toResult), 0)}`]
}

/** New items go before the comments that lead the next one. */
function insertedAfter(text: string, after: readonly string[]): string[] {
  const rest = /(?:^ *#.*\n\s*)+$/m.exec(trailingLines(text))?.[0] ?? ''
  const own = text.slice(0, text.length - rest.length)
  return [own.endsWith('\n') ? own : `${own}\n`, ...after, rest]
}

import { readFileSync } from 'node:fs'
import { pathText } from '../../crds/issues/field-path.ts'
import { positionsIn } from '../yaml/lines.ts'
import type { ReadError } from '../yaml/parse-nodes.ts'
import { readYaml } from '../yaml/read-yaml.ts'
import { type PriceList, parsePrices } from './prices.ts'

/** The price list in a file, or every mistake in it, as lines. */
export function readPrices(file: string): { readonly prices: PriceList } | { readonly mistakes: readonly string[] } {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return { mistakes: [`${file}: error: must be a readable file: ${(error as NodeJS.ErrnoException).code}`] }
  }
  const read = readYaml(text)
  if ('error' in read) return { mistakes: [`${file}${placeOf(read.error, text)}: error: ${read.error.message}`] }
  const parsed = parsePrices(read.value)
  if ('value' in parsed) return { prices: parsed.value }
  const lines = parsed.issues.map(({ path, message }) => [file, 'error', pathText(path), message])
  return { mistakes: lines.map((parts) => parts.filter((part) => part !== '').join(': ')) }
}

function placeOf({ offset }: ReadError, text: string): string {
  if (offset === undefined) return ''
  const { line, column } = positionsIn(text)(offset)
  return `:${line}:${column}`
}

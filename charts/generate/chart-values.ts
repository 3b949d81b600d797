import { isMap, isScalar, parse, parseDocument, type YAMLMap } from 'yaml'

/** A value of the chart, as values.yaml has it. */
export interface ChartValue {
  readonly name: string
  readonly default: unknown
  /** The comment above it. */
  readonly description: string
  /** The content of the last line of the comment, `@schema {…}`. */
  readonly schema: Readonly<Record<string, unknown>>
  /** The values in it, if they belong to the chart. */
  readonly values?: readonly ChartValue[]
}

/** The values in the text of a values.yaml; throws where one has no comment. */
export function chartValues(text: string): readonly ChartValue[] {
  const { contents } = parseDocument(text)
  if (!isMap(contents)) throw new Error('values.yaml must be a mapping')
  return valuesIn(contents)
}

function valuesIn(map: YAMLMap): readonly ChartValue[] {
  return map.items.map(({ key, value }, at) => {
    if (!isScalar(key)) throw new Error(`values.yaml must have names as keys, got ${key}`)
    // The comment above the first key of a mapping is the mapping's.
    const comment = key.commentBefore ?? (at === 0 ? map.commentBefore : undefined)
    const isGroup = !comment && isMap(value)
    const found = { name: String(key.value), default: map.toJSON()[String(key.value)], ...partsOf(comment ?? '') }
    if (isGroup) return { ...found, values: valuesIn(value) }
    if (!found.description) throw new Error(`values.yaml must have a comment above ${found.name}`)
    return found
  })
}

function partsOf(comment: string): Pick<ChartValue, 'description' | 'schema'> {
  // A comment above an empty line is about the file.
  const lines = (comment.split('\n\n').at(-1) ?? '').split('\n').map((line) => line.trim())
  const schemas = lines.filter((line) => line.startsWith('@schema ')).map((line) => parse(line.slice(8)))
  const description = lines.filter((line) => !line.startsWith('@schema ')).join(' ')
  return { description, schema: schemas[0] ?? {} }
}

import type * as z from 'zod/mini'
import { closest } from './closest.ts'
import { fieldsAt } from './fields-at.ts'

/** One mistake in one field, in words; `path` as in `spec.scheduling.tolerations[0].key` and `metadata.labels[example.com/team]`. */
export interface FieldIssue {
  readonly path: string
  readonly message: string
  readonly currentValue?: unknown
  readonly proposedValue?: string
}

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}
/** So many fields are a list that can still be read. */
const LISTED_MAX = 7

/** What should stand there, for schemas that do not say it in their own `error`. */
export function expectation(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_value') {
    const choices = issue.values.map((value) => JSON.stringify(value))
    return choices.length === 1 ? choices.join() : `one of ${choices.join(', ')}`
  }
  return issue.code === 'invalid_type' ? (TYPES[issue.expected] ?? issue.expected) : issue.code
}

/** What zod found wrong with `object`, in our words and in the order in which it stands there; missing fields come last in their object. */
export function fieldIssuesOf(schema: z.ZodMiniType, object: unknown, issues: readonly Issue[]): FieldIssue[] {
  const found = issues.flatMap((issue): [Path, FieldIssue][] => {
    const value = valueAt(object, issue.path)
    if (issue.code !== 'unrecognized_keys') return [[issue.path, valueIssue(issue, value)]]
    return issue.keys.map((key) => [[...issue.path, key], unknownField(schema, issue.path, key, valueAt(value, [key]))])
  })
  const unique = new Map(found.map((one) => [`${one[1].path}\n${one[1].message}`, one]))
  return [...unique.values()].sort(([a], [b]) => inOrder(object, a, b)).map(([, issue]) => issue)
}

function valueIssue(issue: Issue, value: unknown): FieldIssue {
  const path = pathOf(issue.path)
  if (value === undefined) return { path, message: 'is required' }
  const isUnquoted = isStringWanted(issue) && (typeof value === 'number' || (typeof value === 'boolean' && issue.code === 'invalid_type'))
  const isChoice = issue.code === 'invalid_value' && typeof value === 'string'
  // What stood there before YAML made a boolean of it (yes, on, True) is not known.
  const quoted = isUnquoted && typeof value === 'number' ? String(value) : undefined
  const proposedValue = isChoice ? closest(value, issue.values.map(String)) : quoted
  const hint = isUnquoted ? `; quote it${quoted === undefined ? '' : `: ${JSON.stringify(quoted)}`}` : ''
  const message = `must be ${issue.message}, got ${inWords(issue, value)}${hint}`
  return { path, message, currentValue: value, ...(proposedValue !== undefined && { proposedValue }) }
}

function isStringWanted(issue: Issue): boolean {
  if (issue.code === 'invalid_union') return issue.errors.some((branch) => branch.some(isStringWanted))
  return issue.code === 'invalid_type' && issue.expected === 'string'
}

function inWords(issue: Issue, value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'boolean') return `the boolean ${value}`
  if (typeof value === 'number') return isNumberWanted(issue) ? String(value) : `the number ${value}`
  return JSON.stringify(value)
}

function isNumberWanted(issue: Issue): boolean {
  return issue.code === 'invalid_type' ? issue.expected === 'int' || issue.expected === 'number' : 'origin' in issue || issue.code === 'not_multiple_of'
}

function unknownField(schema: z.ZodMiniType, parent: Path, key: string, value: unknown): FieldIssue {
  const fields = fieldsAt(schema, parent)
  const meant = closest(key, fields)
  const hint = meant !== undefined ? `; did you mean \`${meant}\`?` : fields.length <= LISTED_MAX ? `, which has ${listOf(fields)}` : ''
  const owner = parent.length > 0 ? `\`${pathOf(parent.slice(parent.findLastIndex((one) => typeof one === 'string')))}\`` : 'this object'
  return { path: pathOf([...parent, key]), message: `is not a field of ${owner}${hint}`, currentValue: value }
}

function listOf(fields: readonly string[]): string {
  const quoted = fields.map((field) => `\`${field}\``)
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`
}

function pathOf(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'string' && /^[\w-]+$/.test(key)) return text === '' ? key : `${text}.${key}`
    return `${text}[${String(key)}]`
  }, '')
}

function valueAt(object: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], object)
}

function inOrder(object: unknown, a: Path, b: Path): number {
  const fork = a.findIndex((key, i) => key !== b[i])
  if (fork < 0) return a.length - b.length
  const keys = Object.keys(valueAt(object, a.slice(0, fork)) ?? {})
  return placeAmong(keys, a[fork]) - placeAmong(keys, b[fork])
}

function placeAmong(keys: readonly string[], key: PropertyKey | undefined): number {
  const place = keys.indexOf(String(key))
  return place < 0 ? keys.length : place
}

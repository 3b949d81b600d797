import type * as z from 'zod/mini'
import { closest } from '../closest.ts'
import { type Path, pathText } from './field-path.ts'
import { formerTemplate, isFormerTemplate } from './former-template.ts'
import type { FieldIssue } from './issue.ts'
import { type RightPlace, rightPlace } from './misplaced-field.ts'
import { fieldsAt, isListAt, pathsOf } from './schema-paths.ts'
import { isPrivateKey } from './value-hint.ts'

/** So many fields are a list that can still be read. */
const LISTED_MAX = 8

/** The issue about a field that `schema` does not have at `path`, with the one that was probably meant. */
export function unknownField(schema: z.ZodMiniType, path: Path, value: unknown): FieldIssue {
  const parent = path.slice(0, -1)
  const fields = fieldsAt(schema, parent)
  if (isFormerTemplate(path, value) && fields.includes('buildkitdToml'))
    return { path, message: formerTemplate(value), currentValue: value }
  const place = rightPlace(path, fieldsAt(schema, ['spec']))
  const issue = notAField({ path, value, fields, elsewhere: pathsOf(schema, String(path.at(-1))), place })
  if (isRenamable(schema, issue, value)) return issue
  const { fix: _, ...rest } = issue
  return rest
}

/** A list does not become a value by another name, nor the other way round. */
function isRenamable(schema: z.ZodMiniType, { path, fix }: FieldIssue, value: unknown): boolean {
  return fix?.kind !== 'rename' || isListAt(schema, [...path.slice(0, -1), fix.to]) === Array.isArray(value)
}

interface NotAField {
  readonly path: Path
  readonly value: unknown
  /** The fields that there are instead. */
  readonly fields: readonly string[]
  /** Where else fields of this name are. */
  readonly elsewhere: readonly string[]
  /** Where it is known to go. */
  readonly place?: RightPlace | undefined
}

/** The issue about a field that its object does not have. */
export function notAField({ path, value, fields, elsewhere, place }: NotAField): FieldIssue {
  const parent = path.slice(0, -1)
  const owner = parent.slice(parent.findLastIndex((key) => typeof key === 'string'))
  const name = owner.length > 0 ? `\`${pathText(owner)}\`` : 'this object'
  const is = `is not a field of ${name}`
  // Nobody knows what is secret in the variables of a container.
  const shown = typeof value === 'object' || isPrivateKey(value) ? {} : { currentValue: value }
  if (place) return { path, message: `${is}${place.hint}`, ...shown, ...(place.fix && { fix: place.fix }) }
  const to = closest(String(path.at(-1)), fields)
  const fix = to === undefined ? undefined : ({ kind: 'rename', to } as const)
  return { path, message: `${is}${hint(to, fields, elsewhere)}`, currentValue: value, ...(fix && { fix }) }
}

function hint(to: string | undefined, fields: readonly string[], [elsewhere, ...others]: readonly string[]): string {
  const meant = to ?? (others.length === 0 ? elsewhere : undefined)
  if (meant !== undefined) return `; did you mean \`${meant}\`?`
  return fields.length <= LISTED_MAX ? `, which has ${listOf(fields)}` : ''
}

function listOf(fields: readonly string[]): string {
  const quoted = fields.map((field) => `\`${field}\``)
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`
}

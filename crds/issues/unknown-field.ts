import type * as z from 'zod/mini'
import { closest } from '../closest.ts'
import { type Path, pathText } from './field-path.ts'
import { formerTemplate, isFormerTemplate } from './former-template.ts'
import type { FieldIssue } from './issue.ts'
import { fieldsAt, pathsOf } from './schema-paths.ts'

/** So many fields are a list that can still be read. */
const LISTED_MAX = 7

/** The issue about a field that `schema` does not have at `path`, with the one that was probably meant. */
export function unknownField(schema: z.ZodMiniType, path: Path, value: unknown): FieldIssue {
  const parent = path.slice(0, -1)
  const owner = parent.slice(parent.findLastIndex((key) => typeof key === 'string'))
  const name = owner.length > 0 ? `\`${pathText(owner)}\`` : 'this object'
  const last = String(path.at(-1))
  if (isFormerTemplate(path, value) && fieldsAt(schema, parent).includes('buildkitdToml'))
    return { path, message: formerTemplate(value), currentValue: value }
  const message = `is not a field of ${name}${hint(schema, parent, last)}`
  const to = closest(last, fieldsAt(schema, parent))
  const fix = to === undefined ? undefined : ({ kind: 'rename', to } as const)
  return { path, message, currentValue: value, ...(fix && { fix }) }
}

function hint(schema: z.ZodMiniType, parent: Path, name: string): string {
  const fields = fieldsAt(schema, parent)
  const [elsewhere, ...others] = pathsOf(schema, name)
  const meant = closest(name, fields) ?? (others.length === 0 ? elsewhere : undefined)
  if (meant !== undefined) return `; did you mean \`${meant}\`?`
  return fields.length <= LISTED_MAX ? `, which has ${listOf(fields)}` : ''
}

function listOf(fields: readonly string[]): string {
  const quoted = fields.map((field) => `\`${field}\``)
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`
}

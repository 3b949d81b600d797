import type * as z from 'zod/mini'
import { expectation } from './issues/expectation.ts'
import { fieldIssuesOf } from './issues/field-issue.ts'
import { isSamePath, type Path } from './issues/field-path.ts'
import type { FieldIssue, Fix, WrittenAt } from './issues/issue.ts'
import { prototypeKeys } from './issues/prototype-keys.ts'
import { withoutNulls } from './issues/without-nulls.ts'

export type { FieldIssue, Fix, Path, WrittenAt }

const IN_OUR_WORDS = { error: expectation }

/**
 * An object as `schema` has it, defaults filled in, or everything that is wrong with it in the order in which it stands there.
 * Like the API server it takes a field that is null for one that is left out. `writtenAt` tells how the text of the object writes it.
 */
export function validate<S extends z.ZodMiniType>(
  schema: S,
  object: unknown,
  writtenAt?: WrittenAt,
): { readonly value: z.output<S> } | { readonly issues: readonly FieldIssue[] } {
  const first = schema.safeParse(object, IN_OUR_WORDS)
  const filled = first.success ? object : withoutNulls(object, first.error.issues)
  const parsed = filled === object ? first : schema.safeParse(filled, IN_OUR_WORDS)
  const found = parsed.success ? [] : fieldIssuesOf(schema, parsed.error.issues, { object: filled, writtenAt })
  const issues = [
    ...found,
    ...prototypeKeys(filled).filter(({ path }) => !found.some((one) => isSamePath(one.path, path))),
  ]
  return parsed.success && issues.length === 0 ? { value: parsed.data } : { issues }
}

import type * as z from 'zod/mini'
import { inOrder, type Path, valueAt } from './field-path.ts'
import type { Fix } from './fix.ts'
import { unknownField } from './unknown-field.ts'
import { wrongValue } from './wrong-value.ts'

/** One mistake in one field, in words; `path` as in `spec.scheduling.tolerations[0].key` and `metadata.labels[example.com/team]`. */
export interface FieldIssue {
  readonly path: string
  readonly message: string
  readonly currentValue?: unknown
  readonly proposedValue?: string
  readonly fix?: Fix
}

/** What zod found wrong with `object`, in our words and in the order in which it stands there; missing fields come last in their object. */
export function fieldIssuesOf(
  schema: z.ZodMiniType,
  object: unknown,
  issues: readonly z.core.$ZodIssue[],
): readonly FieldIssue[] {
  const found = issues.flatMap((issue): [Path, FieldIssue][] => {
    if (issue.code !== 'unrecognized_keys') return [[issue.path, wrongValue(issue, valueAt(object, issue.path))]]
    const paths = issue.keys.map((key) => [...issue.path, key])
    return paths.map((path) => [path, unknownField(schema, path, valueAt(object, path))])
  })
  const unique = new Map(found.map(([path, issue]) => [`${issue.path}\n${issue.message}`, { path, issue }]))
  return [...unique.values()].sort((a, b) => inOrder(object, a.path, b.path)).map(({ issue }) => issue)
}

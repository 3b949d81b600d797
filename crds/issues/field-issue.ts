import type * as z from 'zod/mini'
import { orderIn, type Path, valueAt } from './field-path.ts'
import type { FieldIssue, WrittenAt } from './issue.ts'
import { unknownField } from './unknown-field.ts'
import { wrongValue } from './wrong-value.ts'

/** What was judged. */
interface Judged {
  readonly object: unknown
  readonly writtenAt: WrittenAt | undefined
}

/** Nobody reads more of them, and each takes its time to word. */
export const ISSUES_MAX = 1000

/** What zod found wrong with `object`, in our words and in the order in which it stands there, missing fields last in
 * their object; or a thousand of it. */
export function fieldIssuesOf(
  schema: z.ZodMiniType,
  issues: readonly z.core.$ZodIssue[],
  { object, writtenAt }: Judged,
): readonly FieldIssue[] {
  const found = issues.flatMap((issue): { readonly path: Path; readonly word: () => FieldIssue }[] => {
    const at = issue.path as Path // JSON has no symbols as keys
    if (issue.code !== 'unrecognized_keys')
      return [
        { path: at, word: () => wrongValue({ issue, path: at, value: valueAt(object, at), written: writtenAt?.(at) }) },
      ]
    const paths = issue.keys.map((key) => [...at, key])
    return paths.map((path) => ({ path, word: () => unknownField(schema, path, valueAt(object, path)) }))
  })
  const inOrder = orderIn(object)
  const first = found.sort((a, b) => inOrder(a.path, b.path)).slice(0, ISSUES_MAX)
  const worded = first.map(({ word }) => word())
  const once = [...new Map(worded.map((issue) => [JSON.stringify([issue.path, issue.message]), issue])).values()]
  return withoutCollisions(object, once)
}

/** Of keys that would be renamed to one, or to one that is there, none is. */
function withoutCollisions(object: unknown, issues: readonly FieldIssue[]): readonly FieldIssue[] {
  const targets = issues.map(({ path, fix }) => (fix?.kind === 'rename' ? [...path.slice(0, -1), fix.to] : undefined))
  const texts = targets.map((target) => target && JSON.stringify(target))
  return issues.map((issue, at) => {
    const target = targets[at]
    const isFree =
      !target || (valueAt(object, target) === undefined && texts.indexOf(texts[at]) === texts.lastIndexOf(texts[at]))
    if (isFree) return issue
    const { fix: _, ...rest } = issue
    return rest
  })
}

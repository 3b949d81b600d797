import { atMost } from './at-most.ts'
import { grouped } from './grouped.ts'
import type { Result } from './results.ts'

/** So many objects with the same mistake are told one by one. */
const ALIKE_MAX = 3
const NAMED_MAX = 3

/** Nobody reads more of them. */
const RESULTS_MAX = 1000

/**
 * The same results, but where many objects of a kind have the same to be said only the first of them, which counts the others; and
 * of more than a thousand the first ones, errors before all, with one that counts the rest.
 */
export function counted(results: readonly Result[]): readonly Result[] {
  if (results.length <= ALIKE_MAX) return results
  const alike = grouped(results, keyOf)
  const told = [...alike.values()].flatMap((group) => (group.length > ALIKE_MAX ? [first(group)] : group))
  return atMost(told, RESULTS_MAX, (message, { severity }) => ({ message, severity }))
}

function keyOf(result: Result): unknown {
  const { severity, resourceRef, field, tags, message } = result
  // What is said of a whole object is said of its file too, as that it is removed.
  if (!resourceRef || !field) return result
  return [severity, resourceRef.kind, field.path, tags?.rule, tags?.tomlLine, tags?.tomlColumn, message].join('\n')
}

function first([one, ...others]: readonly Result[]): Result {
  const { kind } = one?.resourceRef ?? {}
  const named = others.slice(0, NAMED_MAX).map(({ resourceRef }) => {
    return [resourceRef?.namespace, resourceRef?.name].filter(Boolean).join('/')
  })
  const list = `${named.join(', ')}${others.length > NAMED_MAX ? ', …' : ''}`
  return { ...(one as Result), message: `${one?.message} (and so ${others.length} more ${kind}s: ${list})` }
}

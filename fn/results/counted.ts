import { grouped } from '../common/grouped.ts'
import { atMost } from './at-most.ts'
import { type Finding, inputFinding } from './finding.ts'
import { objectName } from './results.ts'

/** So many objects with the same mistake are told one by one. */
const ALIKE_MAX = 3
const NAMED_MAX = 3

/** Nobody reads more of them. */
const FINDINGS_MAX = 1000

/**
 * The same findings, but where many objects of a kind, or documents of a file, have the same to be said only the first of them, which counts the others; and
 * of more than a thousand the first ones, errors before all, with one that counts the rest.
 */
export function counted(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= ALIKE_MAX) return findings
  const alike = grouped(findings, keyOf)
  const told = [...alike.values()].flatMap((group) => (group.length > ALIKE_MAX ? [first(group)] : group))
  return atMost(told, FINDINGS_MAX, (message, { severity }) => inputFinding(severity, message))
}

function keyOf(finding: Finding): unknown {
  const { severity, item, path, rule, toml, message } = finding
  if (item?.error) return JSON.stringify([item.origin?.path, path, message])
  const { metadata, kind } = item?.object ?? {}
  // What is said of a whole object is said of its file too, as that it is removed.
  if (metadata?.name === undefined || path.length === 0) return finding
  return JSON.stringify([severity, kind, path, rule, toml?.path, message])
}

function first(group: readonly Finding[]): Finding {
  const [one, ...others] = group as readonly [Finding, ...Finding[]]
  const named = others.slice(0, NAMED_MAX).map(({ item }) => item && objectName(item))
  const list = `${named.join(', ')}${others.length > NAMED_MAX ? ', …' : ''}`
  const alike = one.item?.error ? 'in this file' : `${one.item?.object?.kind}s: ${list}`
  return { ...one, message: `${one.message} (also ${others.length} more ${alike})` }
}

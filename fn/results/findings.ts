import { grouped } from '../common/collections.ts'
import type { Item } from '../input/item.ts'
import { type Finding, inputFinding, RANK } from './finding.ts'
import { objectName } from './results.ts'
import { atMost } from './words.ts'

/** Errors first, each severity in the order of items and then in which it was found, the same message about the same field once. */
export function sorted(findings: readonly Finding[], items: readonly Item[]): readonly Finding[] {
  if (findings.length < 2) return findings
  const numbers = new Map(items.map((item, at) => [item, at]))
  const numberOf = ({ item }: Finding) => (item && numbers.get(item)) ?? -1
  return findings.filter(isFirst()).sort((a, b) => RANK[a.severity] - RANK[b.severity] || numberOf(a) - numberOf(b))
}

function isFirst(): (finding: Finding) => boolean {
  const said = new Map<Item | undefined, Set<string>>()
  return ({ item, severity, message, path, rule, toml }) => {
    const key = JSON.stringify([severity, message, path, rule, toml?.path])
    const keys = said.get(item) ?? new Set()
    said.set(item, keys)
    return !keys.has(key) && keys.add(key) !== undefined
  }
}

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
  const reported = [...alike.values()].flatMap((group) => (group.length > ALIKE_MAX ? [first(group)] : group))
  return atMost(reported, FINDINGS_MAX, (message, { severity }) => inputFinding(severity, message))
}

function keyOf(finding: Finding): unknown {
  const { severity, item, path, rule, toml, message } = finding
  if (item?.error) return JSON.stringify([item.origin?.path, path, message])
  const { metadata, kind } = item?.object ?? {}
  // What is said of a whole object is said of its file too, as that it is removed.
  if (metadata?.name === undefined || path.length === 0) return finding
  return JSON.stringify([severity, kind, path, rule, toml?.path, message])
}

function first([one, ...others]: readonly [Finding, ...Finding[]]): Finding {
  const named = others.slice(0, NAMED_MAX).map(({ item }) => item && objectName(item))
  const list = `${named.join(', ')}${others.length > NAMED_MAX ? ', …' : ''}`
  const alike = one.item?.error ? 'in this file' : `${one.item?.object?.kind}s: ${list}`
  return { ...one, message: `${one.message} (also ${others.length} more ${alike})` }
}

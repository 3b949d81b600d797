import type { Item } from '../input/item.ts'
import { type Finding, RANK } from './finding.ts'

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

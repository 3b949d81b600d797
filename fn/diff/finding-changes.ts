import { pathText } from '../../crds/issues/field-path.ts'
import { type Item, objectId } from '../input/item.ts'
import type { Finding } from '../results/finding.ts'

/** What there is to say of a package that it did not have before, does not have any more, and has as before. */
export interface FindingChanges {
  readonly appeared: Found
  readonly gone: Found
  readonly remaining: Found
}

/** Findings, one for each object, and the items of the version that has them. */
export interface Found {
  readonly findings: readonly Finding[]
  readonly items: readonly Item[]
}

/** Compares by rule, object and field: a message may have other numbers. */
export function findingChanges(before: Found, after: Found): FindingChanges {
  const [old, young] = [before, after].map(({ findings }) => new Set(findings.map(keyOf))) as [Set<string>, Set<string>]
  const chosen = ({ findings, items }: Found, isChosen: (key: string) => boolean): Found => ({
    findings: findings.filter((finding) => isChosen(keyOf(finding))),
    items,
  })
  return {
    appeared: chosen(after, (key) => !old.has(key)),
    gone: chosen(before, (key) => !young.has(key)),
    remaining: chosen(after, (key) => old.has(key)),
  }
}

function keyOf({ rule, item, path, toml, message }: Finding): string {
  const { kind, metadata } = item?.object ?? {}
  const object = [kind, objectId(metadata?.namespace, String(metadata?.name))]
  return JSON.stringify([rule?.id ?? message, object, pathText(path), toml?.path])
}

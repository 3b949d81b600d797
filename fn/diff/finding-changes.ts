import { pathText } from '../../crds/issues/field-path.ts'
import { objectId } from '../input/item.ts'
import type { Finding } from '../results/finding.ts'

/** What there is to say of a package that it did not have before, does not have any more, and has as before. */
export interface FindingChanges {
  readonly appeared: readonly Finding[]
  readonly fixed: readonly Finding[]
  readonly remaining: readonly Finding[]
}

/** Compares by rule, object and field: a message may have other numbers. */
export function findingChanges(before: readonly Finding[], after: readonly Finding[]): FindingChanges {
  const [old, young] = [before, after].map((findings) => new Set(findings.map(keyOf))) as [Set<string>, Set<string>]
  return {
    appeared: after.filter((finding) => !old.has(keyOf(finding))),
    fixed: before.filter((finding) => !young.has(keyOf(finding))),
    remaining: after.filter((finding) => old.has(keyOf(finding))),
  }
}

function keyOf({ rule, item, path, toml, message }: Finding): string {
  const { kind, metadata } = item?.object ?? {}
  const object = [kind, objectId(metadata?.namespace, String(metadata?.name))]
  return JSON.stringify([rule?.id ?? message, object, pathText(path), toml?.path])
}

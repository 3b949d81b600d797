import type { KubernetesObject, Source } from '../input/item.ts'
import { type Finding, objectFinding } from '../results/finding.ts'
import { fateOf } from './claim-findings.ts'
import { isCopy, ownerKindOf, ownerLabelOf } from './kinds.ts'

type Rendered = Source<KubernetesObject>

/**
 * One statement for each object that was taken out, since a file may go with it; a warning for a claim, since a cache does, and for what
 * rendering did not write.
 */
export function prunedResults(objects: readonly Rendered[]): Finding[] {
  return objects.map(({ item, value }) => {
    const severity = isClaim(value) || isCopy(value) ? 'warning' : 'info'
    return objectFinding(
      severity,
      item,
      `removed: no ${ownerKindOf(value)} uses this ${value.kind} any more${fateInWords(value)}`,
    )
  })
}

/** One warning for each object that Git has and a cluster does not get. */
export function leftOutResults(objects: readonly Rendered[]): Finding[] {
  return objects.map(({ item, value }) => {
    const message = `is left out, because no ${ownerKindOf(value)} uses this ${value.kind}${fateInWords(value)}; remove it, or its label "${ownerLabelOf(value)}" if it is not one of ours`
    return objectFinding('warning', item, message)
  })
}

function fateInWords(object: KubernetesObject): string {
  return isClaim(object) ? `; ${fateOf(object)}` : ''
}

function isClaim({ kind }: KubernetesObject): boolean {
  return kind === 'PersistentVolumeClaim'
}

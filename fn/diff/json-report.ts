import { toResult } from '../results/results.ts'
import { canonicalQuantity } from '../upstream/kubernetes/quantity.ts'
import type { Amounts } from './demand.ts'
import { changeInWords, summaryOf } from './in-words.ts'
import type { PackageDiff } from './package-diff.ts'

/** A difference for programs: the same facts as in the other reports, with all names. */
export function jsonReport(diff: PackageDiff): string {
  const { rolls, waves, added, removed, unchanged, demand, shortages, findings, costs } = diff
  const report = {
    summary: summaryOf(diff),
    rolls: rolls.map(({ inTemplate, inBuildkits, ...roll }) => ({
      ...roll,
      inTemplate: inTemplate.map(changeInWords),
      inBuildkits: inBuildkits.map(changeInWords),
    })),
    waves,
    added,
    removed,
    unchanged,
    demand: demand.map(({ nodes, before, during, after }) => ({
      nodes,
      before: plain(before),
      during: plain(during),
      after: plain(after),
    })),
    shortages: shortages.map(({ hard, during, after, ...shortage }) => ({
      ...shortage,
      hard: canonicalQuantity(hard),
      during: canonicalQuantity(during),
      after: canonicalQuantity(after),
    })),
    ...(costs && { costs }),
    findings: {
      new: findings.appeared.map(toResult),
      fixed: findings.fixed.map(toResult),
      remaining: findings.remaining.map(toResult),
    },
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

function plain(amounts: Amounts): Readonly<Record<string, string>> {
  return Object.fromEntries([...amounts].map(([name, quantity]) => [name, canonicalQuantity(quantity)]))
}

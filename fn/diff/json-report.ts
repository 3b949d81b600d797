import { toResult } from '../results/results.ts'
import { canonicalQuantity } from '../upstream/kubernetes/quantity.ts'
import type { Amounts } from './demand.ts'
import { changeInWords } from './in-words.ts'
import type { PackageDiff } from './package-diff.ts'
import { summaryOf } from './summary.ts'

/** A difference for programs: the same facts as in the other reports, with all names. */
export function jsonReport(diff: PackageDiff): string {
  const { rolls, settings, demand, shortages, findings, ...rest } = diff
  const report = {
    summary: summaryOf(diff),
    ...rest,
    rolls: rolls.map(({ inTemplate, inBuildkits, ...roll }) => ({
      ...roll,
      inTemplate: inTemplate.map(changeInWords),
      inBuildkits: inBuildkits.map(changeInWords),
    })),
    settings: settings.map(changeInWords),
    demand: demand.map(({ nodes, ...moments }) => ({
      nodes,
      before: plain(moments.before),
      during: plain(moments.during),
      after: plain(moments.after),
    })),
    shortages: shortages.map(({ hard, during, after, ...shortage }) => ({
      ...shortage,
      hard: canonicalQuantity(hard),
      during: canonicalQuantity(during),
      after: canonicalQuantity(after),
    })),
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

import { placedResult } from '../report/json-report.ts'
import { placed } from '../report/placed.ts'
import type { Result } from '../results/results.ts'
import { canonicalQuantity } from '../upstream/kubernetes/quantity.ts'
import type { Change } from './changes.ts'
import type { Amounts } from './demand.ts'
import type { Found } from './finding-changes.ts'
import { changeInWords } from './in-words.ts'
import type { PackageDiff } from './package-diff.ts'
import { summaryOf } from './summary.ts'

/** A difference for programs: the same facts as in the other reports, with all names. */
export function jsonReport(diff: PackageDiff): string {
  const { builders, rolls, keeping, settings, demand, shortages, findings, ...rest } = diff
  const report = {
    summary: summaryOf(diff),
    builders,
    rolls: rolls.map(withFieldsInWords),
    keeping: keeping.map(withFieldsInWords),
    ...rest,
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
      new: resultsIn(findings.appeared),
      gone: resultsIn(findings.gone),
      remaining: resultsIn(findings.remaining),
    },
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

function withFieldsInWords<T extends Change>({ inTemplate, inBuildkits, ...change }: T) {
  return { ...change, inTemplate: inTemplate.map(changeInWords), inBuildkits: inBuildkits.map(changeInWords) }
}

function resultsIn({ findings, items }: Found): readonly Result[] {
  return placed(findings, items).map(placedResult)
}

function plain(amounts: Amounts): Readonly<Record<string, string>> {
  return Object.fromEntries([...amounts].map(([name, quantity]) => [name, canonicalQuantity(quantity)]))
}

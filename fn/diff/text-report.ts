import { oneLine } from '../results/shown.ts'
import { firstInWords, plural } from '../results/words.ts'
import type { Change } from './changes.ts'
import type { PoolDemand } from './demand.ts'
import type { FieldChange } from './field-changes.ts'
import {
  cacheInWords,
  causeOf,
  changeInWords,
  costsInWords,
  demandRows,
  findingLines,
  handoverInWords,
  keepingInWords,
  removedInWords,
  resizeInWords,
  scalingInWords,
  shortageInWords,
} from './in-words.ts'
import type { PackageDiff } from './package-diff.ts'
import type { Roll } from './rolls.ts'
import { summaryOf } from './summary.ts'
import type { Wave } from './waves.ts'

/** A difference as lines for a terminal. */
export function textReport(diff: PackageDiff): string {
  const {
    rolls,
    keeping,
    scalings,
    waves,
    added,
    removed,
    incomparable,
    unchanged,
    resizes,
    settings,
    demand,
    shortages,
    findings,
    costs,
  } = diff
  const remaining = findings.remaining.findings.length
  const sections = [
    [summaryOf(diff)],
    ...rolls.map(rollLines),
    ...keeping.map((one) => changeLines(keepingInWords(one), one, [])),
    scalings.map((one) => `${scalingInWords(one)}: ${firstInWords(one.builders)}`),
    below('Argo CD rolls them in this order:', waves.length > 1 ? waves.map(waveInWords) : []),
    added.length > 0 ? [`${plural(added.length, 'new builder')}: ${firstInWords(added)}`] : [],
    ...removedInWords(removed).map(([title, names]) => [`${title}: ${firstInWords(names)}`]),
    incomparable.length > 0
      ? [`${plural(incomparable.length, 'builder')} that cannot be compared: ${firstInWords(incomparable)}`]
      : [],
    resizes.map((one) => `${resizeInWords(one)}: ${firstInWords(one.builders)}`),
    below('Configuration:', settings.map(fieldLine)),
    unchanged > 0 ? [`${plural(unchanged, 'builder')} unchanged`] : [],
    demandLines(demand),
    below('ResourceQuotas without room:', shortages.map(shortageInWords)),
    costs ? [costsInWords(costs)] : [],
    below('New findings:', findingLines(findings.appeared)),
    below('Fixed findings:', findingLines(findings.fixed)),
    remaining > 0 ? [`${plural(remaining, 'finding')} as before`] : [],
  ]
  const written = sections.filter((lines) => lines.length > 0).map((lines) => lines.map(oneLine).join('\n'))
  return `${written.join('\n\n')}\n`
}

/** Lines under a title; nothing where there are none. */
function below(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : []
}

function rollLines(roll: Roll): readonly string[] {
  return changeLines(plural(roll.builders.length, 'builder'), roll, [
    `cache: ${cacheInWords(roll.cache)}`,
    ...handoverInWords(roll).map((text) => `handover: ${text}`),
  ])
}

function changeLines(title: string, change: Change, about: readonly string[]): readonly string[] {
  return below(`${title}: ${causeOf(change)}`, [
    ...[...change.inTemplate, ...change.inBuildkits].map(fieldLine),
    ...about,
    firstInWords(change.builders),
  ])
}

function fieldLine(changed: FieldChange): string {
  const { field, change } = changeInWords(changed)
  return `${field}: ${change}`
}

function waveInWords({ wave, builders, templates }: Wave): string {
  return `wave ${wave}: ${plural(builders, 'builder')} of ${firstInWords(templates)}`
}

function demandLines(demand: readonly PoolDemand[]): readonly string[] {
  const rows = demandRows(demand).map(([nodes, ...cells]) => [nodes || 'any node', ...cells])
  if (rows.length === 0) return []
  const table = [['Requests', '', 'before', 'during', 'after'], ...rows]
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...table.map((row) => row[at]?.length ?? 0)))
  return table.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

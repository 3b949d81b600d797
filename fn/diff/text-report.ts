import { oneLine } from '../results/shown.ts'
import { firstInWords, plural } from '../results/words.ts'
import { cacheInWords, removedInWords, resizeInWords, scalingInWords } from './caches-in-words.ts'
import type { Change } from './changes.ts'
import type { PoolDemand } from './demand.ts'
import { costsInWords, demandRows } from './demand-in-words.ts'
import type { FieldChange } from './field-changes.ts'
import {
  changeInWords,
  findingLines,
  handoverInWords,
  keepingInWords,
  rollInWords,
  shortageInWords,
  type Words,
} from './in-words.ts'
import type { PackageDiff } from './package-diff.ts'
import type { Roll } from './rolls.ts'
import { summaryOf } from './summary.ts'
import type { Wave } from './waves.ts'

/** A difference as lines for a terminal, in the order of the report in Markdown. */
export function textReport(diff: PackageDiff): string {
  const { waves, added, incomparable, unchanged, demand, shortages, findings, costs } = diff
  const remaining = findings.remaining.findings.length
  const sections = [
    [summaryOf(diff)],
    listed(`${plural(incomparable.length, 'builder')} that cannot be compared`, incomparable),
    below('New findings:', findingLines(findings.appeared)),
    below('ResourceQuotas without room:', shortages.map(shortageInWords)),
    ...diff.rolls.map(rollLines),
    ...diff.keeping.map((one) => changeLines(keepingInWords(one), one, [])),
    ...diff.scalings.map((one) => listed(scalingInWords(one), one.builders)),
    below('Argo CD rolls them in this order:', waves.length > 1 ? waves.map(waveInWords) : []),
    listed(plural(added.length, 'new builder'), added),
    ...removedInWords(diff.removed).map(([title, names]) => listed(title, names)),
    ...diff.resizes.map((one) => listed(resizeInWords(one), one.builders)),
    below('Configuration:', diff.settings.map(fieldLine)),
    demandLines(demand),
    costs ? [costsInWords(costs)] : [],
    below('Findings that are no longer reported:', findingLines(findings.gone)),
    unchanged > 0 ? [`${plural(unchanged, 'builder')} unchanged`] : [],
    remaining > 0 ? [`${plural(remaining, 'finding')} as before`] : [],
  ]
  const written = sections.filter((lines) => lines.length > 0).map((lines) => lines.map(oneLine).join('\n'))
  return `${written.join('\n\n')}\n`
}

/** Names after a title; nothing where there are none. */
function listed(title: string, names: readonly string[]): readonly string[] {
  return names.length > 0 ? [`${title}: ${firstInWords(names)}`] : []
}

/** Lines under a title; nothing where there are none. */
function below(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : []
}

function rollLines(roll: Roll): readonly string[] {
  return changeLines(rollInWords(roll), roll, [
    `cache: ${cacheInWords(roll)}`,
    ...handoverInWords(roll).map((text) => `handover: ${text}`),
  ])
}

function changeLines(title: Words, change: Change, about: readonly string[]): readonly string[] {
  return below(title.map((word) => (typeof word === 'string' ? word : word.name)).join(''), [
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

import { oneLine } from '../results/shown.ts'
import { plural } from '../results/words.ts'
import type { PoolDemand } from './demand.ts'
import type { FieldChange } from './field-changes.ts'
import {
  cacheInWords,
  causeOf,
  changeInWords,
  costsInWords,
  demandRows,
  findingLines,
  namesInWords,
  removedInWords,
  resizeInWords,
  shortageInWords,
} from './in-words.ts'
import type { PackageDiff, Roll } from './package-diff.ts'
import { summaryOf } from './summary.ts'
import type { Wave } from './waves.ts'

/** A difference as lines for a terminal. */
export function textReport(diff: PackageDiff): string {
  const {
    rolls,
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
  const sections = [
    [summaryOf(diff)],
    ...rolls.map(rollLines),
    below('Argo CD rolls them in this order:', waves.length > 1 ? waves.map(waveInWords) : []),
    added.length > 0 ? [`${plural(added.length, 'new builder')}: ${namesInWords(added)}`] : [],
    ...removedInWords(removed).map(([title, names]) => [`${title}: ${namesInWords(names)}`]),
    incomparable.length > 0
      ? [`${plural(incomparable.length, 'builder')} that cannot be compared: ${namesInWords(incomparable)}`]
      : [],
    resizes.map((one) => `${resizeInWords(one)}: ${namesInWords(one.builders)}`),
    below('Configuration:', settings.map(fieldLine)),
    unchanged > 0 ? [`${plural(unchanged, 'builder')} unchanged`] : [],
    demandLines(demand),
    below('ResourceQuotas without room:', shortages.map(shortageInWords)),
    costs ? [costsInWords(costs)] : [],
    below('New findings:', findingLines(findings.appeared)),
    below('Fixed findings:', findingLines(findings.fixed)),
    findings.remaining.length > 0 ? [`${plural(findings.remaining.length, 'finding')} as before`] : [],
  ]
  const written = sections.filter((lines) => lines.length > 0).map((lines) => lines.map(oneLine).join('\n'))
  return `${written.join('\n\n')}\n`
}

/** Lines under a title; nothing where there are none. */
function below(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : []
}

function rollLines(roll: Roll): readonly string[] {
  return below(`${plural(roll.builders.length, 'builder')}: ${causeOf(roll)}`, [
    ...[...roll.inTemplate, ...roll.inBuildkits].map(fieldLine),
    `cache: ${cacheInWords(roll.cache)}`,
    namesInWords(roll.builders),
  ])
}

function fieldLine(changed: FieldChange): string {
  const { field, change } = changeInWords(changed)
  return `${field}: ${change}`
}

function waveInWords({ wave, builders, templates }: Wave): string {
  return `wave ${wave}: ${plural(builders, 'builder')} of ${namesInWords(templates)}`
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

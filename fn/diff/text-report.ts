import { counted } from '../results/findings.ts'
import { lineOf } from '../results/results.ts'
import { oneLine } from '../results/shown.ts'
import { plural } from '../results/words.ts'
import type { PoolDemand } from './demand.ts'
import {
  amountOf,
  cacheInWords,
  causeOf,
  changeInWords,
  costsInWords,
  isMoved,
  namesInWords,
  removedInWords,
  resizeInWords,
  resourcesIn,
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
    waves.length > 1 ? ['Argo CD rolls them in this order:', ...waves.map(waveLine)] : [],
    added.length > 0 ? [`${plural(added.length, 'new builder')}: ${namesInWords(added)}`] : [],
    ...removedInWords(removed).map(([title, names]) => [`${title}: ${namesInWords(names)}`]),
    incomparable.length > 0
      ? [`${plural(incomparable.length, 'builder')} that cannot be compared: ${namesInWords(incomparable)}`]
      : [],
    resizes.map((one) => `${resizeInWords(one)}: ${namesInWords(one.builders)}`),
    settings.length > 0
      ? ['Configuration:', ...settings.map(changeInWords).map(({ field, change }) => `  ${field}: ${change}`)]
      : [],
    unchanged > 0 ? [`${plural(unchanged, 'builder')} unchanged`] : [],
    demandLines(demand.filter(isMoved)),
    shortages.length > 0
      ? ['ResourceQuotas without room:', ...shortages.map((one) => `  ${shortageInWords(one)}`)]
      : [],
    costs ? [costsInWords(costs)] : [],
    findings.appeared.length > 0
      ? ['New findings:', ...counted(findings.appeared).map((one) => `  ${lineOf(one)}`)]
      : [],
    findings.fixed.length > 0 ? ['Fixed findings:', ...counted(findings.fixed).map((one) => `  ${lineOf(one)}`)] : [],
    findings.remaining.length > 0 ? [`${plural(findings.remaining.length, 'finding')} as before`] : [],
  ]
  const written = sections.filter((lines) => lines.length > 0).map((lines) => lines.map(oneLine).join('\n'))
  return `${written.join('\n\n')}\n`
}

function rollLines(roll: Roll): readonly string[] {
  const fields = [...roll.inTemplate, ...roll.inBuildkits].map(changeInWords)
  return [
    `${plural(roll.builders.length, 'builder')}: ${causeOf(roll)}`,
    ...fields.map(({ field, change }) => `  ${field}: ${change}`),
    `  cache: ${cacheInWords(roll.cache)}`,
    `  ${namesInWords(roll.builders)}`,
  ]
}

function waveLine({ wave, builders, templates }: Wave): string {
  return `  wave ${wave}: ${plural(builders, 'builder')} of ${namesInWords(templates)}`
}

function demandLines(demand: readonly PoolDemand[]): readonly string[] {
  if (demand.length === 0) return []
  const rows = demand.flatMap((pool) =>
    resourcesIn([pool]).map((name) => [
      pool.nodes || 'any node',
      name,
      ...[pool.before, pool.during, pool.after].map((amounts) => amountOf(amounts, name)),
    ]),
  )
  const table = [['Requests', '', 'before', 'during', 'after'], ...rows]
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...table.map((row) => row[at]?.length ?? 0)))
  return table.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

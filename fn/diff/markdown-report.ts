import type { Finding } from '../results/finding.ts'
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
  resourcesIn,
  shortageInWords,
  summaryOf,
} from './in-words.ts'
import type { PackageDiff, Roll } from './package-diff.ts'
import type { Wave } from './waves.ts'
import { wavesPicture } from './waves-picture.ts'

/** GitHub refuses a comment that is longer than 65,536 characters. */
const LENGTH_MAX = 60_000
/** What has more lines is folded. */
const LINES_MAX = 50
/** So many names or findings are listed. */
const LISTED_MAX = 200

/** A difference as a comment on a pull request. Whatever names and messages contain is shown, and means nothing to Markdown. */
export function markdownReport(diff: PackageDiff): string {
  const { rolls, waves, added, removed, unchanged, demand, shortages, findings, costs } = diff
  const moved = demand.filter(isMoved)
  const sections = [
    `**${escaped(summaryOf(diff))}**`,
    ...rolls.map(rollSection),
    waves.length > 1 && orderOf(waves),
    added.length > 0 && folded(`${plural(added.length, 'new builder')}`, added.map(item)),
    removed.length > 0 &&
      folded(
        `${plural(removed.length, 'builder')} removed, with the cache`,
        removed.map(({ builder }) => item(builder)),
      ),
    moved.length > 0 && demandTable(moved),
    shortages.length > 0 && folded('ResourceQuotas without room', shortages.map(shortageInWords).map(item)),
    costs && escaped(costsInWords(costs)),
    findings.appeared.length > 0 && folded('New findings', counted(findings.appeared).map(findingItem)),
    findings.fixed.length > 0 && folded('Fixed findings', counted(findings.fixed).map(findingItem)),
    closing(unchanged, findings.remaining.length),
  ].filter((section) => typeof section === 'string')
  return withinLimit(sections)
}

function rollSection(roll: Roll): string {
  const fields = [...roll.inTemplate, ...roll.inBuildkits].map(changeInWords)
  const rows = fields.map(({ field, change }) => `| ${cell(field)} | ${cell(change)} |`)
  const table = ['| field | change |', '| --- | --- |', ...rows, `| cache | ${escaped(cacheInWords(roll.cache))} |`]
  const head = `### ${escaped(`${plural(roll.builders.length, 'builder')}: ${causeOf(roll)}`)}`
  const names = details(plural(roll.builders.length, 'builder'), roll.builders.map(item))
  return [head, '', ...(table.length > LINES_MAX ? [details('Fields', table)] : table), '', names].join('\n')
}

function orderOf(waves: readonly Wave[]): string {
  return ['### Order under Argo CD', '', '```mermaid', wavesPicture(waves), '```'].join('\n')
}

function demandTable(demand: readonly PoolDemand[]): string {
  const rows = demand.flatMap((pool) =>
    resourcesIn([pool]).map((name) => {
      const amounts = [pool.before, pool.during, pool.after].map((one) => amountOf(one, name))
      return `| ${pool.nodes ? cell(pool.nodes) : 'any'} | ${cell(name)} | ${amounts.join(' | ')} |`
    }),
  )
  return [
    '### Requests',
    '',
    '| nodes | resource | before | during the roll | after |',
    '| --- | --- | --: | --: | --: |',
    ...rows,
  ].join('\n')
}

function closing(unchanged: number, remaining: number): string {
  const parts = [
    unchanged > 0 && `${plural(unchanged, 'builder')} unchanged`,
    remaining > 0 && `${plural(remaining, 'finding')} as before`,
  ]
  return parts.filter(Boolean).join(', ')
}

function folded(title: string, lines: readonly string[]): string {
  return lines.length > LINES_MAX ? details(title, lines) : `### ${title}\n\n${lines.join('\n')}`
}

function details(title: string, lines: readonly string[]): string {
  const shown = lines.slice(0, LISTED_MAX)
  const more = lines.length > shown.length ? [`- and ${lines.length - shown.length} more`] : []
  return `<details><summary>${escaped(title)}</summary>\n\n${[...shown, ...more].join('\n')}\n\n</details>`
}

function item(text: string): string {
  return `- ${code(text)}`
}

function findingItem(finding: Finding): string {
  return item(lineOf(finding))
}

/** The same in a cell of a table, which a bar would end. */
function cell(text: string): string {
  return code(text).replaceAll('|', '\\|')
}

/** A span that shows a text as it is, also with backticks. */
function code(text: string): string {
  const line = oneLine(text)
  const fence = '`'.repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1)
  const isEdged = line.startsWith('`') || line.endsWith('`')
  return isEdged ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
}

/** Text outside of code, in which nothing has a meaning, mentions and links included. */
function escaped(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]()#+!|>~@]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** As many sections as fit, and a sentence about the others. */
function withinLimit(sections: readonly string[]): string {
  const note = '\n\nMore is left out, because a comment has a limit. Run `render-buildkit diff` to see all of it.\n'
  const text = `${sections.filter((section) => section !== '').join('\n\n')}\n`
  if (text.length <= LENGTH_MAX) return text
  let kept = ''
  for (const section of sections) {
    if (kept.length + section.length + note.length > LENGTH_MAX) break
    kept += kept === '' ? section : `\n\n${section}`
  }
  return `${kept}${note}`
}

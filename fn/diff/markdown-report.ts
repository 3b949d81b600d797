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
import { wavesPicture } from './waves-picture.ts'

/** GitHub refuses a comment that is longer than 65,536 characters. */
const LENGTH_MAX = 60_000
/** What has more lines is folded. */
const LINES_MAX = 50
/** So many names or findings are listed. */
const LISTED_MAX = 200

/** A part of the report under a heading. */
interface Section {
  readonly title: string
  readonly lines: readonly string[]
}

/** A difference as a comment on a pull request. Whatever names and messages contain is shown, and means nothing to Markdown. */
export function markdownReport(diff: PackageDiff): string {
  const { rolls, waves, added, removed, unchanged, demand, shortages, findings, costs } = diff
  const sections: readonly Section[] = [
    ...rolls.map(rollSection),
    { title: 'Order under Argo CD', lines: waves.length > 1 ? ['```mermaid', wavesPicture(waves), '```'] : [] },
    { title: plural(added.length, 'new builder'), lines: added.map(item) },
    {
      title: `${plural(removed.length, 'builder')} removed, with the cache`,
      lines: removed.map(({ builder }) => item(builder)),
    },
    { title: 'Requests', lines: demandTable(demand.filter(isMoved)) },
    { title: 'ResourceQuotas without room', lines: shortages.map(shortageInWords).map(item) },
    { title: 'Costs', lines: costs ? [escaped(costsInWords(costs))] : [] },
    { title: 'New findings', lines: counted(findings.appeared).map(findingItem) },
    { title: 'Fixed findings', lines: counted(findings.fixed).map(findingItem) },
  ]
  const summary = `**${escaped(summaryOf(diff))}**`
  const written = sections.filter(({ lines }) => lines.length > 0)
  return withinLimit([summary, ...withFolds(written), closing(unchanged, findings.remaining.length)])
}

/** Sections as text: those that would make the comment long are folded. */
function withFolds(sections: readonly Section[]): readonly string[] {
  let shown = 0
  return sections.map(({ title, lines }) => {
    const isFolded = shown + lines.length > LINES_MAX
    shown += isFolded ? 1 : lines.length
    return isFolded ? details(title, lines) : `### ${escaped(title)}\n\n${lines.join('\n')}`
  })
}

function rollSection(roll: Roll): Section {
  const fields = [...roll.inTemplate, ...roll.inBuildkits].map(changeInWords)
  const rows = fields.map(({ field, change }) => `| ${cell(field)} | ${cell(change)} |`)
  const table = ['| field | change |', '| --- | --- |', ...rows, `| cache | ${escaped(cacheInWords(roll.cache))} |`]
  const builders = plural(roll.builders.length, 'builder')
  return {
    title: `${builders}: ${causeOf(roll)}`,
    lines: [...table, '', details(builders, roll.builders.map(item))],
  }
}

function demandTable(demand: readonly PoolDemand[]): readonly string[] {
  const rows = demand.flatMap((pool) =>
    resourcesIn([pool]).map((name) => {
      const amounts = [pool.before, pool.during, pool.after].map((one) => amountOf(one, name))
      return `| ${pool.nodes ? cell(pool.nodes) : 'any'} | ${cell(name)} | ${amounts.join(' | ')} |`
    }),
  )
  const head = ['| nodes | resource | before | during the roll | after |', '| --- | --- | --: | --: | --: |']
  return rows.length > 0 ? [...head, ...rows] : []
}

function closing(unchanged: number, remaining: number): string {
  const parts = [
    unchanged > 0 && `${plural(unchanged, 'builder')} unchanged`,
    remaining > 0 && `${plural(remaining, 'finding')} as before`,
  ]
  return parts.filter(Boolean).join(', ')
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

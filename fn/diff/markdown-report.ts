import { plural } from '../results/words.ts'
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
import { cell, details, escaped, heading, list, shortened, type Title } from './markdown.ts'
import type { PackageDiff } from './package-diff.ts'
import type { Roll } from './rolls.ts'
import { summaryOf } from './summary.ts'
import { wavesPicture } from './waves-picture.ts'

/** GitHub refuses a comment that is longer than 65,536 characters. */
const LENGTH_MAX = 60_000
/** What has more lines is folded. */
const LINES_MAX = 50

/** A part of the report under a heading. */
interface Section {
  readonly title: Title
  readonly lines: readonly string[]
}

/** A difference as a comment on a pull request. Whatever names and messages contain is shown, and means nothing to Markdown. */
export function markdownReport(diff: PackageDiff): string {
  const { rolls, waves, removed, unchanged, demand, findings } = diff
  const sections: readonly Section[] = [
    listed('Builders that cannot be compared', diff.incomparable),
    ...rolls.map(rollSection),
    ...diff.keeping.map((one) => changeSection(keepingInWords(one), one, [])),
    {
      title: { text: 'Order under Argo CD' },
      lines: waves.length > 1 ? ['```mermaid', wavesPicture(waves), '```'] : [],
    },
    ...removedInWords(removed).map(([title, names]) => listed(title, names)),
    listed(plural(diff.added.length, 'new builder'), diff.added),
    ...diff.scalings.map((scaling) => listed(scalingInWords(scaling), scaling.builders)),
    ...diff.resizes.map((resize) => listed(resizeInWords(resize), resize.builders)),
    { title: { text: 'Configuration' }, lines: fieldTable(diff.settings) },
    { title: { text: 'Requests' }, lines: demandTable(demand) },
    listed('ResourceQuotas without room', diff.shortages.map(shortageInWords)),
    listed('Costs', diff.costs ? [costsInWords(diff.costs)] : []),
    listed('New findings', findingLines(findings.appeared)),
    listed('Fixed findings', findingLines(findings.fixed)),
  ]
  const written = sections.filter(({ lines }) => lines.length > 0)
  const summary = `**${escaped(summaryOf(diff))}**`
  return withinLimit([summary, ...withFolds(written), closing(unchanged, findings.remaining.findings.length)])
}

function listed(text: string, texts: readonly string[]): Section {
  return { title: { text }, lines: list(texts) }
}

/** Sections as text: those that would make the comment long are folded. */
function withFolds(sections: readonly Section[]): readonly string[] {
  let shown = 0
  return sections.map(({ title, lines }) => {
    const isFolded = shown + lines.length > LINES_MAX
    shown += isFolded ? 1 : lines.length
    return isFolded ? details(title, lines) : `${heading(title)}\n\n${lines.join('\n')}`
  })
}

function rollSection(roll: Roll): Section {
  return changeSection(plural(roll.builders.length, 'builder'), roll, [
    `Cache: ${escaped(cacheInWords(roll.cache))}`,
    ...handoverInWords(roll).map((text) => `Handover: ${escaped(text)}`),
  ])
}

function changeSection(text: string, change: Change, about: readonly string[]): Section {
  const fields = fieldTable([...change.inTemplate, ...change.inBuildkits])
  const builders = details({ text: plural(change.builders.length, 'builder') }, list(change.builders))
  const paragraphs = [...about.map((line) => [line]), fields, [builders]].filter((lines) => lines.length > 0)
  return {
    title: { text, code: causeOf(change) },
    lines: paragraphs.flatMap((lines, at) => (at > 0 ? ['', ...lines] : lines)),
  }
}

function fieldTable(changes: readonly FieldChange[]): readonly string[] {
  const rows = changes.map(changeInWords).map(({ field, change }) => `| ${cell(field)} | ${cell(change)} |`)
  const shown = shortened(rows, (more) => `| and ${more} more | |`)
  return rows.length > 0 ? ['| field | change |', '| --- | --- |', ...shown] : []
}

function demandTable(demand: readonly PoolDemand[]): readonly string[] {
  const rows = demandRows(demand).map(
    ([nodes, name = '', ...amounts]) => `| ${nodes ? cell(nodes) : 'any'} | ${cell(name)} | ${amounts.join(' | ')} |`,
  )
  const head = ['| nodes | resource | before | during the roll | after |', '| --- | --- | --: | --: | --: |']
  return rows.length > 0 ? [...head, ...shortened(rows, (more) => `| and ${more} more | | | | |`)] : []
}

function closing(unchanged: number, remaining: number): string {
  const parts = [
    unchanged > 0 && `${plural(unchanged, 'builder')} unchanged`,
    remaining > 0 && `${plural(remaining, 'finding')} as before`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** The sections that fit, and a sentence about the others. */
function withinLimit(sections: readonly string[]): string {
  const note = '\n\nMore is left out, because a comment has a limit. Run `render-buildkit diff` to see all of it.\n'
  const whole = `${sections.filter((section) => section !== '').join('\n\n')}\n`
  if (whole.length <= LENGTH_MAX) return whole
  const kept = sections.reduce(
    (text, section) => (text.length + section.length + note.length + 2 > LENGTH_MAX ? text : `${text}\n\n${section}`),
    '',
  )
  return `${kept.trim()}${note}`
}

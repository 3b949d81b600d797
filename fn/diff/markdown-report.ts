import { plural } from '../results/words.ts'
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
import { cell, code, details, escaped, heading, list, shortened } from './markdown.ts'
import type { PackageDiff } from './package-diff.ts'
import type { Roll } from './rolls.ts'
import { summaryOf } from './summary.ts'
import { wavesPicture } from './waves-picture.ts'

/** GitHub refuses a comment that is longer than 65,536 characters. */
const LENGTH_MAX = 60_000
/** What has more lines is folded. */
const LINES_MAX = 50
/** So few names are shown without a click. */
const NAMES_MAX = 5

/** A part of the report, under a heading if it has one. */
interface Section {
  readonly title?: Words
  readonly lines: readonly string[]
  /** Whether it is one of many alike, which have the room that others leave. */
  readonly isEntry?: true
}

/** A difference as a comment on a pull request. Whatever names and messages contain is shown, and means nothing to Markdown. */
export function markdownReport(diff: PackageDiff): string {
  const { waves, added, incomparable, unchanged, findings } = diff
  const sections: readonly Section[] = [
    { lines: [`**${escaped(summaryOf(diff))}**`] },
    listed(`${plural(incomparable.length, 'builder')} that cannot be compared`, incomparable),
    listed('New findings', findingLines(findings.appeared)),
    listed('ResourceQuotas without room', diff.shortages.map(shortageInWords)),
    ...diff.rolls.map(rollSection),
    ...diff.keeping.map((one) => changeSection(keepingInWords(one), one, [])),
    ...diff.scalings.map((scaling) => listed(scalingInWords(scaling), scaling.builders)),
    { title: ['Order under Argo CD'], lines: waves.length > 1 ? ['```mermaid', wavesPicture(waves), '```'] : [] },
    listed(plural(added.length, 'new builder'), added),
    ...removedInWords(diff.removed).map(([title, names]) => listed(title, names)),
    ...diff.resizes.map((resize) => listed(resizeInWords(resize), resize.builders)),
    { title: ['Configuration'], lines: fieldTable(diff.settings) },
    { title: ['Requests'], lines: demandTable(diff.demand) },
    { lines: diff.costs ? [escaped(costsInWords(diff.costs))] : [] },
    listed('Findings that are no longer reported', findingLines(findings.gone)),
    { lines: closing(unchanged, findings.remaining.findings.length) },
  ]
  return withinLimit(withFolds(sections.filter(({ lines }) => lines.length > 0)))
}

function listed(title: string, texts: readonly string[]): Section {
  return { title: [title], lines: list(texts) }
}

/** A section as text. */
interface Written extends Pick<Section, 'isEntry'> {
  readonly text: string
}

/** Sections that would make the comment long are folded. */
function withFolds(sections: readonly Section[]): readonly Written[] {
  let shown = 0
  return sections.map(({ title, lines, ...rest }) => {
    if (!title) return { ...rest, text: lines.join('\n') }
    const isFolded = (rest.isEntry ? shown : 0) + lines.length > LINES_MAX
    shown += isFolded ? 1 : lines.length
    return { ...rest, text: isFolded ? details(title, lines) : `${heading(title)}\n\n${lines.join('\n')}` }
  })
}

function rollSection(roll: Roll): Section {
  return changeSection(rollInWords(roll), roll, [
    `Cache: ${escaped(cacheInWords(roll))}`,
    ...handoverInWords(roll).map((text) => `Handover: ${escaped(text)}`),
  ])
}

function changeSection(title: Words, change: Change, about: readonly string[]): Section {
  const fields = fieldTable([...change.inTemplate, ...change.inBuildkits])
  const paragraphs = [...about.map((line) => [line]), fields, namesIn(change.builders)]
  const lines = paragraphs.filter((paragraph) => paragraph.length > 0)
  return { title, lines: lines.flatMap((paragraph, at) => (at > 0 ? ['', ...paragraph] : paragraph)), isEntry: true }
}

function namesIn(builders: readonly string[]): readonly string[] {
  if (builders.length <= NAMES_MAX) return [`Builders: ${builders.map(code).join(', ')}`]
  return [details([plural(builders.length, 'builder')], list(builders))]
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

function closing(unchanged: number, remaining: number): readonly string[] {
  const parts = [
    unchanged > 0 && `${plural(unchanged, 'builder')} unchanged`,
    remaining > 0 && `${plural(remaining, 'finding')} as before`,
  ]
  const text = parts.filter(Boolean).join(', ')
  return text === '' ? [] : [text]
}

/** The sections that fit, entries last, and a sentence about the others. */
function withinLimit(sections: readonly Written[]): string {
  const whole = textOf(sections)
  if (whole.length <= LENGTH_MAX) return whole
  const inOrder = [...sections.filter(({ isEntry }) => !isEntry), ...sections.filter(({ isEntry }) => isEntry)]
  let room = LENGTH_MAX - NOTE.length
  const kept = new Set(
    inOrder.filter(({ text }) => {
      const isKept = text.length + 2 <= room
      if (isKept) room -= text.length + 2
      return isKept
    }),
  )
  return `${textOf(sections.filter((section) => kept.has(section)))}${NOTE}`
}

const NOTE =
  '\nMore is left out, because a comment has a limit. Run `render-buildkit diff --base REVISION PATH` to see all of it.\n'

function textOf(sections: readonly Written[]): string {
  return `${sections.map(({ text }) => text).join('\n\n')}\n`
}

import { escaped, MONO, type Palette } from './palette.ts'
import type { Beat } from './recording.ts'

const [COLUMNS, ROWS] = [94, 21]
const [CHARACTER, LINE, MARGIN, BAR] = [7.85, 18, 16, 34]
const WIDTH = Math.ceil(COLUMNS * CHARACTER) + 2 * MARGIN
const HEIGHT = ROWS * LINE + BAR + MARGIN
/** How long the end stays before it starts again. */
const REST = 5

/** A terminal that shows a recording again and again; its end only, where the reader wants no motion. */
export function castPicture(title: string, beats: readonly Beat[], palette: Palette): string {
  const lines = beats.flatMap((beat) => beat.lines)
  const longest = Math.max(...lines.map((line) => line.length))
  if (longest > COLUMNS) throw new Error(`a line must be at most ${COLUMNS} columns wide, got ${longest}`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">
<title>${escaped(title)}: a terminal that shows what the demo prints</title>
<style>${style(beats, palette)}</style>
<clipPath id="screen"><rect x="1" y="${BAR}" width="${WIDTH - 2}" height="${ROWS * LINE + 6}"/></clipPath>
<rect x=".5" y=".5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="8" fill="${palette.card}" stroke="${palette.border}"/>
${[0, 1, 2].map((at) => `<circle cx="${20 + 18 * at}" cy="17" r="5" fill="${palette.border}"/>`).join('')}
<text class="title" x="${WIDTH / 2}" y="21" text-anchor="middle">${escaped(title)}</text>
<g clip-path="url(#screen)"><g class="scroll">
${lines.map(textLine).filter(Boolean).join('\n')}
</g><rect class="cover" x="1" y="${BAR}" width="${WIDTH - 2}" height="${ROWS * LINE}"/></g>
</svg>
`
}

function style(beats: readonly Beat[], { card, text, muted, accent, good, bad }: Palette): string {
  const moments = momentsOf(beats)
  const total = moments.reduce((sum, { seconds }) => sum + seconds, 0)
  const last = moments.at(-1) ?? { scroll: 0 }
  const frames = (value: (moment: Moment) => number) =>
    moments.map((moment) => `${percent(moment.start / total)}{transform:translateY(${value(moment)}px)}`).join('')
  const animated = (name: string) => `animation:${name} ${total.toFixed(1)}s step-end infinite`
  return `
text{font:13px ${MONO};fill:${text};white-space:pre}
.title,.time{fill:${muted}}.say{fill:${accent};font-weight:600}.prompt,.plus{fill:${good}}.minus{fill:${bad}}.output{fill:${muted}}
.cover{fill:${card};transform:translateY(${ROWS * LINE}px);${animated('cover')}}
.scroll{transform:translateY(${last.scroll}px);${animated('scroll')}}
@keyframes scroll{${frames(({ scroll }) => scroll)}}
@keyframes cover{${frames(({ cover }) => cover)}}
@media (prefers-reduced-motion:reduce){.cover,.scroll{animation:none}}
`
}

interface Moment {
  readonly start: number
  readonly seconds: number
  readonly scroll: number
  /** How far down the lines that are there reach. */
  readonly cover: number
}

function momentsOf(beats: readonly Beat[]): readonly Moment[] {
  let [start, count] = [0, 0]
  return beats.map(({ lines, seconds }, at) => {
    count += lines.length
    const moment = {
      start,
      seconds: at === beats.length - 1 ? seconds + REST : seconds,
      scroll: -Math.max(0, count - ROWS) * LINE,
      cover: Math.min(count, ROWS) * LINE,
    }
    start += seconds
    return moment
  })
}

function percent(part: number): string {
  return `${(part * 100).toFixed(2)}%`
}

/** What the demo says has the time before it, and a command its prompt. */
function textLine(line: string, at: number): string {
  if (line === '') return ''
  const y = BAR + 13 + at * LINE
  const spans = spansOf(line)
  return `<text x="${MARGIN}" y="${y}">${spans}</text>`
}

function spansOf(line: string): string {
  const said = /^( *[\d.]+ s)(.*)$/.exec(line)
  if (said) return span('time', said[1]) + span('say', said[2])
  const typed = /^( +\$)(.*)$/.exec(line)
  if (typed) return span('prompt', typed[1]) + span('typed', typed[2])
  return span(outputClass(line), line)
}

function outputClass(line: string): string {
  if (/^ +\+ /.test(line)) return 'plus'
  return /^ +- /.test(line) ? 'minus' : 'output'
}

function span(name: string, text = ''): string {
  return `<tspan class="${name}">${escaped(text)}</tspan>`
}

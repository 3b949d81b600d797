import { escaped, MONO, type Palette, SANS } from './palette.ts'

const [WIDTH, HEIGHT] = [952, 340]

/** The way of a builder from Git through an engine into the cluster, and that of a build to it. */
export function flowPicture(palette: Palette): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">
<title>Git has the Buildkit and its rendered Pod, your GitOps engine applies them, the controller publishes the endpoint, and clients build through it</title>
<style>${style(palette)}</style>
<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="${palette.accent}"/></marker></defs>
${[...GIT, ...ENGINE, ...CLUSTER, ...CLIENT].join('\n')}
</svg>
`
}

const GIT = [
  area('Git', { x: 8, y: 8, width: 256, height: 324 }),
  card({ x: 24, y: 48, width: 224, height: 66 }, ['BuildkitTemplate small', 'Buildkit shop']),
  arrow('M60 118V186'),
  note({ x: 76, y: 146 }, ['render-buildkit'], 'mono accent'),
  note({ x: 76, y: 165 }, ['in CI, kpt or Argo CD']),
  card({ x: 24, y: 190, width: 224, height: 66 }, ['Buildkit shop', 'Pod shop-98l55jgxxc']),
  note({ x: 24, y: 286 }, ['The pull request shows', 'the Pod that will run.']),
]

const ENGINE = [
  arrow('M252 223H306'),
  area('Engine', { x: 310, y: 146, width: 126, height: 154 }),
  note({ x: 326, y: 198 }, ['Argo CD', 'Flux', 'kpt live', 'Config Sync', 'kubectl']),
  arrow('M438 223H492'),
  note({ x: 447, y: 213 }, ['apply']),
]

const CLUSTER = [
  area('Cluster', { x: 496, y: 8, width: 264, height: 324 }),
  card({ x: 512, y: 48, width: 232, height: 66 }, ['Buildkit shop', 'endpoint tcp://10.0.0.2:1234']),
  arrow('M548 204V118'),
  note({ x: 564, y: 146 }, ['buildkit-controller'], 'mono accent'),
  note({ x: 564, y: 165 }, ['publishes the endpoint,', 'deletes superseded Pods']),
  card({ x: 512, y: 208, width: 232, height: 50 }, ['Pod shop-98l55jgxxc  serves'], 'good'),
  card({ x: 512, y: 268, width: 232, height: 50 }, ['Pod shop-7w2m79rqfv  drains'], 'old'),
]

const CLIENT = [
  area('Client', { x: 816, y: 48, width: 128, height: 212 }),
  note({ x: 832, y: 100 }, ['docker', 'buildx build', '--builder shop'], 'mono'),
  arrow('M814 81H748'),
  note({ x: 766, y: 71 }, ['read']),
  arrow('M814 233H748'),
  note({ x: 766, y: 223 }, ['build']),
]

interface Place {
  readonly x: number
  readonly y: number
}

interface Box extends Place {
  readonly width: number
  readonly height: number
}

function area(name: string, { x, y, width, height }: Box): string {
  const label = `<text class="name" x="${x + 16}" y="${y + 26}">${escaped(name)}</text>`
  return `<rect class="area" x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/>${label}`
}

function card({ x, y, width, height }: Box, lines: readonly string[], kind = ''): string {
  const first = y + height / 2 + 5 - (lines.length - 1) * 11
  const box = `<rect class="card ${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`
  return box + texts({ x: x + 12, y: first }, lines, { kind: 'mono', step: 22 })
}

function note(place: Place, lines: readonly string[], kind = 'note'): string {
  return texts(place, lines, { kind, step: 18 })
}

function texts({ x, y }: Place, lines: readonly string[], { kind, step }: { kind: string; step: number }): string {
  return lines.map((line, at) => `<text class="${kind}" x="${x}" y="${y + at * step}">${escaped(line)}</text>`).join('')
}

function arrow(path: string): string {
  return `<path class="arrow" d="${path}" marker-end="url(#head)"/>`
}

function style({ page, card: fill, border, text, muted, accent, good }: Palette): string {
  return `
text{font:13px ${SANS};fill:${text};white-space:pre}
.name{font-weight:600;font-size:15px}.mono{font:12px ${MONO}}.note{fill:${muted}}.accent{fill:${accent}}
.area{fill:${fill};stroke:${border}}.card{fill:${page};stroke:${border}}.good{stroke:${good};stroke-width:1.5}.old{stroke-dasharray:4 3}
.arrow{fill:none;stroke:${accent};stroke-width:1.5}
`
}

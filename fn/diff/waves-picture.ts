import { boxOf } from '../results/mermaid.ts'
import { plural } from '../results/words.ts'
import type { Wave } from './waves.ts'

const TEMPLATES_MAX = 3

/** Waves as a flowchart of Mermaid, each behind the one that Argo CD waits for. */
export function wavesPicture(waves: readonly Wave[]): string {
  const boxes = waves.map(({ wave, builders, templates }, at) => {
    const lines = [`wave ${wave}`, plural(builders, 'builder'), ...templates.slice(0, TEMPLATES_MAX)]
    const more = templates.length - TEMPLATES_MAX
    return `  w${at}[${boxOf([...lines, ...(more > 0 ? [`and ${more} more`] : [])])}]`
  })
  const arrows = waves.slice(1).map((_, at) => `  w${at} --> w${at + 1}`)
  return ['flowchart LR', ...boxes, ...arrows].join('\n')
}

import { grouped } from '../common/collections.ts'
import type { Wanted } from '../render/plan.ts'
import { waveIn, waveTextOf } from '../rules/facts/sync-waves.ts'
import type { TemplateName } from './changes.ts'

/** Builders that Argo CD rolls before it goes on to the next wave. */
export interface Wave {
  readonly wave: number
  readonly builders: number
  /** Their templates, in the order of names. */
  readonly templates: readonly string[]
}

/** The order in which Argo CD rolls builders: by the waves of their Buildkits. */
export function wavesOf(rolling: readonly Wanted[], nameOf: TemplateName): readonly Wave[] {
  const byWave = grouped(rolling, ({ builder }) => waveIn(waveTextOf(builder.buildkit)))
  return [...byWave]
    .map(([wave, wanted]) => ({
      wave,
      builders: wanted.length,
      templates: [...new Set(wanted.map(nameOf))].sort(),
    }))
    .sort((a, b) => a.wave - b.wave)
}

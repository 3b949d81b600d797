import { engineAnnotations, SYNC_WAVE_ANNOTATION } from '../../render/engine-annotations.ts'
import type { BuilderFacts } from './facts.ts'

/** All annotations of the Pod of the first of builders that are alike, for people and for engines. */
export function podAnnotations({ template, blueprint, buildkits }: BuilderFacts): Readonly<Record<string, string>> {
  const wave = buildkits[0]?.value.metadata.annotations?.[SYNC_WAVE_ANNOTATION]
  return {
    ...blueprint.annotations,
    ...engineAnnotations(template.retirement, blueprint.engineAnnotations, wave),
  }
}

import type { Buildkit } from '../../../crds/buildkit.ts'
import type { Source } from '../../input/item.ts'
import { SYNC_WAVE_ANNOTATION } from '../../render/engine-annotations.ts'

/** The field of a Buildkit that has its wave. */
export const WAVE_PATH = ['metadata', 'annotations', SYNC_WAVE_ANNOTATION] as const

/** As Go's `strconv.Atoi` reads it. */
const WHOLE_NUMBER = /^[+-]?\d+$/

/** Whether Argo CD reads a wave in a text; it takes any other for 0 (pkg/sync/syncwaves/waves.go of gitops-engine). */
export function isWave(text: string): boolean {
  return WHOLE_NUMBER.test(text)
}

export function waveIn(text = '0'): number {
  return isWave(text) ? Number(text) : 0
}

/** The wave of a Buildkit, as it is written. */
export function waveTextOf({ value }: Source<Buildkit>): string | undefined {
  return value.metadata.annotations?.[SYNC_WAVE_ANNOTATION]
}

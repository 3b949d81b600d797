import type { Builders } from '../claims/package-of.ts'

/** What all builders of a package have in common. */
interface Stage {
  readonly image: string
  readonly replicas: number
}

export const [FIRST, SECOND, THIRD] = ['moby/buildkit:v0.34.0', 'moby/buildkit:v0.34.1', 'moby/buildkit:v0.34.2']
/** Of three Pods. */
export const NAMES = ['scratch', 'warm'] as const

const claim = { size: '10Gi' }

/** Two builders, whose new Pods can serve beside the old ones or only follow them, and one of one Pod that never changes. */
export function builders({ image, replicas }: Stage): Builders {
  return {
    scratch: { image, replicas },
    warm: { image, replicas, cache: { claim } },
    ...OTHER,
  }
}

/** Its claims outlive it. */
export const RETAINED: Builders = {
  retained: { image: FIRST, replicas: 2, cache: { claim: { ...claim, retain: true } } },
}
export const OTHER: Builders = { other: { image: FIRST } }

import type { Pod } from '../render/expand.ts'
import type { Wanted } from '../render/plan.ts'
import type { Builder } from '../render/resolve.ts'

/** A Pod, and whose it is. */
export interface OnePod {
  readonly builder: Builder
  readonly pod: Pod
}

/** The Pods of a builder, in the order of its replicas. */
export function podsOf(wanted: Wanted | undefined): readonly OnePod[] {
  return wanted?.pods.map(({ pod }) => ({ builder: wanted.builder, pod })) ?? []
}

/** One moment by both clocks of this process, in milliseconds since 1970. */
export interface Now {
  /** As the machine has it; somebody may set it at any time. For times that are written, and to compare with such. */
  readonly wall: number
  /** What the machine had when this process started, and what has passed since: nobody can set it, and a suspended machine stops it. For all waiting. */
  readonly steady: number
}

export function readNow(): Now {
  return { wall: Date.now(), steady: performance.timeOrigin + performance.now() }
}

/** A written time by the steady clock: as long ago as the wall clock says, and never still to come. */
export function steadyOf(written: number, { wall, steady }: Now): number {
  return steady - Math.max(0, wall - written)
}

/** By how many milliseconds the two clocks have come apart between two moments. */
export function driftBetween(before: Now, after: Now): number {
  return Math.abs(after.wall - before.wall - (after.steady - before.steady))
}

/** How many milliseconds lie between two moments, by the clock that has gone further: one stands still in a suspended machine, one may be set. */
export function elapsedBetween(before: Now, after: Now): number {
  return Math.max(Math.abs(after.wall - before.wall), after.steady - before.steady)
}

/** A moment as Kubernetes writes it (`metav1.Time`): RFC 3339, whole seconds. */
export function momentOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}

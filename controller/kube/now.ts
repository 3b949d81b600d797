/** One moment by both clocks of the process, in milliseconds since 1970. */
export interface Now {
  /** The clock of the machine, which somebody may set. For times that are written, and for comparison with them. */
  readonly wall: number
  /** The time at the start of the process plus the time since: nobody can set it, and a suspended machine stops it. For all waits. */
  readonly steady: number
}

export function readNow(): Now {
  return { wall: Date.now(), steady: performance.timeOrigin + performance.now() }
}

/** A written time by the steady clock: as long ago as by the wall clock, and never in the future. */
export function steadyOf(written: number, { wall, steady }: Now): number {
  return steady - Math.max(0, wall - written)
}

/** By how many milliseconds the two clocks have drifted between two moments. */
export function driftBetween(before: Now, after: Now): number {
  return Math.abs(after.wall - before.wall - (after.steady - before.steady))
}

/** The milliseconds between two moments, by the clock that advanced more: one stops in a suspended machine, one may be set. */
export function elapsedBetween(before: Now, after: Now): number {
  return Math.max(Math.abs(after.wall - before.wall), after.steady - before.steady)
}

/** A moment as Kubernetes writes it (`metav1.Time`): RFC 3339, whole seconds. */
export function momentOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}

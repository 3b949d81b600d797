/** One moment by both clocks of this process, in milliseconds since 1970. */
export interface Now {
  /** As the machine has it; somebody may set it at any time. For times that are written, and to compare with such. */
  readonly wall: number
  /** What the machine had when this process started, and what has passed since; nobody can set it. For all waiting. */
  readonly steady: number
}

export function readNow(): Now {
  return { wall: Date.now(), steady: performance.timeOrigin + performance.now() }
}

/** A written time by the steady clock: as long ago as the wall clock says, and never still to come. */
export function steadyOf(written: number, { wall, steady }: Now): number {
  return steady - Math.max(0, wall - written)
}

/** One moment by both clocks of this machine, in milliseconds. */
export interface Clocks {
  /** Never set; stands still while a machine is suspended. */
  readonly monotonic: number
  /** Goes on while a machine is suspended; may be set. */
  readonly wall: number
}

export function readClocks(): Clocks {
  return { monotonic: performance.now(), wall: Date.now() }
}

/** By how many milliseconds the two have come apart between two moments. */
export function driftBetween(before: Clocks, after: Clocks): number {
  return Math.abs(after.wall - before.wall - (after.monotonic - before.monotonic))
}

/** How many milliseconds lie between two moments, by the clock that has gone further: one stands still in a suspended machine, one may be set. */
export function elapsedBetween(before: Clocks, after: Clocks): number {
  return Math.max(Math.abs(after.wall - before.wall), after.monotonic - before.monotonic)
}

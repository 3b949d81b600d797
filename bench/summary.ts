import type { Measurement } from './measure.ts'

/** One contender's runs in the figures that the tables show: the fastest and median wall time, median CPU time, largest peak. */
export interface Summary {
  readonly fastestSeconds: number
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly peakMegabytes: number
}

export function summaryOf(measurements: readonly Measurement[]): Summary {
  return {
    fastestSeconds: Math.min(...measurements.map(({ wallSeconds }) => wallSeconds)),
    wallSeconds: median(measurements.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: median(measurements.map(({ cpuSeconds }) => cpuSeconds)),
    peakMegabytes: Math.max(...measurements.map(({ peakMegabytes }) => peakMegabytes)),
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2
}

import { statSync } from 'node:fs'
import { contendersOf, OURS } from './contenders.ts'
import type { Peers } from './find-peers.ts'
import type { Measure } from './measure.ts'
import { packageOf } from './package/package-of.ts'
import { type Laps, race } from './race.ts'
import { type Summary, summaryOf } from './summary.ts'

/** What every measurement needs: its programs, and a folder for their files. */
export interface Track {
  readonly measure: Measure
  readonly peers: Peers
  readonly folder: string
}

/** All that was measured with one package. */
export interface Size extends Laps {
  readonly inputBytes: number
  readonly outputBytes: number
  readonly summaries: ReadonlyMap<string, Summary>
}

export function measureSize({ measure, peers, folder }: Track, laps: Laps): Size {
  const input = packageOf(laps.count)
  const contenders = contendersOf(input, peers, folder)
  const summaries = new Map([...race(contenders, measure, laps)].map(([name, runs]) => [name, summaryOf(runs)]))
  const ours = contenders.find(({ name }) => name === OURS)?.run as { output: string }
  return {
    ...laps,
    inputBytes: Buffer.byteLength(input.resourceList),
    outputBytes: statSync(ours.output).size,
    summaries,
  }
}

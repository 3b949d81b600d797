import { readFileSync } from 'node:fs'
import { AGAIN, type Contender } from './contenders.ts'
import type { Measure, Measurement } from './measure.ts'
import { countPods } from './pods-in.ts'

/** What each contender took, run by run. */
export type Measurements = ReadonlyMap<string, readonly Measurement[]>

export interface Laps {
  /** How many Buildkits the package has. */
  readonly count: number
  readonly rounds: number
}

/** Runs all contenders `rounds` times in turn. Throws where one did not make `count` Pods or a second render changed something. */
export function race(contenders: readonly Contender[], measure: Measure, { count, rounds }: Laps): Measurements {
  const measurements = new Map<string, Measurement[]>(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      measurements.get(contender.name)?.push(measure(contender.run))
      check(contender, count)
    }
  }
  return measurements
}

function check({ name, run, makesPods }: Contender, count: number): void {
  const pods = makesPods ? countPods(run.output) : count
  if (pods !== count) throw new Error(`${name} must make ${count} Pods, got ${pods}`)
  if (name === AGAIN && !readFileSync(run.output).equals(readFileSync(run.input))) {
    throw new Error('a second render must change nothing, but its output is not its input')
  }
}

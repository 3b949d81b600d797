import type { Decision } from '../../../controller/decide.ts'
import type { Observation } from '../../../controller/observation.ts'

/** What is decided of an observation; whatever a decision does not name here is not decided. */
export interface Case {
  readonly observation: Observation
  readonly decision: Partial<Decision>
}

/** By a sentence about a builder. */
export type Cases = Readonly<Record<string, Case>>

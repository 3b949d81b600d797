import type { Condition } from '../facts/situation.ts'

/** What does not work, or not as it looks, and what the node shows of it. */
export interface Row {
  readonly rule: string
  readonly when: Condition
  /** From a log, an event or a running builder. */
  readonly shows: string
}

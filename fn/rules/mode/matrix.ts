import { isIn, type Situation } from '../facts/situation.ts'
import type { Row } from './row.ts'
import { ROWS_OF_PODS } from './rows-of-pods.ts'
import { ROWS_OF_TOML } from './rows-of-toml.ts'

/** The mode matrix: rules, docs/modes.md and tests are made of it. What no mode works with is in other chapters. */
export const MATRIX: readonly Row[] = [...ROWS_OF_PODS, ...ROWS_OF_TOML]

/** The rows that speak of a situation. */
export function rowsFor(situation: Situation): readonly Row[] {
  return MATRIX.filter(({ when }) => isIn(situation, when))
}

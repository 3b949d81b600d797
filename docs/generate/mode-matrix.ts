import { RULES } from '../../fn/rules/book.ts'
import { isIn, type Row, type Situation } from '../../fn/rules/facts/situation.ts'
import type { Entry } from '../../fn/rules/rule.ts'

/** A row of the mode matrix, and its rule. */
export interface MatrixRow extends Row {
  readonly rule: Entry
}

/** The mode matrix: the rows of all rules. What works in no mode is in none. */
export const MATRIX: readonly MatrixRow[] = RULES.flatMap((rule) => (rule.rows ?? []).map((row) => ({ ...row, rule })))

/** The rows that are about a situation. */
export function rowsFor(situation: Situation): readonly MatrixRow[] {
  return MATRIX.filter(({ when }) => isIn(situation, when))
}

import { oncePer } from '../../common/once-per.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import type { Situation } from '../facts/situation.ts'
import { situationOf } from '../facts/situation-of.ts'
import { rowsFor } from '../mode/matrix.ts'
import type { Row } from '../mode/row.ts'
import type { Breach } from './breach.ts'

/** A template in the cell of a matrix. */
export interface Cell {
  readonly template: TemplateFacts
  readonly situation: Situation
  readonly row: Row
}

/** The `find` of a rule of the matrix, from what it says of a cell. */
export function foundInMatrix(rule: string, findingsIn: (cell: Cell) => readonly Breach[]) {
  return (template: TemplateFacts): readonly Breach[] => {
    const { situation, rows } = cellsOf(template)
    return rows.flatMap((row) => (row.rule === rule ? findingsIn({ template, situation, row }) : []))
  }
}

interface Cells {
  readonly situation: Situation
  readonly rows: readonly Row[]
}

/** Every rule of the matrix asks for the same. */
const cellsOf = oncePer((template: TemplateFacts): Cells => {
  const situation = situationOf(template)
  return { situation, rows: rowsFor(situation) }
})

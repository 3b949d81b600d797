import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MATRIX, rowsFor } from '../../../../docs/generate/mode-matrix.ts'
import { MODE_SECTIONS, MODES, ordinary } from '../../../../docs/generate/mode-sections.ts'
import { RULES } from '../../../../fn/rules/book.ts'
import type { Situation } from '../../../../fn/rules/facts/situation.ts'
import { rulesBrokenBy } from '../rules-broken.ts'
import { configFor, manifestOf } from './manifest-of.ts'

/** What render-buildkit says of a template in a situation, of all that is about modes. */
const said = (situation: Situation) =>
  rulesBrokenBy(manifestOf(situation), configFor(situation)).filter((id) => id.startsWith('BK3') || id === 'BK402')

const cells = MODE_SECTIONS.flatMap(({ title, rows }) => {
  return rows.flatMap(({ label, differs }) => {
    return MODES.map((mode) => ({ name: `${title}: ${label}, ${mode}`, situation: { ...ordinary(mode), ...differs } }))
  })
})

for (const { name, situation } of cells) {
  test(`${name}, as docs/modes.md has it`, () => {
    const expected = [...new Set(rowsFor(situation).map(({ rule }) => rule.id))]
    assert.deepEqual(said(situation).toSorted(), expected.sort())
  })
}

test('every row of the matrix is in a table, and every rule in a row', () => {
  const shown = new Set(cells.flatMap(({ situation }) => rowsFor(situation)))
  assert.deepEqual(
    MATRIX.filter((row) => !shown.has(row)),
    [],
  )
  const rules = [...new Set(MATRIX.map(({ rule }) => rule.id))].sort()
  assert.deepEqual(rules, [...RULES.flatMap(({ id, chapter }) => (chapter === 'mode' ? [id] : [])), 'BK402'])
})

test('ordinary templates are fine in every mode but the one that needs more IDs', () => {
  assert.deepEqual(
    MODES.map((mode) => said(ordinary(mode))),
    [[], [], [], ['BK303']],
  )
})

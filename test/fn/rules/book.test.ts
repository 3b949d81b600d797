import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RULES } from '../../../fn/rules/book.ts'
import { exampleText } from '../../../fn/rules/example.ts'
import { resultsOf, rulesBrokenBy } from './rules-broken.ts'

for (const { id, severity, text, cannotWork } of RULES) {
  const { what, example } = text()
  test(`${id} ${what}`, () => {
    const [wrong, right] = [exampleText(example.wrong), exampleText(example.right)]
    const cluster = { kubernetesVersion: example.kubernetes, rules: {} }
    const results = resultsOf(wrong, cluster)
    assert.ok(
      results.some(({ tags }) => tags?.rule === id),
      `the wrong example breaks it, got ${JSON.stringify(results)}`,
    )
    assert.deepEqual(
      results.filter((result) => result.severity === 'error' && result.tags?.rule !== id),
      [],
      'the wrong example has no other error',
    )
    assert.ok(!rulesBrokenBy(right, cluster).includes(id), 'the right example does not break it')
    assert.deepEqual(rulesBrokenBy(wrong, { ...cluster, rules: { [id]: 'none' } }).includes(id), cannotWork === true)
    const changed = severity === 'info' ? 'warning' : 'info'
    const severities = resultsOf(wrong, { ...cluster, rules: { [id]: changed } })
      .filter(({ tags }) => tags?.rule === id)
      .map((result) => result.severity)
    assert.deepEqual([...new Set(severities)], [cannotWork ? severity : changed])
  })
}

test('every text of a rule is written', () => {
  for (const { id, text } of RULES) {
    const { what, why, source } = text()
    assert.ok(!/FILL IN/.test(what + why + source), `the texts of ${id} must be filled in`)
  }
})

test('ids are unique and in order', () => {
  const ids = RULES.map(({ id }) => id)
  assert.deepEqual(ids, [...new Set(ids)].sort())
  for (const id of ids) assert.match(id, /^BK[0-9]{3}$/)
})

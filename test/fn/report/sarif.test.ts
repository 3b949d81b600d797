import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Placed } from '../../../fn/report/placed.ts'
import { sarifReport } from '../../../fn/report/sarif-report.ts'
import type { Result } from '../../../fn/results.ts'
import { RULES } from '../../../fn/rules/book.ts'
import { needs } from '../../servers/binaries.ts'
import { resultsOf } from '../rules/rules-broken.ts'
import { sarifMistakes } from './sarif-mistakes.ts'

const result: Result = { message: 'must be *this*, got\n`that` {0} 😀', severity: 'error' }
const PATHS = ['a.yaml', '/a b/c,d%20.yaml', './x/../ü#1?.yaml', 'a\nb\\c:d.yaml', '-']

const LOGS: Readonly<Record<string, readonly Placed[]>> = {
  'of nothing': [],
  'of what has neither file nor object': [{ result }],
  'of files with any name': PATHS.map((path) => ({
    result: { ...result, file: { path } },
    position: { line: 1, column: 7 },
  })),
  'of a file as a whole': [{ result: { ...result, file: { path: 'a.yaml' } } }],
  'of what every rule finds': RULES.flatMap(({ example }) => {
    const found = resultsOf(example.wrong, { kubernetesVersion: example.kubernetes, rules: {} })
    return found.map((one) => ({ result: { ...one, file: { path: 'a.yaml' } }, position: { line: 2, column: 3 } }))
  }),
}

suite('by the schema of OASIS', { skip: needs('jv') }, () => {
  for (const [name, found] of Object.entries(LOGS))
    test(`a log ${name} is valid`, async () => {
      assert.equal(await sarifMistakes(sarifReport(found)), '')
    })

  test('a log with a place before the first line is not', async () => {
    const log = sarifReport([{ result: { ...result, file: { path: 'a.yaml' } }, position: { line: 0, column: 1 } }])
    assert.match(await sarifMistakes(log), /region\/startLine'?: .*want 1/)
  })
})

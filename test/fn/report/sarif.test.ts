import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Placed } from '../../../fn/report/placed.ts'
import { sarifReport } from '../../../fn/report/sarif-report.ts'
import { inputFinding, objectFinding } from '../../../fn/results/finding.ts'
import { RULES } from '../../../fn/rules/book.ts'
import { exampleText } from '../../../fn/rules/example.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { findingsOf } from '../rules/rules-broken.ts'
import { sarifMistakes } from './sarif-mistakes.ts'

const MESSAGE = 'must be *this*, got\n`that` {0} 😀'
const about = (path: string) => objectFinding('error', { text: '', origin: { path, index: 0 } }, MESSAGE)
const PATHS = ['a.yaml', '/a b/c,d%20.yaml', './x/../ü#1?.yaml', 'a\nb\\c:d.yaml', '-']

const LOGS: Readonly<Record<string, readonly Placed[]>> = {
  'of nothing': [],
  'of what has neither file nor object': [{ finding: inputFinding('error', MESSAGE) }],
  'of files with any name': PATHS.map((path) => ({ finding: about(path), position: { line: 1, column: 7 } })),
  'of a file as a whole': [{ finding: about('a.yaml') }],
  'of what every rule finds': RULES.flatMap(({ text }) => {
    const { example } = text()
    const found = findingsOf(exampleText(example.wrong), { kubernetesVersion: example.kubernetes, rules: {} })
    return found.map((finding) => {
      const item = { ...finding.item, text: '', origin: { path: 'a.yaml', index: 0 } }
      return { finding: { ...finding, item }, position: { line: 2, column: 3 } }
    })
  }),
}

suite('by the schema of OASIS', { skip: needs('jv') }, () => {
  for (const [name, found] of Object.entries(LOGS))
    test(`a log ${name} is valid`, async () => {
      assert.equal(await sarifMistakes(sarifReport(found)), '')
    })

  test('a log with a place before the first line is not', async () => {
    const log = sarifReport([{ finding: about('a.yaml'), position: { line: 0, column: 1 } }])
    assert.match(await sarifMistakes(log), /region\/startLine'?: .*want 1/)
  })
})

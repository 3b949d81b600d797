import assert from 'node:assert/strict'
import { test } from 'node:test'
import { complaintsOf } from './biome-reports.ts'

const lines = (count: number, line: string) => `${line}\n`.repeat(count)

/** Code that breaks one rule on purpose, where the rule is, and which one. */
const breaches: readonly (readonly [name: string, path: string, code: string, rule: string])[] = [
  ['a file has at most 200 lines', 'fn/a.ts', lines(201, 'Math.max(1, 2)'), 'style/noExcessiveLinesPerFile'],
  [
    'a function has at most 40 lines',
    'fn/b.ts',
    `export function b(): number {\n${lines(40, '  Math.max(1, 2)')}  return 1\n}\n`,
    'complexity/noExcessiveLinesPerFunction',
  ],
  [
    'a function has at most 3 parameters',
    'fn/c.ts',
    'export const c = (a: number, b: number, d: number, e: number) => a + b + d + e\n',
    'complexity/useMaxParams',
  ],
  [
    'blocks nest at most 3 deep',
    'fn/d.ts',
    'export function d(a: number): void {\n if (a) { if (a) { if (a) { if (a) { d(1) } } } }\n}\n',
    'nursery/noExcessiveNestedBlocks',
  ],
  ['files have kebab-case names', 'fn/eOf.ts', 'export const e = 1\n', 'style/useFilenamingConvention'],
  [
    'no package goes through kpt-functions',
    'fn/v.ts',
    "import { run } from 'kpt-functions'\nexport const v = run\n",
    'style/noRestrictedImports',
  ],
  ['imports end in .ts', 'fn/f.ts', "import './o'\n", 'correctness/useImportExtensions'],
  ['nothing is a default export', 'fn/g.ts', 'export default 1\n', 'style/noDefaultExport'],
  ['there are no barrels', 'fn/h.ts', "export { e } from './eOf.ts'\n", 'performance/noBarrelFile'],
  ['there are no enums', 'fn/i.ts', 'export enum I { A }\n', 'style/noEnum'],
  ['only main.ts prints', 'fn/j.ts', "console.log('j')\n", 'suspicious/noConsole'],
  ['only main.ts touches the process', 'fn/k.ts', 'process.exitCode = 1\n', 'correctness/noProcessGlobal'],
  [
    'only main.ts, read-*.ts and write-*.ts touch files',
    'fn/l.ts',
    "import 'node:fs'\n",
    'correctness/noNodejsModules',
  ],
  [
    'a promise is awaited',
    'fn/m.ts',
    'async function later(): Promise<void> {}\nexport function m(): void {\n  later()\n}\n',
    'nursery/noFloatingPromises',
  ],
  [
    'imports have no cycles',
    'fn/n.ts',
    "import { o } from './o.ts'\nexport const n = o\n",
    'suspicious/noImportCycles',
  ],
  [
    'types of rules have no cycles',
    'fn/rules/facts/w.ts',
    "import type { X } from './x.ts'\nexport type W = X | 1\n",
    'suspicious/noImportCycles',
  ],
  [
    'types are imported as types',
    'fn/p.ts',
    "import { N } from './q.ts'\nexport const p = (n: N) => n\n",
    'style/useImportType',
  ],
  [
    'no test is switched off',
    'test/t.test.ts',
    "import { test } from 'node:test'\ntest.skip('t', () => {})\n",
    'suspicious/noSkippedTests',
  ],
  [
    'no test runs alone',
    'test/u.test.ts',
    "import { test } from 'node:test'\ntest.only('u', () => {})\n",
    'suspicious/noFocusedTests',
  ],
  [
    'imports of types have no cycles',
    'fn/t.ts',
    "import type { U } from './u.ts'\nexport type T = U[]\n",
    'suspicious/noImportCycles',
  ],
  ['packages are declared', 'fn/r.ts', "import 'lodash'\n", 'correctness/noUndeclaredDependencies'],
  [
    'thrown errors keep their cause',
    'fn/s.ts',
    "try {\n  Math.max()\n} catch {\n  throw new Error('s')\n}\n",
    'style/useErrorCause',
  ],
]

const others = {
  'fn/main.ts': "console.error('printed')\nprocess.exitCode = 1\n",
  'fn/o.ts': "import { n } from './n.ts'\nexport const o = n\n",
  'fn/u.ts': "import type { T } from './t.ts'\nexport type U = T[]\n",
  'fn/rules/facts/x.ts': "import type { W } from './w.ts'\nexport type X = W | 2\n",
  'fn/q.ts': 'export interface N {\n  readonly n: number\n}\n',
}

const files = Object.fromEntries(breaches.map(([, path, code]) => [path, code]))
const complaints = await complaintsOf({ ...files, ...others })

for (const [name, path, , rule] of breaches) {
  test(`${name}, says lint`, () => {
    const rules = complaints.filter((complaint) => complaint.path === path).map((complaint) => complaint.rule)
    assert.ok(rules.includes(rule), `${rule} is not among: ${rules.join(', ')}`)
  })
}

test('main.ts may print and end the process', () => {
  assert.deepEqual(
    complaints.filter(({ path }) => path === 'fn/main.ts'),
    [],
  )
})

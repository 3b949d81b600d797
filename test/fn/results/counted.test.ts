import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCommand } from '../../../fn/commands/run-command.ts'
import { buildkit, listOf, run, template } from '../items.ts'
import { builder, small } from '../package.ts'

const names = (count: number) => Array.from({ length: count }, (_, at) => `b${at}`)
const stream = (documents: readonly string[]) => documents.map((one) => one.replace(/^..(?=.)/gm, '')).join('---\n')

test('five thousand Buildkits with the same mistake are one message that counts them, with its place', async () => {
  const wrong = names(5000).map((name) => buildkit(name, { template: 'smal' }, { namespace: 'ci' }))
  const input = stream([
    template('small', {}, { namespace: 'ci', annotations: { 'buildkit.seatgeek.io/ignore-rules': 'BK401' } }),
    ...wrong,
  ])
  const message =
    'must name a BuildkitTemplate in namespace "ci", got "smal"; did you mean "small"? (also 4999 more Buildkits: ci/b1, ci/b2, ci/b3, …)'
  for (const command of ['build', 'check'])
    assert.deepEqual(await runCommand([command], () => Promise.resolve(Buffer.from(input))), {
      stdout: [],
      stderr: [`standard input:16:3: error: Buildkit ci/b0: spec.template: ${message}`],
      exitCode: 1,
    })
})

test('the function counts too, and names all where they are few', () => {
  const { results, stderr, exitCode } = run(listOf([small, ...names(4).map((name) => builder(name, 'smal'))]))
  const said =
    'must name a BuildkitTemplate in namespace "ci", got "smal"; did you mean "small"? (also 3 more Buildkits: ci/b1, ci/b2, ci/b3)'
  assert.deepEqual(
    results.map(({ message }) => message),
    [said],
  )
  assert.deepEqual({ lines: stderr.length, exitCode }, { lines: 1, exitCode: 1 })
})

test('three are told one by one, as are mistakes that only look alike', () => {
  const mistakes = [
    ...names(3).map((name) => builder(name, 'gone')),
    builder('x', 'other'),
    buildkit('y', { template: 'gone' }),
    ...names(4).map((name) => builder(`unknown-${name}`).replace('template:', `${name}: 1\n    template:`)),
  ]
  assert.equal(run(listOf([small, ...mistakes])).results.length, 9)
})

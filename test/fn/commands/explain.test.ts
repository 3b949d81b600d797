import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explain } from '../../../fn/commands/explain.ts'
import { RULES } from '../../../fn/rules/book.ts'

const said = (...ids: readonly string[]) => {
  const { stdout, ...rest } = explain(ids)
  return { stdout: stdout.join(''), ...rest }
}

test('explain tells all of a rule, however its id is spelt', () => {
  const stdout = `BK503 invalid-label (error): The key or the value of a label is not valid.

The API server rejects the Pod, Buildkit or template, so the builder never starts or its endpoint is never published. With most engines, the rest of the package waits too.
Source: apimachinery v0.37.2, pkg/apis/meta/v1/validation/validation.go, ValidateLabels
You cannot ignore it.

Breaks the rule:
  kind: BuildkitTemplate
  spec:
    podLabels:
      example.com/team: platform & tools

Follows the rule:
  kind: BuildkitTemplate
  spec:
    podLabels:
      example.com/team: platform-and-tools
`
  for (const name of ['bk503', 'BK503', 'invalid-label'])
    assert.deepEqual(said(name), { stdout, stderr: [], exitCode: 0 })
})

test('explain tells how a rule is ignored, and for which cluster its example is', () => {
  const { stdout } = said('BK503', 'BK316')
  const [, second = ''] = stdout.split('\n\nBK316 ')
  assert.deepEqual(
    second.split('\n').filter((line) => /^(?:To ignore|Breaks)/.test(line)),
    [
      'To ignore it, set rules: {BK316: none} in the configuration, or the annotation buildkit.seatgeek.io/ignore-rules: BK316 on one object.',
      'Breaks the rule, with kubernetesVersion: "1.29":',
    ],
  )
})

test('explain without an id lists every rule', () => {
  const { stdout } = said()
  assert.deepEqual(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ +/, 3)),
    RULES.map(({ id, slug, severity }) => [id, slug, severity]),
  )
})

test('explain finds the id that was meant, and tells nothing of the others', () => {
  assert.deepEqual(said('BK311', 'BK3111', 'rules'), {
    stdout: '',
    stderr: [
      'must be the id or slug of a rule, got "BK3111"; did you mean "BK111"?; see render-buildkit explain',
      'must be the id or slug of a rule, got "rules"; see render-buildkit explain',
    ],
    exitCode: 2,
  })
})

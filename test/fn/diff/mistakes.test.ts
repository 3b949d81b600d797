import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runCommand } from '../../../fn/commands/run-command.ts'
import { diffIn, repositoryWith } from './repositories.ts'
import { diff, manifests, TEMPLATE } from './two-versions.ts'

const config = (spec: object) =>
  `\n---\n${JSON.stringify({ apiVersion: 'buildkit.seatgeek.io/v1alpha1', kind: 'RenderBuildkit', metadata: { name: 'render', annotations: { 'config.kubernetes.io/local-config': 'true' } }, spec })}`

const WHOLE = manifests(TEMPLATE, ['a', 'b'])
const FORMERLY_WRONG: Readonly<Record<string, string>> = {
  'a field that does not exist': manifests({ imag: 'x' }, ['a', 'b']),
  'a text that is no YAML': 'kind: [',
  'a configuration that does not exist': WHOLE + config({ retiremen: 'engine' }),
}

for (const [name, old] of Object.entries(FORMERLY_WRONG))
  test(`a change that corrects ${name} succeeds, and compares no builder`, async () => {
    const { text, stderr, exitCode } = await diff(old, WHOLE, '--output', 'json')
    const { rolls, added, removed, incomparable, unchanged, settings } = JSON.parse(text)
    assert.deepEqual(
      { rolls, added, removed, incomparable, unchanged, settings, stderr, exitCode },
      {
        ...{ rolls: [], added: [], removed: [], incomparable: ['ci/a', 'ci/b'], unchanged: 0, settings: [] },
        ...{ stderr: [], exitCode: 0 },
      },
    )
  })

test('a version that does not exist is an error, also before a change', async () => {
  const { stdout, stderr, exitCode } = await runCommand(['diff', '/nowhere', import.meta.filename], () =>
    assert.fail('diff has read standard input'),
  )
  assert.deepEqual(
    { stdout, first: stderr[0], exitCode },
    { stdout: [], first: '/nowhere: error: must be a file or folder, but does not exist', exitCode: 1 },
  )
})

test('two paths of which no builder is in both are not of one package, but a renamed builder may be the only one', async () => {
  const { stderr, exitCode } = await diff(manifests(TEMPLATE, ['a']), manifests(TEMPLATE, ['b']))
  assert.deepEqual(
    { stderr, exitCode },
    { stderr: ['error: OLD and NEW must be two versions of one package, but no builder is in both'], exitCode: 1 },
  )
  const repository = repositoryWith(manifests(TEMPLATE, ['a']))
  writeFileSync(join(repository, 'package.yaml'), manifests(TEMPLATE, ['b']))
  const renamed = await diffIn(repository)
  assert.deepEqual([renamed.code, renamed.stderr], [0, ''])
})

test('a claim that cannot shrink is one error, also of a package with its claims in Git', async () => {
  const sized = (size: string) => manifests({ cache: { claim: { size } } }, ['a'])
  const rendered = async (package_: string) => {
    const { stdout } = await runCommand(['build', '-'], async () => Buffer.from(package_))
    return stdout.join('')
  }
  const old = await rendered(sized('200Gi'))
  const { text, stderr, exitCode } = await diff(old, old.replaceAll('"200Gi"', '"100Gi"'), '--output', 'json')
  const errors = JSON.parse(text).findings.new.filter(({ severity }: { severity: string }) => severity === 'error')
  assert.deepEqual([errors.length, stderr.length, exitCode], [1, 1, 1])
  assert.match(
    String(stderr[0]),
    /must be at least 200Gi, which PersistentVolumeClaim "a-\w+" has, because a claim cannot shrink/,
  )
})

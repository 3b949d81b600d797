import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after, test } from 'node:test'
import { playgroundExamples } from '../../../docs/generate/playground.ts'
import { WITH_MISTAKES } from '../../../docs/playground/examples.ts'
import { rendered } from '../../../docs/playground/rendering/rendered.ts'
import { type Outcome, runProgram } from '../../harness/servers/run-program.ts'

const main = join(import.meta.dirname, '../../../fn/main.ts')
const cwd = mkdtempSync(join(tmpdir(), 'playground-'))
after(() => rmSync(cwd, { recursive: true }))

function command(...args: readonly string[]): Promise<Outcome> {
  return runProgram(process.execPath, [main, ...args], { cwd })
}

for (const { name, text } of [...playgroundExamples(), WITH_MISTAKES, { name: 'Nothing', text: '' }]) {
  test(`the playground shows what the commands print: ${name}`, async () => {
    writeFileSync(join(cwd, 'manifests.yaml'), text)
    const { output, remarks, fix } = rendered({ text, since: text })
    assert.equal(output, (await command('build', 'manifests.yaml')).stdout)
    assert.equal(typeof fix === 'string' ? '' : fix.diff, (await command('fix', '--dry-run', 'manifests.yaml')).stdout)
    const results = JSON.parse((await command('check', '--unrendered', '--output=json', 'manifests.yaml')).stdout)
    assert.deepEqual(
      remarks.map(({ severity, position, rule }) => [severity, position, rule]),
      results.map((result: Result) => [result.severity, result.position, result.tags?.rule]),
    )
    for (const [at, { message }] of (results as Result[]).entries()) assert.ok(remarks[at]?.sentence.endsWith(message))
  })
}

interface Result {
  readonly severity: string
  readonly message: string
  readonly position?: object
  readonly tags?: { readonly rule: string }
}

const [quickstart] = playgroundExamples()
const text = quickstart?.text ?? ''

test('a field of the Pod that changes rolls its builder, and only the changed lines of buildkitd.toml are shown', () => {
  const changed = text.replace('max-parallelism = 3', 'max-parallelism = 4').replace('cpu: 500m', 'cpu: 600m')
  const [before, next] = [rendered({ text, since: text }).builders, rendered({ text: changed, since: text }).builders]
  const [old, young] = [before?.builders[0], next?.builders[0]]
  assert.deepEqual([old?.fate, old?.fields], ['stays', []])
  assert.notEqual(old?.hash, young?.hash)
  assert.deepEqual(
    [young?.name, young?.fate, young?.fields],
    [
      'some-ns/buildkit-arm64-instance',
      'rolls',
      [
        {
          path: 'metadata.annotations[buildkit.seatgeek.io/buildkitd.toml]',
          before: '  max-parallelism = 3',
          after: '  max-parallelism = 4',
        },
        { path: 'spec.containers[0].resources.requests.cpu', before: '500m', after: '600m' },
      ],
    ],
  )
})

test('an annotation for GitOps engines changes a Pod that stays', () => {
  const changed = text.replace(
    '  template: buildkit-arm64',
    '  annotations:\n    argocd.argoproj.io/sync-options: ServerSideApply=true\n  template: buildkit-arm64',
  )
  const [builder] = rendered({ text: changed, since: text }).builders?.builders ?? []
  assert.equal(builder?.fate, 'stays')
  assert.deepEqual(
    builder?.fields.map(({ path }) => path),
    ['metadata.annotations[argocd.argoproj.io/sync-options]'],
  )
})

test('builders that come and go are new and removed', () => {
  const changed = text.replace('name: buildkit-arm64-instance', 'name: other')
  const { builders, removed } = rendered({ text: changed, since: text }).builders ?? { builders: [], removed: [] }
  assert.deepEqual(
    [builders.map(({ name, fate }) => [name, fate]), removed],
    [[['some-ns/other', 'added']], ['some-ns/buildkit-arm64-instance']],
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildkit, fileAt, listOf, run, template } from '../items.ts'

const at = (path: string, index = 0) => ({ annotations: fileAt(path, index) })

test('results of the function are errors first, each severity in the order of files, and the second run says the same', () => {
  const input = listOf([
    template('a', { image: 'moby/buildkit:latest', lifecycle: { restartPolicy: 'Never' } }, at('a.yaml')),
    buildkit('b', { template: 'none' }, at('b.yaml')),
    template('c', { rootles: true, port: 99999 }, at('b.yaml', 1)),
    template('d', { buildkitdToml: '[log]\nformat = "JSON"\n', resources: { default: { claims: [] } } }, at('d.yaml')),
    buildkit('e', { template: 'd' }, at('d.yaml', 1)),
    buildkit('f', { template: 'a', labels: { v: 1 } }, at('f.yaml')),
  ])
  const { text, results } = run(input)
  assert.deepEqual(
    results.map(({ severity, file, field, tags }) => [severity, file, (field as { path: string }).path, tags]),
    [
      ['error', { path: 'b.yaml' }, 'spec.template', undefined],
      ['error', { path: 'b.yaml', index: 1 }, 'spec.rootles', undefined],
      ['error', { path: 'b.yaml', index: 1 }, 'spec.port', undefined],
      ['error', { path: 'd.yaml' }, 'spec.buildkitdToml', { rule: 'BK108', tomlLine: '2', tomlColumn: '1' }],
      ['error', { path: 'f.yaml' }, 'spec.labels.v', undefined],
      ['warning', { path: 'a.yaml' }, 'spec.image', { rule: 'BK409' }],
      ['warning', { path: 'a.yaml' }, 'spec.lifecycle.restartPolicy', { rule: 'BK601' }],
    ],
  )
  assert.deepEqual(run(text).results, results)
})

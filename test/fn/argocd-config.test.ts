import assert from 'node:assert/strict'
import { test } from 'node:test'
import { argocdConfig } from '../../fn/argocd-config.ts'
import { DEFAULT_CONFIG } from '../../fn/render-config.ts'

for (const nothing of [undefined, '', 'null', '[]']) {
  test(`an Argo CD Application without parameters renders by the defaults: ${nothing}`, () => {
    assert.deepEqual(argocdConfig(nothing), { config: DEFAULT_CONFIG })
  })
}

test('the parameters of an Argo CD Application configure rendering', () => {
  const parameters = [
    { name: 'retirement', string: 'engine' },
    { name: 'dropTemplates', string: 'true' },
  ]
  const config = { ...DEFAULT_CONFIG, retirement: 'engine', dropTemplates: true }
  assert.deepEqual(argocdConfig(JSON.stringify(parameters)), { config })
})

test('every parameter that is none of ours, or has a value that is none, is an error', () => {
  const parameters = [
    { name: 'retirement', string: 'argocd' },
    { name: 'dropTemplate', string: 'true' },
  ]
  assert.deepEqual(argocdConfig(JSON.stringify(parameters)), {
    errors: [
      'parameters of the Application: error: retirement: must be one of "controller", "engine", got "argocd"',
      'parameters of the Application: error: dropTemplate: is no parameter; did you mean `dropTemplates`?',
    ],
  })
})

test('a parameter of another type is an error', () => {
  const parameters = [{ name: 'retirement', map: { pods: 'engine' } }, { name: 'dropTemplates' }]
  assert.deepEqual(argocdConfig(JSON.stringify(parameters)), {
    errors: [
      'parameters of the Application: error: retirement: must be given as `string`',
      'parameters of the Application: error: dropTemplates: must be given as `string`',
    ],
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { argocdConfig } from '../../../fn/config/argocd-config.ts'
import { DEFAULT_CONFIG } from '../../../fn/config/render-config.ts'
import { lineOf } from '../../../fn/results/results.ts'

const base = () => ({ config: { ...DEFAULT_CONFIG, rules: { BK601: 'none' } } as const })

function configured(parameters: unknown): unknown {
  const json = typeof parameters === 'string' ? parameters : JSON.stringify(parameters)
  const parsed = argocdConfig(json, base)
  return 'config' in parsed ? parsed.config : parsed.results.map((result) => lineOf(result))
}

for (const nothing of [undefined, '', 'null', '[]', '[{"string": "nobody sees it"}]']) {
  test(`an Argo CD Application without parameters renders as the package says: ${nothing}`, () => {
    assert.deepEqual(configured(nothing), base().config)
  })
}

test('the parameters of an Argo CD Application configure rendering', () => {
  const parameters = [
    { name: 'retirement', string: 'engine' },
    { name: 'dropTemplates', string: 'true' },
  ]
  assert.deepEqual(configured(parameters), { ...base().config, retirement: 'engine', dropTemplates: true })
})

const wrong: readonly (readonly [parameters: unknown, ...lines: readonly string[]])[] = [
  [
    [
      { name: 'retirement', string: 'argocd' },
      { name: 'dropTemplate', string: 'true' },
    ],
    'retirement: must be one of "controller", "engine", got "argocd"',
    'dropTemplate: is not a field of `parameters`; did you mean `dropTemplates`?',
  ],
  [
    [{ name: 'rules', string: 'BK407=none' }],
    'rules.BK407: must be the id of a rule; render-buildkit explain lists them',
  ],
  [
    [{ name: 'retirement', map: { pods: 'engine' } }, { name: 'dropTemplates' }, { name: 'mode', array: ['check'] }],
    'retirement: must be given as `string`',
    'dropTemplates: must be given as `string`',
    'mode: must be given as `string`',
  ],
  ['garbage', 'must be a list of {"name", "string"} in JSON, got "garbage"'],
  ['{', 'must be a list of {"name", "string"} in JSON, got "{"'],
  [{ retirement: 'engine' }, 'must be a list of {"name", "string"} in JSON, got "{\\"retirement\\":\\"engine\\"}"'],
  ['["engine"]', 'must be a list of {"name", "string"} in JSON, got "[\\"engine\\"]"'],
]

for (const [parameters, ...lines] of wrong)
  test(`a parameter that is none of ours, or no parameter, is an error: ${JSON.stringify(parameters)}`, () => {
    assert.deepEqual(
      configured(parameters),
      lines.map((line) => `parameters of the Application: error: ${line}`),
    )
  })

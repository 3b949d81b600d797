import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import { buildkit, fileAt, listOf, run, template } from '../items.ts'
import { builder, configMap, podsOf, small } from '../package.ts'

const plain = listOf([small, builder('a'), configMap])
const rendered = run(plain).text
const config = (spec: string) =>
  `functionConfig:\n  apiVersion: buildkit.seatgeek.io/v1alpha1\n  kind: RenderBuildkit\n  spec: ${spec}\n`
const data = (values: string) => `functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  data: ${values}\n`
const itemsIn = (text: string) => text.split(/^(?=(?:functionConfig|results):)/m)[0]

for (const nothing of ['', 'functionConfig:\n', 'functionConfig: {}\n', data('{}'), config('{}')]) {
  test(`a configuration that says nothing renders: ${JSON.stringify(nothing)}`, () => {
    const { text, exitCode } = run(plain + nothing)
    assert.deepEqual({ text, exitCode }, { text: rendered + nothing, exitCode: 0 })
  })
}

for (const check of [config('{mode: check, rules: {BK401: none}}'), data('{mode: check, rules: BK401=none}')]) {
  test(`check changes nothing where all is well: ${check.includes('ConfigMap') ? 'ConfigMap' : 'RenderBuildkit'}`, () => {
    const { text, exitCode } = run(rendered + check)
    assert.deepEqual({ text, exitCode }, { text: rendered + check, exitCode: 0 })
  })
}

test('an info is a result of a check, and of no render', () => {
  const rules = (text: string) => run(text).results.map(({ severity, tags }) => [severity, tags?.rule])
  assert.deepEqual(rules(rendered + config('{mode: check}')), [['info', 'BK401']])
  assert.deepEqual(rules(rendered), [])
  assert.deepEqual(rules(rendered + config('{rules: {BK401: warning}}')), [['warning', 'BK401']])
})

test('clean takes out what render wrote, and nothing else', () => {
  const { text, exitCode } = run(rendered + config('{mode: clean}'))
  assert.equal(exitCode, 0)
  assert.equal(itemsIn(text), itemsIn(plain))
})

test('dropTemplates marks templates that have a file, and drops those that have none', () => {
  const input = listOf(
    [small, template('t'), builder('a'), buildkit('b', { template: 't' })],
    config('{dropTemplates: true}'),
  )
  const { items, text } = run(input)
  assert.deepEqual(
    items.map(({ kind, metadata }) => [
      kind,
      metadata.name,
      metadata.annotations?.['config.kubernetes.io/local-config'],
    ]),
    [
      ['BuildkitTemplate', 'small', 'true'],
      ['Buildkit', 'a', undefined],
      ['Pod', 'a-lhpkr7mzlc', undefined],
      ['Buildkit', 'b', undefined],
      ['Pod', 'b-lhpkr7mzlc', undefined],
    ].map((one) => one as [string, string, string | undefined]),
  )
  assert.ok(text.includes('config.kubernetes.io/local-config: "true"'))
})

test('dropTemplates twice changes nothing where templates have files', () => {
  const { text } = run(listOf([small, builder('a')], config('{dropTemplates: true}')))
  assert.equal(run(text).text, text)
})

test('templates in the configuration are used, and are no items', () => {
  const inline = `{templates: [{apiVersion: buildkit.seatgeek.io/v1alpha1, kind: BuildkitTemplate, metadata: {name: small, namespace: ci}}]}`
  const { items, exitCode } = run(listOf([builder('a')], config(inline)))
  assert.equal(exitCode, 0)
  assert.deepEqual(
    items.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ['Buildkit a', 'Pod a-lhpkr7mzlc'],
  )
})

test('retirement by the engine leaves pruning to the engine, and the name as it was', () => {
  for (const retirement of [config('{retirement: engine}'), data('{retirement: engine}')]) {
    const [pod] = podsOf(run(plain + retirement).items)
    assert.equal(pod?.metadata.name, 'a-lhpkr7mzlc')
    assert.deepEqual(pod?.metadata.annotations, {
      ...fileAt('ci/pod_a.yaml'),
      'config.kubernetes.io/index': '0',
      'config.kubernetes.io/path': 'ci/pod_a.yaml',
      'buildkit.seatgeek.io/retirement': 'engine',
      'argocd.argoproj.io/ignore-healthcheck': 'true',
      'kustomize.toolkit.fluxcd.io/substitute': 'disabled',
    })
  }
})

test('a change of the retirement leaves a Pod as it is until its next', () => {
  const engine = config('{retirement: engine}')
  assert.equal(run(rendered + engine).text, rendered + engine)
  const [pod] = podsOf(run(rendered.replace('spec: {}', 'spec: {port: 4321}') + engine).items)
  assert.equal(pod?.metadata.annotations['buildkit.seatgeek.io/retirement'], 'engine')
})

const wrong: Readonly<Record<string, readonly [config: string, ...messages: readonly string[]]>> = {
  'an unknown key': [
    config('{dropTemplate: true}'),
    'spec.dropTemplate: is not a field of `spec`; did you mean `dropTemplates`?',
  ],
  'an unknown key in a ConfigMap': [
    data('{modus: x}'),
    'data.modus: is not a field of `data`, which has `mode`, `retirement`, `kubernetesVersion`, `dropTemplates` and `rules`',
  ],
  'a severity that YAML 1.1 reads as a boolean': [
    config('{rules: {BK601: off}}'),
    'spec.rules.BK601: must be one of "error", "warning", "info", "none", got the boolean false; write none',
  ],
  'the same as a word in a ConfigMap': [
    data('{rules: "BK601=off"}'),
    'data.rules.BK601: must be one of "error", "warning", "info", "none", got "off"; write none',
  ],
  'a word in a ConfigMap that assigns nothing': [
    data('{rules: "BK601:none"}'),
    'data.rules[BK601:none]: must be ID=SEVERITY, such as BK601=none',
  ],
  'an id without a severity in a ConfigMap': [
    data('{rules: "BK601 BK401="}'),
    'data.rules.BK601: must be ID=SEVERITY, such as BK601=none',
    'data.rules.BK401: must be ID=SEVERITY, such as BK601=none',
  ],
  'several mistakes in a ConfigMap': [
    data('{dropTemplates: "yes", rules: "BK407=none", mode: renew}'),
    'data.dropTemplates: must be one of "true", "false", got "yes"',
    'data.rules.BK407: must be the id of a rule; render-buildkit explain lists them',
    'data.mode: must be one of "render", "check", "clean", got "renew"',
  ],
  'a list of rules in a ConfigMap': [data('{rules: {BK601: none}}'), 'data.rules: must be a string, got an object'],
  'a version that YAML reads as a number': [
    config('{kubernetesVersion: 1.30}'),
    'spec.kubernetesVersion: must be a string, got the number 1.30; quote it: "1.30"',
  ],
  'the same version in a ConfigMap': [
    data('{kubernetesVersion: 1.30}'),
    'data.kubernetesVersion: must be a string, got the number 1.30; quote it: "1.30"',
  ],
  'a number in a template in the configuration': [
    config(
      '{templates: [{apiVersion: buildkit.seatgeek.io/v1alpha1, kind: BuildkitTemplate, metadata: {name: t}, spec: {podLabels: {v: 1.10}}}]}',
    ),
    'spec.podLabels.v: must be a string, got the number 1.10; quote it: "1.10"',
  ],
  'a version that is none': [
    config('{kubernetesVersion: latest}'),
    'spec.kubernetesVersion: must be a version such as "1.33", got "latest"',
  ],
  'an id in lower case': [
    config('{rules: {bk601: none}}'),
    'spec.rules.bk601: must be the id of a rule; did you mean `BK601`?',
  ],
  'an id that no rule has': [
    config('{rules: {BK407: none}}'),
    'spec.rules.BK407: must be the id of a rule; render-buildkit explain lists them',
  ],
  'an id that no rule has, in a ConfigMap': [
    data('{rules: "BK407=none"}'),
    'data.rules.BK407: must be the id of a rule; render-buildkit explain lists them',
  ],
  'a severity for what cannot work': [
    config('{rules: {BK503: none}}'),
    'spec.rules.BK503: must be "error", because a Pod that breaks this rule cannot run, got "none"',
  ],
  'the same in a ConfigMap': [
    data('{rules: "BK503=warning"}'),
    'data.rules.BK503: must be "error", because a Pod that breaks this rule cannot run, got "warning"',
  ],
  'an unknown mode': [config('{mode: renew}'), 'spec.mode: must be one of "render", "check", "clean", got "renew"'],
  'a boolean in a ConfigMap': [
    data('{dropTemplates: true}'),
    'data.dropTemplates: must be one of "true", "false", got the boolean true',
  ],
  'another kind': [
    'functionConfig: {apiVersion: v1, kind: Secret}\n',
    'kind: must be "RenderBuildkit" or "ConfigMap" as `functionConfig`, got "Secret"',
  ],
  'no object': ['functionConfig: text\n', 'must be a RenderBuildkit or ConfigMap as `functionConfig`'],
}

for (const [name, [text, ...messages]] of Object.entries(wrong)) {
  test(`a wrong configuration is an error and every item comes back: ${name}`, () => {
    const ran = run(plain + text)
    assert.deepEqual(
      { messages: ran.stderr.map((line) => line.replace(/^error: (?:\S+ \S*: )?/, '')), exitCode: ran.exitCode },
      { messages, exitCode: 1 },
    )
    assert.equal(ran.text.slice(0, (plain + text).length), plain + text)
    assert.equal(parse(ran.text).results.length, messages.length)
  })
}

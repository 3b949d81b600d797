import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Configs, type KubernetesObject } from 'kpt-functions'
import { renderBuildkit } from '../../fn/kpt-function.ts'
import { listOf, type Read, run } from './items.ts'
import { podsOf } from './package.ts'
import { builder, messagesOf, podNamesIn, REPLICA, small, specIn, three } from './replicated.ts'

const CLEAN = 'functionConfig: {apiVersion: v1, kind: ConfigMap, data: {mode: clean}}\n'
const CHECK = 'functionConfig: {apiVersion: v1, kind: ConfigMap, data: {mode: check}}\n'

const names = podNamesIn(three)
const [first, second, third] = names as [string, string, string]
const quoted = (...all: readonly string[]) => all.map((name) => `"${name}"`).join(', ')
const withoutPod = (text: string, name: string) => {
  const items = text.split(/^(?=- )/m)
  return items.filter((one) => !(one.includes('kind: Pod\n') && one.includes(`name: ${name}\n`))).join('')
}
const withoutLabel = (text: string) => text.replace(`      ${REPLICA}: "1"\n`, '')

test('a Pod without its label is itself, also where the first Pod is missing', () => {
  const repaired = run(withoutLabel(withoutPod(three.text, first)))
  assert.deepEqual(podNamesIn(repaired).sort(), [...names].sort())
  assert.equal(run(repaired.text).text, repaired.text)
})

const broken: Readonly<Record<string, readonly [text: string, message: string]>> = {
  'a Pod that is gone': [withoutPod(three.text, second), `must have a Pod "${second}", which is missing`],
  'names that are gone': [
    three.text.replace(/ {4}podNames:\n(?: {4}- .*\n)+/, ''),
    `must be ${quoted(...names)}, got nothing`,
  ],
  'names in another order': [
    three.text.replace(`- ${first}\n    - ${second}`, `- ${second}\n    - ${first}`),
    `must be ${quoted(...names)}, got ${quoted(second, first, third)}`,
  ],
  'too few names': [
    three.text.replace(`    - ${third}\n`, ''),
    `must be ${quoted(...names)}, got ${quoted(first, second)}`,
  ],
  'names of one Pod': [
    run(listOf([small(), builder()])).text.replace(/( {4})podName: .*\n/, `$&$1podNames: [${first}]\n`),
    'must not be set, because the Buildkit has one Pod',
  ],
  'a label that is gone': [
    withoutLabel(three.text),
    'must be "1", got nothing; it was changed by hand or by a later function',
  ],
}
for (const [what, [text, message]] of Object.entries(broken))
  test(`${what}: check says so, and rendering repairs it`, () => {
    assert.deepEqual(messagesOf(run(`${text}${CHECK}`)), [`${message}; render the package again`])
    const repaired = run(text).text.replace(/^results:[\s\S]*/m, '')
    assert.deepEqual(messagesOf(run(`${repaired}${CHECK}`)), [])
  })

test('clean takes everything of replicas out again', () => {
  const plain = listOf([small(), builder({ replicas: 3 })])
  assert.equal(run(`${three.text}${CLEAN}`).text.replace(/^functionConfig[\s\S]*/m, ''), plain)
})

suite('the names of Pods are written', () => {
  const layouts: Readonly<Record<string, string>> = {
    'in flow style': '{template: small, replicas: 2}',
    'in JSON': '{"template": "small", "replicas": 2}',
    'behind a comment': '\n    # which\n    template: small # that one\n    replicas: 2',
    'behind a quoted template': "\n    template: 'small'\n    replicas: 2",
    'in place of a flow list': '\n    template: small\n    replicas: 2\n    podNames: [x, z] # old\n    podName: x',
    'in place of a list with a comment': '\n    podNames:\n      - x # old\n    template: small\n    replicas: 2',
    'in place of nothing': '\n    template: small\n    podNames:\n    replicas: 2',
  }
  for (const [layout, spec] of Object.entries(layouts))
    test(layout, () => {
      const text = `- apiVersion: buildkit.seatgeek.io/v1alpha1\n  kind: Buildkit\n  metadata: {name: a, namespace: ci}\n  spec: ${spec}\n`
      const ran = run(listOf([small(), text]))
      const podNames = podNamesIn(ran)
      assert.deepEqual(specIn(ran), { template: 'small', replicas: 2, podName: podNames[0], podNames })
      assert.equal(run(ran.text).text, ran.text)
    })
})

test('a KptFunc renders replicas, and takes them out again', async () => {
  const metadata = { namespace: 'ci' }
  const apiVersion = 'buildkit.seatgeek.io/v1alpha1'
  const sources = [
    { apiVersion, kind: 'BuildkitTemplate', metadata: { name: 'small', ...metadata }, spec: {} },
    { apiVersion, kind: 'Buildkit', metadata: { name: 'a', ...metadata }, spec: { template: 'small', replicas: 3 } },
  ] as unknown as KubernetesObject[]
  const configs = new Configs(structuredClone(sources))
  await renderBuildkit(configs)
  const podNames = podNamesIn(three)
  const found = configs.getAll() as unknown as readonly Read[]
  assert.deepEqual(found.find(({ kind }) => kind === 'Buildkit')?.spec, {
    template: 'small',
    replicas: 3,
    podName: podNames[0],
    podNames,
  })
  const specsOf = (items: readonly Read[]) =>
    Object.fromEntries(podsOf(items).map((pod) => [pod.metadata.name, pod.spec]))
  assert.deepEqual(specsOf(found), specsOf(three.items))
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { mode: 'clean' } }
  const cleaned = new Configs(configs.getAll(), config as unknown as KubernetesObject)
  await renderBuildkit(cleaned)
  assert.deepEqual(
    new Map(cleaned.getAll().map((one) => [one.kind, one])),
    new Map(sources.map((one) => [one.kind, one])),
  )
})

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { asJson, corpus } from './corpus.ts'
import { buildkit, listOf, type Ran, run, template } from './items.ts'

const foreign = Object.values(corpus)
const ours = [template('small'), buildkit('builder', { template: 'small' })]
const wide = (item: string) => item.replace(/^(?=.)/gm, '    ')
const crlf = (text: string) => text.replace(/\n/g, '\r\n')

const layouts: Readonly<Record<string, (items: readonly string[]) => string>> = {
  'as orchestrators write it': (items) => listOf(items),
  'with indented items': (items) => listOf(items.map(wide)),
  'with CRLF': (items) => crlf(listOf(items)),
  'with a byte order mark': (items) => `\ufeff${listOf(items)}`,
  'with a document marker and comments': (items) => `---\n# head\n${listOf(items)}# foot\n`,
  'with what we do not know around it': (items) =>
    listOf(items, 'functionConfig: {}\nextension: {a: 0644, b: yes} # kept\nresults:\n- message: from before\n'),
  'in an older version': (items) => listOf(items).replace('io/v1\n', 'io/v1beta1\n'),
}

suite('objects we do not own leave as they came', () => {
  for (const [layout, write] of Object.entries(layouts)) {
    for (const [name, text] of Object.entries(corpus)) {
      test(`${name}: ${layout}`, () => {
        const input = write([text])
        assert.deepEqual(outcome(input), { text: input, stderr: [], exitCode: 0 })
      })
    }
  }

  for (const input of [
    asJson,
    JSON.stringify(JSON.parse(asJson), undefined, 2),
    '{kind: ResourceList, items: [], apiVersion: config.kubernetes.io/v1}',
  ]) {
    test(`a package in flow style: ${input.slice(0, 16)}`, () => {
      assert.deepEqual(outcome(input), { text: input, stderr: [], exitCode: 0 })
    })
  }

  test('a package without items', () => {
    for (const items of ['items: []\n', 'items:\n', 'items: [] # none\n']) {
      const input = `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n${items}`
      assert.deepEqual(outcome(input), { text: input, stderr: [], exitCode: 0 })
    }
  })
})

test('objects we do not own leave as they came, in their order, beside Buildkits', () => {
  for (const around of [identity, wide]) {
    const items = [...foreign, ...ours, ...foreign].map(around)
    const { text, exitCode } = run(listOf(items))
    assert.equal(exitCode, 0)
    assert.equal(withoutOurs(text, items), true)
  }
})

test('no object is ever dropped', () => {
  const input = [...ours, ...foreign]
  const first = run(listOf(input))
  assert.equal(first.exitCode, 0)
  assert.equal(first.items.length, run(listOf(foreign)).items.length + ours.length + 1)
  const again = run(first.text)
  assert.equal(again.text, first.text)
})

test('no object is ever dropped from JSON', () => {
  const { items } = JSON.parse(asJson)
  const spec = { template: 'small' }
  const metadata = (name: string) => ({ name, namespace: 'ci' })
  const apiVersion = 'buildkit.seatgeek.io/v1alpha1'
  const all = [
    { apiVersion, kind: 'BuildkitTemplate', metadata: metadata('small') },
    ...items,
    { apiVersion, kind: 'Buildkit', metadata: metadata('builder'), spec },
  ]
  for (const indent of [undefined, 2]) {
    const ran = run(
      JSON.stringify({ apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList', items: all }, undefined, indent),
    )
    assert.equal(ran.exitCode, 0)
    assert.deepEqual(ran.items.slice(0, all.length - 1), all.slice(0, -1))
    assert.deepEqual(
      ran.items.slice(all.length - 1).map(({ kind }) => kind),
      ['Buildkit', 'Pod'],
    )
  }
})

const garbled: Readonly<Record<string, readonly [input: string, message: string]>> = {
  'nothing is no ResourceList': ['', 'must be a ResourceList, got nothing'],
  'blank lines are no ResourceList': [' \n\n', 'must be a ResourceList, got nothing'],
  'another kind is no ResourceList': [
    'apiVersion: v1\nkind: ConfigMap\n',
    'must be a ResourceList, got v1 ConfigMap; run this function with kpt or kustomize, or files with `render-buildkit build`',
  ],
  'an unknown version is an error': [
    'apiVersion: config.kubernetes.io/v9\nkind: ResourceList\nitems: []\n',
    'must be a ResourceList of `apiVersion` "config.kubernetes.io/v1", got "config.kubernetes.io/v9"',
  ],
  'items must be there': [
    'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n',
    'must be a ResourceList whose `items` is a sequence of objects',
  ],
  'items must be a sequence': [
    'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: {a: 1}\n',
    'must be a ResourceList whose `items` is a sequence of objects',
  ],
  'a configuration must be readable': [
    'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\nfunctionConfig: *a\n',
    '`functionConfig` must have an anchor before it in the same object, got the alias "*a" at line 4, column 17',
  ],
  'a sequence is no ResourceList': [
    '- a\n',
    'must be a ResourceList, got no `kind`; run this function with kpt or kustomize, or files with `render-buildkit build`',
  ],
  'nesting without end is an error, not a stack overflow': [
    `{"items": ${'['.repeat(100_000)}`,
    'must be a ResourceList, but is nested too deeply to read',
  ],
}

for (const [name, [input, message]] of Object.entries(garbled)) {
  test(name, () => {
    assert.deepEqual(outcome(input), { text: '', stderr: [message], exitCode: 1 })
  })
}

test('what is not YAML is an error of one line', () => {
  const { text, stderr, exitCode } = outcome('{"kind": "ResourceList", ')
  assert.deepEqual({ text, exitCode, lines: stderr.length }, { text: '', exitCode: 1, lines: 1 })
  assert.match(String(stderr[0]), /^must be a ResourceList, but is not valid YAML: .+$/)
})

test('an object of ours that is nested without end is an error, and every item comes back', () => {
  const deep = `- apiVersion: buildkit.seatgeek.io/v1alpha1\n  kind: Buildkit\n  metadata: {name: deep}\n  spec: ${'['.repeat(5000)}${']'.repeat(5000)}\n`
  const input = listOf([...foreign, deep])
  const { text, exitCode } = run(input)
  assert.equal(exitCode, 1)
  assert.equal(
    text,
    `${input}results:\n- message: must not be nested this deeply; a Kubernetes object has a few dozen levels at most\n  severity: error\n`,
  )
})

function outcome(input: string): Pick<Ran, 'text' | 'stderr' | 'exitCode'> {
  const { text, stderr, exitCode } = run(input)
  return { text, stderr, exitCode }
}

function identity(text: string): string {
  return text
}

/** Whether all items but the Buildkit stand in the text, byte for byte and in their order. */
function withoutOurs(text: string, items: readonly string[]): boolean {
  let at = 0
  for (const item of items) {
    if (/^ *kind: Buildkit$/m.test(item)) continue
    const found = text.indexOf(item, at)
    if (found < 0) return false
    at = found + item.length
  }
  return true
}
